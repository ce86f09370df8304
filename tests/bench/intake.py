"""Kit that comes in: by the hundred through the API, and as agents tell of it.

The limit of the first is a raw COPY of the same rows into a table of the same columns
and indexes, in the same database and run. The second has an aim of its own; of it is
told, too, what each process uses of the processor for one machine, the sender included.
"""

import asyncio
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import psutil
import psycopg
from psycopg import sql

from local_stack import services
from tests import stack as stacks
from tests.bench import contest, figures, processor
from tests.bench.figures import Figure, Limit

ROUNDS = 3
BATCH, BATCHES, AT_ONCE = 500, 12, 4
AIM_OF_COPY = 0.12
MACHINES, AIM_MACHINES = 240, 60
_BULK = "/api/inventory/v1/assets/bulk"
_REAL = os.environ.get("JOINEDUP_REAL_DATA")
_TOLD = (
    Path(_REAL) if _REAL else Path(__file__).parents[3] / "shared/data"
) / "agent_inventories/glpi_inventory_format/examples_computer_1.json"
"""31 KB, a laptop with Linux: half the real inventories of machines are smaller."""
_NAME, _SERIAL = "glpixps", "640HP72"
_UUID = "4c4c4544-0034-3010-8048-b6c04f503732"
_CARDS = ("00:e0:4c:68:01:db", "44:85:00:2b:90:bc")
# Generated columns are made, not copied.
_COLUMNS = (
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_name = 'asset' AND is_generated = 'NEVER'"
)
_WORKERS = ("inventory-worker", "servicedesk-worker", "strategy-worker")
_DATABASES = ("inventory", "servicedesk", "strategy")
_HEARERS = {"servicedesk": "servicedesk-assets", "strategy": "strategy-estate"}
_SAID_LAST = (
    "SELECT event_id FROM outbox WHERE subject LIKE 'joinedup.inventory.asset.%'"
    " ORDER BY id DESC LIMIT 1"
)
_HEARD = "SELECT FROM inbox WHERE consumer = %s AND event_id = %s"


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Let kit in either way, round by round."""
    brought: list[float] = []
    copied: list[float] = []
    told: list[float] = []
    again: list[float] = []
    spent: defaultdict[str, list[float]] = defaultdict(list)
    for number in range(ROUNDS):
        prefix = uuid4().hex[:8]
        brought.append(asyncio.run(_bring(stack, prefix)))
        copied.append(_copy(services.cluster(stack.place).dsn("inventory"), prefix))
        if _TOLD.exists():
            machines = [_machine(f"{prefix}{n:04}") for n in range(MACHINES)]
            _await_hearers(stack)
            before = _processor(stack)
            told.append(asyncio.run(_tell(stack, machines)))
            _await_hearers(stack)
            for part, used in _processor(stack).items():
                each = processor.spent(before[part], used) / MACHINES
                spent[part].append(each * 1000)
            again.append(asyncio.run(_tell(stack, machines)))
        say(f"intake: round {number + 1} of {ROUNDS}, load {figures.load()}")
    copy = Limit("raw COPY of the same rows", "rows/s", copied)
    found = [
        figures.ratio("assets brought in by the API", brought, copy, AIM_OF_COPY),
        figures.of_rounds("assets brought in by the API", brought, "assets/s"),
        figures.of_rounds("raw COPY of the same rows", copied, "rows/s"),
    ]
    if not told:
        say("intake: agents left out, JOINEDUP_REAL_DATA holds no inventories")
        return found
    return [
        *found,
        figures.at_least(
            "inventories of new machines", told, "inventories/s", AIM_MACHINES
        ),
        figures.of_rounds("inventories told once more", again, "inventories/s"),
        *(
            figures.of_rounds(f"a new machine: processor, {part}", used, "ms")
            for part, used in spent.items()
        ),
    ]


async def _bring(stack: stacks.Stack, prefix: str) -> float:
    """Register batches, a few at once; say how many assets a second that was."""
    with stack.client() as client:
        headers = {"authorization": client.headers["authorization"]}
        found = client.get("/api/directory/v1/schools?limit=50").raise_for_status()
    urns = [school["urn"] for school in found.json()["items"]]
    batches = [
        {
            "items": [
                _asset(f"{prefix}-{b}-{n}", urns[n % len(urns)]) for n in range(BATCH)
            ]
        }
        for b in range(BATCHES)
    ]
    return await _sent(
        stack,
        [{"json": batch, "headers": headers} for batch in batches],
        _BULK,
        BATCH,
    )


def _asset(tag: str, urn: int) -> dict[str, Any]:
    return {
        "school_urn": urn,
        "tag": tag,
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "ThinkPad L13",
        "serial": tag.upper(),
        "room": "ICT suite",
        "purchased_on": "2024-09-01",
        "details": {"hostname": f"pc-{tag}", "memory_gib": 16},
    }


def _await_hearers(stack: stacks.Stack) -> None:
    """Wait until whoever hears of kit has taken in all that was said of it so far."""
    cluster = services.cluster(stack.place)
    with psycopg.connect(cluster.dsn("inventory")) as connection:
        said = connection.execute(_SAID_LAST).fetchone()
    assert said is not None
    for database, consumer in _HEARERS.items():
        with psycopg.connect(cluster.dsn(database), autocommit=True) as connection:
            stacks.eventually(partial(_has_heard, connection, consumer, *said))


def _has_heard(connection: psycopg.Connection[Any], consumer: str, said: UUID) -> bool:
    return connection.execute(_HEARD, [consumer, said]).fetchone() is not None


def _processor(stack: stacks.Stack) -> Mapping[str, processor.Seconds]:
    """Say what each part that a new machine goes through has used so far."""
    return {
        **contest.processes(stack, "gateway", "inventory", *_WORKERS, "nats"),
        **{
            f"postgres, {database}": contest.sessions(stack, database)["postgres"]
            for database in _DATABASES
        },
        "sender": processor.seconds([psutil.Process()]),
    }


async def _tell(stack: stacks.Stack, machines: list[bytes]) -> float:
    agent = stack.signins["agent"]
    auth = aiohttp.BasicAuth(str(agent["school"]), agent["enrolment_key"])
    headers = {"content-type": "application/json", "authorization": auth.encode()}
    sent = [{"data": told, "headers": headers} for told in machines]
    return await _sent(stack, sent, "/agent", 1)


async def _sent(
    stack: stacks.Stack, requests: list[dict[str, Any]], path: str, each: int
) -> float:
    """Post some requests, a few at once; say how many things a second came in."""
    waiting = iter(requests)

    async def send_on(http: aiohttp.ClientSession) -> None:
        for request in waiting:
            async with http.post(path, **request) as answer:
                assert answer.ok, await answer.text()

    async with aiohttp.ClientSession(stack.url) as http:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(send_on(http))
        return len(requests) * each / (time.perf_counter() - began)


def _machine(name: str) -> bytes:
    """Tell of another machine: one that shares no name, serial or card with any."""
    told = _TOLD.read_text("utf-8").replace(_NAME, f"pc-{name}")
    told = told.replace(_SERIAL, name.upper()).replace(_UUID, str(uuid4()))
    for card in _CARDS:
        told = told.replace(card, _card())
    return json.dumps(json.loads(told)).encode()


def _card() -> str:
    """Make a hardware address of the form that makers burn into a card."""
    digits = uuid4().hex
    return ":".join(["00", *(digits[at : at + 2] for at in range(0, 10, 2))])


def _copy(dsn: str, prefix: str) -> float:
    """Copy the assets of a round into a table of the same columns and indexes."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_copy (LIKE asset INCLUDING ALL)")
        cursor.execute(_COLUMNS)
        columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor)
        out = sql.SQL(
            "COPY (SELECT {} FROM asset WHERE starts_with(tag, {})) TO STDOUT"
        ).format(columns, sql.Literal(prefix))
        with cursor.copy(out) as rows:
            read = [bytes(row) for row in rows]
        connection.commit()
        began = time.perf_counter()
        with cursor.copy(
            sql.SQL("COPY bench_copy ({}) FROM STDIN").format(columns)
        ) as into:
            into.write(b"".join(read))
        connection.commit()
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bench_copy")
        connection.commit()
    return len(read) / took
