"""Consumers of different facts, at work at once, leave one true comparison."""

import asyncio
import random

from chassis import db
from chassis.testing.databases import ServiceDatabase
from contracts.event import Event
from tests.strategy.world import (
    HERE,
    LA,
    LEADER,
    MANAGER,
    PRIMARIES,
    SECONDARIES,
    Call,
    Tell,
    apply,
    arrived,
    laptops,
    recorded,
    tickets,
)

SCHOOLS = [*PRIMARIES, *SECONDARIES]


async def test_the_kept_distribution_is_that_of_the_figures(
    by: Call, tell: Tell, worker: db.Database, rows: ServiceDatabase
) -> None:
    del rows
    await tell(*(recorded(school) for school in SCHOOLS))
    rng = random.Random(7)
    facts: list[Event] = []
    for school in SCHOOLS:
        facts += laptops(school, rng.randint(1, 9)) + tickets(school, rng.randint(0, 5))
    rng.shuffle(facts)
    batches = [facts[i : i + 4] for i in range(0, len(facts), 4)]
    await asyncio.gather(
        *(apply(worker, [arrived(fact) for fact in batch]) for batch in batches)
    )
    whole = (await by(MANAGER).get(f"/benchmarks?la_code={LA}")).json()
    own = (await by(LEADER).get(f"/benchmarks?school={HERE.urn}")).json()

    assert sum(s["devices"] + s["open_tickets"] for s in whole["schools"]) == len(facts)
    assert own["measures"] == whole["measures"]
    assert own["as_of"] == whole["as_of"]
