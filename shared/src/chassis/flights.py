"""Questions under way: who asks the same at the same moment shares one answer.

For what is dear to answer and asked by many at once, such as the figures of a whole LA
on the morning that everybody looks at them. Nothing is kept once it is answered: the
next to ask has it worked out anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Flights:
    """The questions under way of one process, by what is asked and what may be seen."""

    def __init__(self) -> None:
        self._flying: dict[Hashable, asyncio.Task[Any]] = {}

    async def join(
        self, asked: Hashable, answer: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Wait for the answer to what is asked; whoever asks first has it worked out.

        Who gives up waiting stops nobody else's answer. Where it fails, it fails for
        all who wait.
        """
        flight = self._flying.get(asked)
        if flight is None:
            flight = asyncio.ensure_future(_answered(answer))
            self._flying[asked] = flight
            flight.add_done_callback(lambda done: self._land(asked, done))
        return await asyncio.shield(flight)

    def _land(self, asked: Hashable, done: asyncio.Task[Any]) -> None:
        del self._flying[asked]
        if not done.cancelled():
            # Looked at, so that a failure that nobody waits for any more is no noise.
            done.exception()


async def _answered(answer: Callable[[], Awaitable[Answer]]) -> Answer:
    return await answer()
