"""A load that remembers: what was acknowledged, and what the truth must be then."""

import asyncio
import itertools
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg

from local_stack import services
from tests.stack import Stack

WRITERS = 3
_MOMENT = 0.05


@dataclass(slots=True)
class Journal:
    """What the writers were told: acknowledged ids and versions, and in doubt."""

    acknowledged: dict[str, int] = field(default_factory=dict[str, int])
    tags: set[str] = field(default_factory=set[str])
    in_doubt: int = 0
    statuses: dict[int, int] = field(default_factory=dict[int, int])

    def note(self, answer: httpx.Response) -> None:
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.is_success:
            asset = answer.json()
            known = self.acknowledged.get(asset["asset_id"], 0)
            self.acknowledged[asset["asset_id"]] = max(known, asset["version"])
            self.tags.add(asset["tag"])


class Token:
    """The API client's token, fetched again before it ends and when it was refused."""

    def __init__(self, stack: Stack) -> None:
        self._client = stack.signins["clients"]["rbc-demo"]
        self._until = 0.0
        self._headers: dict[str, str] = {}
        self._lock = asyncio.Lock()

    async def headers(self, http: httpx.AsyncClient) -> dict[str, str]:
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now > self._until:
                answer = await http.post(
                    self._client["token_url"],
                    data={
                        "grant_type": "client_credentials",
                        "client_id": self._client["client_id"],
                        "client_secret": self._client["client_secret"],
                    },
                )
                token = answer.raise_for_status().json()["access_token"]
                self._headers = {"authorization": f"Bearer {token}"}
                self._until = now + 120
            return self._headers


@asynccontextmanager
async def under_load(stack: Stack, seed: int) -> AsyncGenerator[Journal]:
    """Register and change assets all the while, whatever becomes of the answers."""
    journal, stop = Journal(), asyncio.Event()
    stack.lift_limit()
    token = Token(stack)
    numbers = itertools.count()
    async with httpx.AsyncClient(base_url=stack.url, timeout=15) as http:

        async def write(rng: random.Random) -> None:
            mine: list[dict[str, Any]] = []
            while not stop.is_set():
                try:
                    headers = await token.headers(http)
                    answer = await _write_once(
                        http, headers, rng, stack, mine, f"F{seed}-{next(numbers)}"
                    )
                except httpx.HTTPError:
                    journal.in_doubt += 1
                    await asyncio.wait(
                        [asyncio.ensure_future(stop.wait())], timeout=_MOMENT
                    )
                else:
                    journal.note(answer)

        async with asyncio.TaskGroup() as writers:
            for writer in range(WRITERS):
                writers.create_task(write(random.Random(seed + writer)))
            try:
                yield journal
            finally:
                stop.set()


async def _write_once(
    http: httpx.AsyncClient,
    headers: dict[str, str],
    rng: random.Random,
    stack: Stack,
    mine: list[dict[str, Any]],
    tag: str,
) -> httpx.Response:
    where = "/api/inventory/v1/assets"
    if mine and rng.random() < 0.4:
        at = rng.randrange(len(mine))
        asset = mine.pop(at)
        answer = await http.patch(
            f"{where}/{asset['asset_id']}",
            json={"model": f"Model {rng.randrange(9)}"},
            headers=headers | {"if-match": f'"{asset["version"]}"'},
        )
    else:
        urn = rng.choice(stack.signins["school-technician"]["schools"])
        body = {
            "school_urn": int(urn),
            "tag": tag,
            "category": rng.choice(["laptop", "tablet", "printer"]),
            "manufacturer": "Acme",
            "model": "Model 0",
        }
        sent = headers | {"idempotency-key": tag}
        answer = await http.post(where, json=body, headers=sent)
    if answer.is_success:
        mine.append(answer.json())
    return answer


@dataclass(frozen=True, slots=True)
class Truth:
    """What source and read model hold, read as a superuser from both databases."""

    source: dict[str, tuple[int, str, str]]
    read_model: dict[str, tuple[int, str, str]]
    outbox: list[str]
    unpublished: int
    applied: list[str]
    dead_letters: int
    rollup: dict[str, int]
    recounted: dict[str, int]


def last_fact(stack: Stack) -> int:
    """Say which fact the source said last, before a load begins."""
    with psycopg.connect(services.cluster(stack.place).dsn("inventory")) as inventory:
        found = inventory.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()
    assert found is not None
    return int(found[0])


def truth(stack: Stack, since: int) -> Truth:
    """Read the state of both sides now, as far as what was said since goes."""
    cluster = services.cluster(stack.place)
    said: dict[str, object] = {"since": since}
    with psycopg.connect(cluster.dsn("inventory")) as inventory:
        source = _states(inventory, SOURCE, said)
        said["outbox"] = outbox = _column(inventory, OUTBOX, said)
        unpublished = _column(inventory, UNPUBLISHED, said)
    said["assets"] = list(source)
    with psycopg.connect(cluster.dsn("strategy")) as strategy:
        read_model = _states(strategy, READ_MODEL, said)
        applied = _column(strategy, APPLIED, said)
        dead_letters = _column(strategy, DEAD_LETTERS, said)
        rollup = dict(strategy.execute(ROLLUP).fetchall())
        recounted = dict(strategy.execute(RECOUNT).fetchall())
    return Truth(
        source,
        read_model,
        outbox,
        len(unpublished),
        applied,
        len(dead_letters),
        rollup,
        recounted,
    )


SOURCE = """
SELECT asset_id, version, category, status FROM asset
WHERE asset_id IN (SELECT entity_id FROM outbox WHERE id > %(since)s)
"""
OUTBOX = "SELECT event_id FROM outbox WHERE id > %(since)s"
UNPUBLISHED = "SELECT event_id FROM outbox WHERE published_at IS NULL"
READ_MODEL = """
SELECT asset_id, version, category, status FROM asset
WHERE asset_id = ANY(%(assets)s::uuid[])
"""
APPLIED = """
SELECT event_id FROM inbox
WHERE consumer = 'strategy-estate' AND event_id = ANY(%(outbox)s::uuid[])
"""
DEAD_LETTERS = """
SELECT dead_letter_id FROM dead_letter WHERE message_id = ANY(%(outbox)s)
"""
ROLLUP = "SELECT school_id::text, devices FROM device_count WHERE devices <> 0"
RECOUNT = """
SELECT school_id::text, count(*)::int FROM asset WHERE is_device GROUP BY school_id
"""


def _states(
    connection: psycopg.Connection[Any], query: str, said: dict[str, object]
) -> dict[str, tuple[int, str, str]]:
    rows = connection.execute(query, said).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]
    return {str(asset_id): tuple(rest) for asset_id, *rest in rows}  # pyright: ignore[reportReturnType]


def _column(
    connection: psycopg.Connection[Any], query: str, said: dict[str, object]
) -> list[str]:
    rows = connection.execute(query, said).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]
    return [str(row[0]) for row in rows]
