"""Counts what a client asks; the quota is taken from the database a part at a time.

A part is what a process has used so far, up to a twentieth of the quota: one round trip
for many requests, and never more in all than the quota. A client at its limit is
answered from memory until the minute is over: it costs the others nothing.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import TTLCache

from chassis import auth
from chassis.db import Database
from gateway.limits import model, store
from gateway.limits.model import QuotaExceeded, Share

Headers = list[tuple[bytes, bytes]]
_OURSELVES = auth.service_actor("gateway", [])


@dataclass(slots=True)
class _Counted:
    share: Share
    seen: set[str] = field(default_factory=set[str])
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Limits:
    """What each client has left of this minute in this process."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._counted: TTLCache[str, _Counted] = TTLCache(
            4096, 2 * model.WINDOW, timer=time.monotonic
        )

    async def use(
        self, db: Database, principal: str, client_id: str, quota: int
    ) -> None:
        """Count one request; the first of a minute notes that the client is in use.

        Raises:
            QuotaExceeded: the client has asked as often as it may.
        """
        counted = self._of(principal)
        if client_id not in counted.seen:
            counted.seen.add(client_id)
            async with db.begin(_OURSELVES, auth.SERVICE_ACCESS) as tx:
                await store.note_used(tx, client_id)
        share = counted.share
        while not share.use():
            if share.is_spent(quota):
                raise QuotaExceeded(quota, model.seconds_left(self._clock()))
            async with counted.lock:
                if share.left == 0 and not share.is_spent(quota):
                    await self._take(db, principal, share, quota)

    def told(self, principal: str, quota: int) -> Headers:
        """Say in an answer's header what the client has left."""
        remaining = self._of(principal).share.remaining(quota)
        return model.headers(quota, remaining, model.seconds_left(self._clock()))

    def _of(self, principal: str) -> _Counted:
        minute = model.minute_of(self._clock())
        counted = self._counted.get(principal)
        if counted is None or counted.share.minute < minute:
            counted = _Counted(Share(minute))
            self._counted[principal] = counted
        return counted

    async def _take(
        self, db: Database, principal: str, share: Share, quota: int
    ) -> None:
        async with db.begin(_OURSELVES, auth.SERVICE_ACCESS) as tx:
            taken = await store.take_quota(
                tx, principal, share.minute, quota, share.wants(quota)
            )
        share.add(taken)
