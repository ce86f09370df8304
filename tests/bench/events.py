"""From the commit of a fact to the commit of the read model, and to the comparison."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import httpx
import psycopg

from local_stack import services
from tests import stack as stacks
from tests.bench import bare_lag, figures
from tests.bench.figures import Figure

ROUNDS, RATE, SECONDS = 3, 100, 5
ADDITIONS = 15
LAG_AIM_MS = 250
_POLL_SECONDS = 0.004
_SETTLE_SECONDS = 30.0
_ASSETS = "/api/inventory/v1/assets"
_SAID = "SELECT event_id, created_at FROM outbox WHERE created_at >= %s"
_SEEN = (
    "SELECT event_id, clock_timestamp() FROM inbox"
    " WHERE consumer = 'strategy-estate' AND received_at >= %s"
)

Times = dict[UUID, datetime]


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Post kit at a steady rate and watch it arrive, beside a bare loop in turns."""
    urns = _urns(stack)
    ours: list[list[float]] = []
    limit: list[list[float]] = []
    rates: list[float] = []
    for number in range(ROUNDS):
        limit.append(asyncio.run(bare_lag.lags(stack.place, RATE, SECONDS)))
        lags, rate = _round(stack, cycle(urns))
        ours.append(lags)
        rates.append(rate)
        say(f"events: round {number + 1} of {ROUNDS}, load {figures.load()}")
    return [
        *_figures(ours, limit, rates),
        *_freshness(stack, urns),
    ]


def _figures(
    ours: Sequence[Sequence[float]],
    limit: Sequence[Sequence[float]],
    rates: Sequence[float],
) -> list[Figure]:
    def of(lags: Sequence[Sequence[float]], share: float) -> list[float]:
        return [figures.percentile(each, share) for each in lags]

    every = [lag for each in ours for lag in each]
    return [
        figures.bounded(
            "event lag p99, all rounds",
            [figures.percentile(every, 0.99)],
            "ms",
            LAG_AIM_MS,
        ),
        figures.ratio(
            "event lag p50",
            of(ours, 0.5),
            figures.Limit("bare loop", "ms", of(limit, 0.5)),
        ),
        figures.of_rounds("event lag p50", of(ours, 0.5), "ms"),
        figures.of_rounds("event lag p99", of(ours, 0.99), "ms"),
        figures.of_rounds("bare loop, lag p50", of(limit, 0.5), "ms"),
        figures.of_rounds("bare loop, lag p99", of(limit, 0.99), "ms"),
        figures.of_rounds("events posted and applied", rates, "events/s"),
    ]


def _urns(stack: stacks.Stack) -> list[int]:
    with stack.client() as client:
        answer = client.get("/api/directory/v1/schools?limit=50").raise_for_status()
    return [school["urn"] for school in answer.json()["items"]]


def _round(stack: stacks.Stack, urns: Iterator[int]) -> tuple[list[float], float]:
    """Return each event's lag in ms, and how many a second there were."""
    cluster = services.cluster(stack.place)
    with (
        psycopg.connect(cluster.dsn("inventory"), autocommit=True) as outbox,
        psycopg.connect(cluster.dsn("strategy"), autocommit=True) as inbox,
    ):
        since = _now(outbox)
        watch = _Watch(inbox, since)
        seconds = asyncio.run(_post(stack, urns))
        said = dict(outbox.execute(_SAID, [since]).fetchall())
        seen = watch.until_seen(set(said))
    assert len(said) == RATE * SECONDS
    return [
        (seen[each] - created).total_seconds() * 1000 for each, created in said.items()
    ], len(said) / seconds


def _now(connection: psycopg.Connection[Any]) -> datetime:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    return row[0]


class _Watch:
    """Notes when each event is first seen as applied, by PostgreSQL's own clock."""

    def __init__(self, connection: psycopg.Connection[Any], since: datetime) -> None:
        self._connection = connection
        self._since = since
        self._seen: Times = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def until_seen(self, wanted: set[UUID]) -> Times:
        try:
            stacks.eventually(lambda: wanted <= self._seen.keys(), _SETTLE_SECONDS)
        finally:
            self._stop.set()
            self._thread.join()
        return self._seen

    def _run(self) -> None:
        while not self._stop.wait(_POLL_SECONDS):
            # A transaction is seen at its end but dated by its start.
            since = max(self._seen.values(), default=self._since) - timedelta(seconds=1)
            for event_id, now in self._connection.execute(_SEEN, [since]).fetchall():
                self._seen.setdefault(event_id, now)


async def _post(stack: stacks.Stack, urns: Iterator[int]) -> float:
    """Post at the rate, whether or not the answers keep up; return how long it took."""
    with stack.client() as client:
        headers = {"authorization": client.headers["authorization"]}
    async with aiohttp.ClientSession(stack.url, headers=headers) as session:
        began = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as posts:
            for number in range(RATE * SECONDS):
                due = began + number / RATE - asyncio.get_running_loop().time()
                await asyncio.sleep(max(due, 0))
                posts.create_task(_post_one(session, next(urns)))
        return asyncio.get_running_loop().time() - began


async def _post_one(session: aiohttp.ClientSession, urn: int) -> None:
    """Post one asset; a refusal for overload is what a client would try again."""
    while True:
        async with session.post(_ASSETS, json=_asset(urn)) as answer:
            if answer.status != httpx.codes.SERVICE_UNAVAILABLE:
                answer.raise_for_status()
                return


def _asset(urn: int) -> dict[str, Any]:
    return {
        "school_urn": urn,
        "tag": f"BENCH-{uuid4().hex[:12]}",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "100e",
    }


def _freshness(stack: stacks.Stack, urns: Sequence[int]) -> list[Figure]:
    """Time from the post of an asset to the first comparison that counts it."""
    with stack.client() as client:
        waits = [_until_counted(client, urns[n]) for n in range(ADDITIONS)]
    return [
        figures.of_rounds("asset posted to comparison changed", waits, "ms"),
        figures.of_rounds("the same, the slowest", [max(waits)], "ms"),
    ]


def _until_counted(client: httpx.Client, urn: int) -> float:
    devices = _devices(client, urn)
    began = time.perf_counter()
    client.post(_ASSETS, json=_asset(urn)).raise_for_status()
    while _devices(client, urn) == devices:
        assert time.perf_counter() - began < _SETTLE_SECONDS
    return (time.perf_counter() - began) * 1000


def _devices(client: httpx.Client, urn: int) -> int:
    answer = client.get(f"/api/strategy/v1/benchmarks?school={urn}")
    return answer.raise_for_status().json()["school"]["devices"]
