"""Says schools to the services; what is a school's follows it to another LA."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from chassis import outbox
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.db import Tx
from chassis.parts import in_parts
from contracts.event import Event
from contracts.gateway import SchoolRecorded
from gateway.directory import model, store
from gateway.directory.model import Recorded

_PAGE = 500


async def say_recorded(tx: Tx, recorded: Collection[Recorded]) -> int:
    """Say schools that were just recorded; return how many.

    Of one that passed to another LA, both LAs hear, in this one transaction.
    """
    left = {
        each.school_id: each.old_la_code
        for each in recorded
        if each.old_la_code is not None
    }
    if left:
        await store.move_with_schools(tx, list(left))
    facts = await _facts(tx, [each.school_id for each in recorded])
    await _say(tx, [*await _departures(tx, facts, left), *facts])
    await audit.record_many(tx, _entries(facts, left))
    return len(facts)


async def restate_all(tx: Tx) -> int:
    """Say the present state of every school in scope again; return how many."""
    school_ids = await store.list_school_ids(tx)
    for part in in_parts(school_ids, _PAGE):
        await _say(tx, await _facts(tx, part))
    return len(school_ids)


def _entries(facts: Sequence[SchoolRecorded], left: Mapping[UUID, str]) -> list[Entry]:
    """Say each school in the record of its LA, and of the LA that it left."""
    made: list[Entry] = []
    for fact in facts:
        id_, la_code = fact.entity_id, fact.la_code
        made.append(Entry("school.recorded", Target("school", id_, la_code, id_)))
        if id_ in left:
            gone = Target("school", id_, left[id_], id_)
            made.append(Entry("school.departed", gone, after={"la_code": la_code}))
    return made


async def _facts(tx: Tx, school_ids: Sequence[UUID]) -> list[SchoolRecorded]:
    earlier: defaultdict[UUID, list[int]] = defaultdict(list)
    for each in await store.list_earlier_urns(tx, school_ids):
        earlier[each.school_id].append(each.urn)
    schools = await store.list_recorded_schools(tx, school_ids)
    return [model.fact_of(school, earlier[school.school_id]) for school in schools]


async def _departures(
    tx: Tx, facts: Sequence[SchoolRecorded], left: dict[UUID, str]
) -> list[Event]:
    named = await store.list_named_authorities(tx, sorted(set(left.values())))
    authorities = {each.la_code: each for each in named}
    return [
        model.departure_of(fact, authorities[left[fact.school_id]])
        for fact in facts
        if fact.school_id in left
    ]


async def _say(tx: Tx, facts: Sequence[Event]) -> None:
    for part in in_parts(facts, _PAGE):
        await outbox.enqueue_many(tx, part)
