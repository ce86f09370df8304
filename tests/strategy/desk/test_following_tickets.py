"""The read model of tickets follows the service desk, in whatever order it hears."""

import random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis import db
from chassis.testing.databases import ServiceDatabase
from contracts import servicedesk
from strategy.desk import model
from tests.strategy.world import LA, OTHER_LA, Known, apply, arrived, ticket_said

STATUSES = ("open", "in-progress", "waiting", "resolved", "closed")
HISTORY = st.tuples(
    st.integers(0, 2), st.lists(st.sampled_from(STATUSES), min_size=1, max_size=6)
)


def facts_of(place: Known, statuses: list[str]) -> list[servicedesk.TicketFact]:
    """Say a ticket's history: a ticket stays with the school where it was opened."""
    ticket: dict[str, Any] = {"entity_id": uuid4()}
    return [
        ticket_said(
            place,
            servicedesk.TicketChanged,
            **ticket,
            entity_version=i + 1,
            status=status,
        )
        for i, status in enumerate(statuses)
    ]


def counts(rows: ServiceDatabase, places: list[Known]) -> dict[UUID, int]:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(
            "SELECT school_id, open_tickets FROM open_ticket_count"
            " WHERE school_id = ANY(%s) AND open_tickets <> 0",
            [[place.school_id for place in places]],
        ).fetchall()
    return dict(found)


@given(st.lists(HISTORY, min_size=1, max_size=8), st.integers(0, 2**32))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_delivery_gives_what_the_newest_states_say(
    strategy_database: ServiceDatabase,
    worker: db.Database,
    histories: list[tuple[int, list[str]]],
    seed: int,
) -> None:
    places = [Known(uuid4(), 900001, la) for la in (LA, LA, OTHER_LA)]
    expected: dict[UUID, int] = {}
    events = []
    for place, statuses in histories:
        events += [arrived(fact) for fact in facts_of(places[place], statuses)]
        if statuses[-1] in model.OPEN_STATUSES:
            school_id = places[place].school_id
            expected[school_id] = expected.get(school_id, 0) + 1
    rng = random.Random(seed)
    events += rng.sample(events, len(events) // 2)
    rng.shuffle(events)
    while events:
        size = rng.randint(1, 8)
        await apply(worker, events[:size])
        del events[:size]

    assert counts(strategy_database, places) == expected
