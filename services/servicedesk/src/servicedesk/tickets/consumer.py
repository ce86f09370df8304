"""Hears of the directory's schools; the tickets of one that passes to an LA follow."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.gateway import SchoolRecorded
from servicedesk.schools import service as schools
from servicedesk.tickets import service


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep the copy of the schools of one LA, and what is theirs with them."""
    facts = [event for event in events if isinstance(event, SchoolRecorded)]
    await service.follow_schools(tx, await schools.record_schools(tx, facts))
