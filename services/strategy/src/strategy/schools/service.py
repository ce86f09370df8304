"""Finding a school, and keeping the copy true."""

from collections.abc import Sequence

from chassis import db
from contracts import event
from contracts.gateway import SchoolFact
from strategy.schools import model, store
from strategy.schools.model import School, SchoolNotFound


async def school_of(tx: db.Tx, urn: int) -> School:
    """Find a school of the transaction's scope by a URN that it has or had.

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


async def record_schools(tx: db.Tx, facts: Sequence[SchoolFact]) -> None:
    """Take over what the directory says of the schools of one LA."""
    states = [model.as_said(fact).model_dump_json() for fact in event.newest(facts)]
    await store.record_schools(tx, states)
    await store.record_urns(tx, states)
