"""Hears of the directory's schools."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.gateway import SchoolFact
from strategy.schools import service


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep the copy of the schools of one LA."""
    facts = [event for event in events if isinstance(event, SchoolFact)]
    await service.record_schools(tx, facts)
