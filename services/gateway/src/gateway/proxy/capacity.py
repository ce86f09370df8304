"""A bound on what one service is asked at once: a short wait, then a clear refusal.

Newest first: under overload the request that has waited longest is the one whose
caller is nearest to giving up.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from chassis import errors


class Overloaded(errors.Unavailable):
    """More is asked at once than can be answered in good time."""

    slug = "overloaded"
    title = "Too many requests at once"
    retry_after = 1


class Capacity:
    """Slots for requests in flight, and a short queue before them."""

    def __init__(self, slots: int, queue: int, wait: float) -> None:
        self._free = slots
        self._queue = queue
        self._wait = wait
        self._waiting: deque[asyncio.Future[bool]] = deque()

    @asynccontextmanager
    async def slot(self) -> AsyncGenerator[None]:
        """Hold one slot.

        Raises:
            Overloaded: none came free in time.
        """
        if self._free > 0:
            self._free -= 1
        else:
            await self._queue_up()
        try:
            yield
        finally:
            self._release()

    async def _queue_up(self) -> None:
        if len(self._waiting) >= self._queue:
            self._turn_away_oldest()
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._wait):
                admitted = await turn
        except (TimeoutError, asyncio.CancelledError) as end:
            self._leave(turn)
            if isinstance(end, TimeoutError):
                raise Overloaded from None
            raise
        if not admitted:
            raise Overloaded

    def _leave(self, turn: asyncio.Future[bool]) -> None:
        """Give back a slot that was handed over in the moment of giving up."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif turn.done() and not turn.cancelled() and turn.result():
            self._release()

    def _turn_away_oldest(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(False)
                return

    def _release(self) -> None:
        while self._waiting:
            turn = self._waiting.pop()
            if not turn.done():
                turn.set_result(True)
                return
        self._free += 1
