"""Takes pictures in hand beside the event loop, which goes on meanwhile."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")
_STUDIO = ThreadPoolExecutor(1, "pictures")
"""One picture is decoded at a time: each may take 160 MB meanwhile."""


async def alone(work: Callable[..., Made], *args: object) -> Made:
    """Do work on a picture when no other is worked on."""
    return await asyncio.get_running_loop().run_in_executor(_STUDIO, work, *args)
