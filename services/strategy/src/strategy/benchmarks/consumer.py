"""Follows every handler of facts: the comparison of an LA changes with its facts."""

from collections.abc import Awaitable, Callable, Sequence

from chassis import db
from contracts.event import Event
from strategy.benchmarks import service

Handle = Callable[[db.Tx, Sequence[Event]], Awaitable[None]]


def compared_after(handle: Handle) -> Handle:
    """Let a feature apply facts of one LA, then make the LA's comparison anew.

    Both are one transaction: nobody ever reads the one without the other.
    """

    async def apply(tx: db.Tx, events: Sequence[Event]) -> None:
        await handle(tx, events)
        await service.keep_comparison(tx, events[0].la_code)

    return apply
