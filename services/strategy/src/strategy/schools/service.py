"""Finding a school, and keeping the copy true."""

from collections.abc import Sequence

from chassis import db
from contracts import event
from contracts.event import Event
from strategy.schools import store
from strategy.schools.model import School, SchoolNotFound


async def school_of(tx: db.Tx, urn: int) -> School:
    """Find a school of the transaction's scope.

    Raises:
        SchoolNotFound: it does not exist or is not within the scope.
    """
    school = await store.get_school(tx, urn)
    if school is None:
        raise SchoolNotFound(urn)
    return school


async def knows_schools_of(tx: db.Tx, la_code: str) -> bool:
    """Say whether the transaction's scope holds a school of the LA."""
    return await store.count_schools_of_authority(tx, la_code) > 0


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Take over what the directory says of its schools."""
    newest = event.newest(events)
    await store.record_schools(tx, [each.model_dump_json() for each in newest])
