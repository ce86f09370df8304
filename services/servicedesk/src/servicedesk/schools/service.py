"""Finding a school, and keeping the copy true."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from chassis import db
from contracts import event
from contracts.gateway import SchoolRecorded
from servicedesk.schools import store
from servicedesk.schools.model import Recorded, School, SchoolNotFound


async def school_of(tx: db.Tx, urn: int) -> School:
    """Find a school of the transaction's scope by a URN that it has or had.

    Raises:
        SchoolNotFound: it does not exist or is not within the scope.
    """
    school = await store.get_school(tx, urn)
    if school is None:
        raise SchoolNotFound(school_urn=urn)
    return school


async def schools_of(tx: db.Tx, urns: Collection[int]) -> Mapping[int, School]:
    """Find schools of the transaction's scope by URNs that they have or had."""
    found = await store.list_schools(tx, urns)
    return {each.asked_urn: each.school for each in found}


async def record_schools(tx: db.Tx, facts: Sequence[SchoolRecorded]) -> list[Recorded]:
    """Take over what the directory says of its schools; return what changed.

    A school that passed to another LA takes all that is its own along, so each such
    school is a statement of its own: none runs into the deadline of a statement.
    """
    newest = {fact.school_id: fact.model_dump_json() for fact in event.newest(facts)}
    elsewhere = await store.list_schools_elsewhere(tx, list(newest.values()))
    alone = [newest.pop(school_id) for school_id in sorted(elsewhere)]
    parts = [list(newest.values()), *([state] for state in alone)]
    recorded = [await store.record_schools(tx, part) for part in parts if part]
    await store.record_urns(tx, [*newest.values(), *alone])
    return [each for part in recorded for each in part]


async def id_of(tx: db.Tx, urn: int | None) -> UUID | None:
    """Find the school that is asked for, where one is.

    Raises:
        SchoolNotFound: it is not within the scope.
    """
    return None if urn is None else (await school_of(tx, urn)).school_id
