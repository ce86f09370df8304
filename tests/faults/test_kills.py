"""Kill what one likes under load: nothing acknowledged is lost or applied twice."""

import asyncio
import os
import random
import signal

import structlog

from local_stack.place import SERVICES
from tests.faults import load
from tests.faults.load import Journal, Truth
from tests.stack import Stack, eventually

KILLS = int(os.environ.get("JOINEDUP_KILLS", "12"))
SEED = int(os.environ.get("JOINEDUP_SEED", "20261123"))
VICTIMS = {
    "inventory-worker": 14,
    "strategy-worker": 14,
    "inventory": 8,
    "strategy": 4,
    "gateway": 6,
    "nats": 8,
    "postgres": 6,
}
_LOG = structlog.stdlib.get_logger()


async def kill(stack: Stack, name: str) -> None:
    """Kill a part's process without warning and await its successor's readiness."""
    old = stack.pid(name)
    os.kill(old, signal.SIGKILL)

    def is_back() -> bool:
        part = stack.state().parts[name]
        return (
            part.phase == "ready"
            and part.process is not None
            and part.process.pid != old
        )

    await asyncio.to_thread(eventually, is_back, 120)


async def kill_at_random(stack: Stack, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(kills):
        victim = rng.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        _LOG.info("kill", number=number, victim=victim)
        await kill(stack, victim)


def settled(stack: Stack, since: int) -> Truth:
    """Await the moment when all that was said has arrived."""

    def arrived() -> Truth | None:
        found = load.truth(stack, since)
        return found if is_whole(found) else None

    found: Truth = eventually(arrived, 120)
    return found


def is_whole(found: Truth) -> bool:
    return (
        not found.unpublished
        and set(found.applied) == set(found.outbox)
        and found.read_model == found.source
    )


def check(found: Truth, journal: Journal) -> None:
    assert journal.tags, "the load wrote nothing"
    missing = {
        asset_id: version
        for asset_id, version in journal.acknowledged.items()
        if found.source.get(asset_id, (0,))[0] < version
    }
    assert missing == {}, "acknowledged and lost"
    assert len(found.applied) == len(set(found.applied)), "applied twice"
    assert found.read_model == found.source
    assert found.rollup == found.recounted
    assert found.dead_letters == 0
    unexpected = {s: n for s, n in journal.statuses.items() if s >= 500}
    assert set(unexpected) <= {502, 503, 504}, unexpected


async def test_random_kills_lose_nothing_and_apply_nothing_twice(stack: Stack) -> None:
    since = load.last_fact(stack)
    async with load.under_load(stack, SEED) as journal:
        await kill_at_random(stack, KILLS, SEED)

    check(settled(stack, since), journal)
    _LOG.info(
        "kills survived",
        kills=KILLS,
        acknowledged=len(journal.acknowledged),
        in_doubt=journal.in_doubt,
        statuses=journal.statuses,
    )


async def test_the_supervisor_says_how_often_it_started_a_part_again(
    stack: Stack,
) -> None:
    name = f"{random.Random(SEED).choice(SERVICES)}-worker"
    before = stack.state().parts[name].restarts
    await kill(stack, name)

    assert stack.state().parts[name].restarts == before + 1
    assert name in stack.run("status").stdout
