"""The read model of assets follows the inventory, in whatever order it hears of it."""

import random
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis import db
from chassis.testing.databases import ServiceDatabase
from contracts import inventory
from contracts.event import Received
from strategy.estate import model
from tests.strategy.world import (
    LA,
    OTHER_LA,
    Known,
    apply,
    arrived,
    asset_said,
)

CATEGORIES = ("desktop", "laptop", "tablet", "printer")
STATUSES = ("in-use", "in-store", "in-repair", "retired")


@dataclass(frozen=True, slots=True)
class State:
    place: int
    category: str
    status: str


STATES = st.builds(
    State, st.integers(0, 3), st.sampled_from(CATEGORIES), st.sampled_from(STATUSES)
)
HISTORIES = st.lists(st.lists(STATES, min_size=1, max_size=5), min_size=1, max_size=6)


def facts_of(history: list[State], places: list[Known]) -> list[inventory.AssetFact]:
    """Say a history as the inventory does: to the LA that an asset leaves as well."""
    asset_id, said = uuid4(), list[inventory.AssetFact]()
    for i, state in enumerate(history):
        now: dict[str, Any] = {
            "entity_id": asset_id,
            "entity_version": i + 1,
            "category": state.category,
            "status": state.status,
        }
        here = places[state.place]
        said.append(asset_said(here, inventory.AssetChanged, **now))
        before = places[history[i - 1].place] if i else here
        if before.la_code != here.la_code:
            said.append(asset_said(before, inventory.AssetDeparted, **now))
    return said


def delivered(
    facts: list[inventory.AssetFact], rng: random.Random
) -> list[list[Received]]:
    """Deliver facts shuffled, in batches, some again: as the same event or a new."""
    events = [arrived(fact) for fact in facts]
    events += rng.sample(events, len(events) // 2)
    restated = rng.sample(facts, len(facts) // 2)
    events += [arrived(fact) for fact in restated]
    rng.shuffle(events)
    batches: list[list[Received]] = []
    while events:
        size = rng.randint(1, 8)
        batches.append(events[:size])
        del events[:size]
    return batches


def counts(rows: ServiceDatabase, places: list[Known]) -> dict[UUID, int]:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(
            "SELECT school_id, devices FROM device_count"
            " WHERE school_id = ANY(%s) AND devices <> 0",
            [[place.school_id for place in places]],
        ).fetchall()
    return dict(found)


def reference(histories: list[list[State]], places: list[Known]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for history in histories:
        last = history[-1]
        if model.is_device(last.category, last.status):
            place = places[last.place].school_id
            found[place] = found.get(place, 0) + 1
    return found


@given(histories=HISTORIES, seed=st.integers(0, 2**32))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_delivery_gives_what_the_newest_states_say(
    strategy_database: ServiceDatabase,
    worker: db.Database,
    histories: list[list[State]],
    seed: int,
) -> None:
    places = [Known(uuid4(), 900001, la) for la in (LA, LA, OTHER_LA, OTHER_LA)]
    facts = [f for history in histories for f in facts_of(history, places)]
    rng = random.Random(seed)
    for batch in delivered(facts, rng):
        await apply(worker, batch)
    assert counts(strategy_database, places) == reference(histories, places)

    for batch in delivered(facts, rng):
        await apply(worker, batch)
    assert counts(strategy_database, places) == reference(histories, places)


async def test_an_asset_that_leaves_its_la_leaves_that_las_count(
    strategy_database: ServiceDatabase, worker: db.Database
) -> None:
    here, far = Known(uuid4(), 900001, LA), Known(uuid4(), 900002, OTHER_LA)
    facts = facts_of(
        [State(0, "laptop", "in-use"), State(1, "laptop", "in-use")], [here, far]
    )
    first, moved, departed = facts

    await apply(worker, [arrived(first)])
    assert counts(strategy_database, [here, far]) == {here.school_id: 1}
    await apply(worker, [arrived(departed)])
    await apply(worker, [arrived(moved)])
    assert counts(strategy_database, [here, far]) == {far.school_id: 1}


async def test_a_duplicate_does_not_count_until_it_is_split_off(
    strategy_database: ServiceDatabase, worker: db.Database
) -> None:
    here = Known(uuid4(), 900001, LA)
    said: dict[str, Any] = {"entity_id": uuid4()}
    gone = said | {"status": "cancelled", "merged_into": uuid4()}

    await apply(worker, [arrived(asset_said(here, **said))])
    merged = asset_said(here, inventory.AssetMerged, entity_version=2, **gone)
    await apply(worker, [arrived(merged)])
    assert counts(strategy_database, [here]) == {}
    split = asset_said(here, inventory.AssetSplit, entity_version=3, **said)
    await apply(worker, [arrived(split)])
    assert counts(strategy_database, [here]) == {here.school_id: 1}


async def test_a_repeated_event_counts_once(
    strategy_database: ServiceDatabase, worker: db.Database
) -> None:
    here = Known(uuid4(), 900001, LA)
    event = arrived(asset_said(here))
    assert await apply(worker, [event, event]) == 1
    assert await apply(worker, [event]) == 0
    assert counts(strategy_database, [here]) == {here.school_id: 1}
