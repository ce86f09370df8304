"""Hears of the directory's schools; what is theirs follows one that passes to an LA."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.gateway import SchoolRecorded
from inventory.assets import service
from inventory.kinds import service as kinds
from inventory.schools import service as schools


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep the copy of the schools of one LA, and what is theirs with them."""
    facts = [event for event in events if isinstance(event, SchoolRecorded)]
    recorded = await schools.record_schools(tx, facts)
    await service.follow_schools(tx, recorded)
    await kinds.follow_schools(tx, recorded)
