"""Finding a school, and keeping the copy true."""

from collections.abc import Collection, Mapping, Sequence

from chassis import db
from contracts.event import Event
from contracts.gateway import SchoolRecorded
from servicedesk.schools import store
from servicedesk.schools.model import School, SchoolNotFound


async def school_of(tx: db.Tx, urn: int) -> School:
    """Find a school of the transaction's scope.

    Raises:
        SchoolNotFound: it does not exist or is not within the scope.
    """
    school = await store.get_school(tx, urn)
    if school is None:
        raise SchoolNotFound(school_urn=urn)
    return school


async def schools_of(tx: db.Tx, urns: Collection[int]) -> Mapping[int, School]:
    """Find those schools of the transaction's scope that have one of these URNs."""
    return {school.urn: school for school in await store.list_schools(tx, urns)}


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Take over what the directory says of its schools."""
    facts = [event for event in events if isinstance(event, SchoolRecorded)]
    await store.record_schools(tx, [fact.model_dump_json() for fact in facts])
