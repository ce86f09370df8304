"""What recording costs an asset's registration, and proving a million entries.

The PostgreSQL is one of its own, as durable as ours. The limit of the verification is
the very same rows copied out; that of a registration is the same statements without
the record, in turns.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from joserfc.jwk import KeySet

from chassis import auth, db, outbox
from chassis.audit import anchors, ledger, linking, service, verifying
from chassis.audit.model import Entry, Target
from chassis.testing.identities import at_la, new_key
from contracts import inventory as facts
from contracts import roles
from inventory.assets import model, schemas, store
from inventory.assets import service as assets
from inventory.schools import service as schools
from tests import stack as stacks
from tests.bench import figures, private
from tests.bench.figures import Figure, Limit

ROUNDS = 3
ENTRIES = 1_000_000
REGISTERED = 400
"""Assets that are registered one after the other, each way, in each round."""
_AT_ONCE = 1000
_NAME, _LAS, _URN, _SCHOOL = "inventory", ("940", "941"), 100_001, UUID(int=1)
_Way = Callable[[db.Database, auth.Actor, schemas.RegisterAsset], Awaitable[None]]
_EVERY = """
COPY (
    SELECT l.*, e.* FROM audit_link AS l JOIN audit_entry AS e USING (entry_id)
    ORDER BY l.chain, l.number
) TO STDOUT
"""


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Register assets with and without the record; then fill, link and verify."""
    with (
        private.cluster(stack.place.run_dir) as cluster,
        private.database(cluster, _NAME) as url,
        tempfile.TemporaryDirectory(dir=stack.place.run_dir) as folder,
    ):
        dsn = cluster.dsn(_NAME)
        with psycopg.connect(dsn, autocommit=True) as admin:
            admin.execute(
                "INSERT INTO school (school_id, la_code, urn, name, version)"
                " VALUES (%s, %s, %s, 'Bench', 1)",
                [_SCHOOL, _LAS[0], _URN],
            )
        return [
            *asyncio.run(_recording(url("app"), say)),
            *asyncio.run(_filling(url, say)),
            *asyncio.run(_verifying(url, Path(folder), dsn, say)),
        ]


async def _recording(url: str, say: Callable[[str], None]) -> list[Figure]:
    actor = at_la(roles.LA_MANAGER, *_LAS)
    ours: list[float] = []
    bare: list[float] = []
    async with _opened(url) as database:
        for number in range(ROUNDS + 1):
            recorded = await _rate(database, actor, _with_record)
            without = await _rate(database, actor, _without_record)
            if number:
                # The first round warms up.
                ours.append(recorded)
                bare.append(without)
            say(f"audit: recording, round {number} of {ROUNDS}")
    limit = Limit("the same without a record", "assets/s", bare)
    return [
        figures.ratio("asset registered and recorded", ours, limit),
        figures.of_rounds("asset registered and recorded", ours, "assets/s"),
    ]


async def _rate(database: db.Database, actor: auth.Actor, way: _Way) -> float:
    began = time.perf_counter()
    for _ in range(REGISTERED):
        command = schemas.RegisterAsset(
            school_urn=_URN,
            tag=uuid4().hex,
            category="laptop",
            manufacturer="Lenovo",
            model="ThinkPad L13",
            serial="PF3ABCDE",
            room="ICT 1",
        )
        await way(database, actor, command)
    return REGISTERED / (time.perf_counter() - began)


async def _with_record(
    database: db.Database, actor: auth.Actor, command: schemas.RegisterAsset
) -> None:
    await assets.register_asset(database, actor, command, None)


async def _without_record(
    database: db.Database, actor: auth.Actor, command: schemas.RegisterAsset
) -> None:
    """The statements of the use case, all but one."""
    async with database.begin(actor, model.REGISTERING) as tx:
        school = await schools.school_of(tx, command.school_urn)
        wanted = [model.Wanted(school, command.model_dump())]
        [asset] = await store.insert_assets(tx, model.rows_of(wanted))
        await outbox.enqueue_many(tx, [model.said(facts.AssetRegistered, asset)])


async def _filling(
    url: Callable[[str], str], say: Callable[[str], None]
) -> list[Figure]:
    """Record a million in one go, and link them as the worker does."""
    actor = auth.service_actor(_NAME, _LAS)
    began = time.perf_counter()
    async with _opened(url("app")) as database:
        for first in range(0, ENTRIES, _AT_ONCE):
            entries = [
                Entry(
                    "asset.moved",
                    Target("asset", uuid4(), _LAS[n % 2], _SCHOOL),
                    {"room": "Office"},
                    {"room": f"Suite {n}"},
                )
                for n in range(first, first + _AT_ONCE)
            ]
            async with database.begin(actor, auth.SERVICE_ACCESS) as tx:
                await service.record_many(tx, entries)
    recorded = time.perf_counter()
    say(f"audit: {ENTRIES:,} recorded in {recorded - began:.0f} s")
    session = await ledger.open_for_linking(url("worker"), _NAME)
    linked = 0
    while some := await linking.link_some(session, _NAME):
        linked += some
    took = time.perf_counter() - recorded
    await session.close()
    say(f"audit: {linked:,} linked in {took:.0f} s")
    return [
        figures.of_rounds(
            f"entries recorded, {_AT_ONCE:,} a statement",
            [ENTRIES / (recorded - began)],
            "entries/s",
        ),
        figures.of_rounds("entries linked", [linked / took], "entries/s"),
    ]


async def _verifying(
    url: Callable[[str], str], folder: Path, dsn: str, say: Callable[[str], None]
) -> list[Figure]:
    keys = KeySet([new_key()])
    session = await ledger.open_for_linking(url("worker"), _NAME)
    heads = await session.heads(await session.chains())
    await session.close()
    path = anchors.file_of(folder, _NAME)
    anchors.append(path, keys, _NAME, heads, datetime.now(UTC))
    ours: list[float] = []
    copied: list[float] = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        found = verifying.Findings()
        async for fault in verifying.verify(url("worker"), _NAME, folder, keys, found):
            raise AssertionError(verifying.told(_NAME, fault))
        ours.append(time.perf_counter() - began)
        assert found.entries >= ENTRIES
        assert found.after_anchor == 0
        copied.append(_copied(dsn))
        say(f"audit: verified, round {number + 1} of {ROUNDS}, load {figures.load()}")
    limit = Limit("the same rows copied out", "s", copied)
    return [
        figures.of_rounds(f"verification of {ENTRIES:,} entries", ours, "s"),
        figures.ratio(f"verification of {ENTRIES:,} entries", ours, limit),
    ]


def _copied(dsn: str) -> float:
    began = time.perf_counter()
    with (
        psycopg.connect(dsn) as connection,
        connection.cursor() as cursor,
        cursor.copy(_EVERY) as out,
    ):
        for _ in out:
            pass
    return time.perf_counter() - began


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[db.Database]:
    database = db.Database(url, 2, "bench-audit")
    await database.open()
    try:
        yield database
    finally:
        await database.close()
