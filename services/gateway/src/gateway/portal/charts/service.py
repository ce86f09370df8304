"""Draws pictures off the event loop, one at a time, and keeps the newest of them."""

import asyncio
import contextlib
import sys

import orjson
import structlog
from cachetools import LRUCache

from chassis import json
from gateway.portal.charts import model
from gateway.portal.charts.model import Bar, Bars, ChartNotDrawn, Picture

_LOG = structlog.get_logger("gateway.charts")
_WORKER = ("-m", "gateway.portal.charts.worker")
_WARM = Picture(Bars("Warm", "Warm", "Warm", "Warm", [Bar("warm", 1.0)]))
_LONGEST_LINE = 16 * 2**20


class Drawing:
    """The drawing process and the pictures it drew; opened and closed with the app."""

    def __init__(
        self, *, kept_bytes: int = 32 * 2**20, seconds: float = 20, waiting: int = 32
    ) -> None:
        self._kept: LRUCache[str, str] = LRUCache(kept_bytes, getsizeof=len)
        self._seconds = seconds
        self._waiting = waiting
        self._turn = asyncio.Lock()
        self._queued = 0
        self._process: asyncio.subprocess.Process | None = None
        self._warming: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin to warm up; nobody waits for it."""
        self._warming = asyncio.create_task(self._warm())

    async def close(self) -> None:
        if self._warming is not None:
            self._warming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._warming
        async with self._turn:
            await self._end()

    async def svg(self, picture: Picture) -> str:
        """Draw a picture, or find it drawn.

        Raises:
            ChartNotDrawn: it took too long, failed, or too many wait already.
        """
        key = model.key_of(picture)
        found = self._kept.get(key)
        if found is not None:
            return found
        if self._queued >= self._waiting:
            raise ChartNotDrawn
        self._queued += 1
        try:
            async with self._turn:
                found = self._kept.get(key)
                if found is None:
                    found = await self._drawn(picture)
                    self._keep(key, found)
        finally:
            self._queued -= 1
        return found

    def _keep(self, key: str, svg: str) -> None:
        # One that is larger than all that may be kept is simply not kept.
        with contextlib.suppress(ValueError):
            self._kept[key] = svg

    async def _drawn(self, picture: Picture) -> str:
        try:
            async with asyncio.timeout(self._seconds):
                line = await self._asked(json.encode(picture) + b"\n")
            return str(orjson.loads(line))
        except (OSError, ValueError, TimeoutError) as error:
            _LOG.warning("chart not drawn", error=type(error).__name__)
            await self._end()
            raise ChartNotDrawn from error
        except asyncio.CancelledError:
            # Its answer would be taken for that of the next picture.
            await self._end()
            raise

    async def _asked(self, line: bytes) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await _start()
        if process.stdin is None or process.stdout is None:
            raise OSError("the drawing process has no pipes")
        process.stdin.write(line)
        await process.stdin.drain()
        return await process.stdout.readline()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _warm(self) -> None:
        with contextlib.suppress(ChartNotDrawn):
            await self.svg(_WARM)


async def _start() -> asyncio.subprocess.Process:
    """Start the process with an empty environment: it needs no secret of ours."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *_WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        limit=_LONGEST_LINE,
    )
