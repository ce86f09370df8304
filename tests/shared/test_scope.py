"""A transaction sees and writes what its scope allows, and no form leaks it."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

import chassis
from chassis import auth, db, errors, provision, sql
from chassis.embedded import postgres
from chassis.testing import identities

NOTE_TABLE = """
CREATE TABLE note (
    la_code text NOT NULL, school_id uuid NOT NULL, body text NOT NULL,
    CONSTRAINT note_body_unique UNIQUE (la_code, school_id, body)
);
CALL secure_tenant_table('note');
GRANT SELECT, INSERT, UPDATE, DELETE ON note TO joinedup_app;
"""
SCOPE = Path(chassis.__file__).parent / "migrations" / "0001_scope.sql"
TECHNICIANS = auth.Access(
    read=frozenset({"school-technician", "school-leader", "la-manager"}),
    write=frozenset({"school-technician", "la-manager"}),
)


@dataclass(frozen=True, slots=True)
class Note:
    school_id: UUID
    body: str


def query(name: str, text: str) -> sql.Query[Note]:
    return sql.Query(name, sql.parse(f"-- {name}\n-- Test.\n{text}", "t")[name], Note)


ALL = query("all_notes", "SELECT school_id, body FROM note ORDER BY body")
ADD = query(
    "add_note",
    "INSERT INTO note VALUES (%(la)s, %(school)s, %(body)s) RETURNING school_id, body",
)
HAND_OVER = query(
    "hand_over", "UPDATE note SET school_id = %(to)s RETURNING school_id, body"
)
BROKEN = query("broken", "SELECT school_id, body FROM note WHERE 1 / 0 = 1")


@pytest.fixture(scope="module")
async def notes(cluster: postgres.Cluster) -> AsyncGenerator[db.Database]:
    words = provision.Passwords(owner="o", app="a", worker="w")
    provision.provision_database(cluster.dsn(), "notes", words)
    dsn = {
        role: postgres.dsn(cluster.port, "notes", f"notes_{role}", role[0])
        for role in ("owner", "app")
    }
    with psycopg.connect(dsn["owner"], autocommit=True) as owner:
        owner.execute(SCOPE.read_bytes())
        owner.execute(NOTE_TABLE.encode())
    database = db.Database(dsn["app"], 4, "notes")
    await database.open()
    yield database
    await database.close()


async def add(notes: db.Database, actor: auth.Actor, school: UUID, body: str) -> None:
    async with notes.begin(actor, TECHNICIANS) as tx:
        await tx.run(ADD, {"la": "940", "school": school, "body": body})  # pyright: ignore[reportArgumentType]


async def bodies(notes: db.Database, actor: auth.Actor) -> list[str]:
    return [n.body for n in await notes.read_all(actor, TECHNICIANS, ALL)]


async def test_each_school_sees_its_own_rows_and_the_authority_sees_both(
    notes: db.Database,
) -> None:
    here, there = uuid4(), uuid4()
    technician_here = identities.at_school("school-technician", here)
    technician_there = identities.at_school("school-technician", there)
    await add(notes, technician_here, here, "ours")
    await add(notes, technician_there, there, "theirs")

    assert await bodies(notes, technician_here) == ["ours"]
    assert await bodies(notes, technician_there) == ["theirs"]
    manager = identities.at_la("la-manager", "940")
    assert {"ours", "theirs"} <= set(await bodies(notes, manager))
    assert await bodies(notes, identities.at_la("la-manager", "941")) == []


async def test_what_is_read_for_many_at_once_is_shared_within_the_very_same_scope(
    notes: db.Database,
) -> None:
    here, there = uuid4(), uuid4()
    at_here = identities.at_school("school-technician", here)
    at_there = identities.at_school("school-technician", there)
    colleague = replace(at_here, principal="a colleague")
    no_reader = replace(at_here, grants=(auth.Grant("learner", school_ids=(here,)),))
    await add(notes, at_here, here, "ours of many")
    await add(notes, at_there, there, "theirs of many")
    worked_out: list[list[str]] = []

    async def answer(tx: db.Tx) -> list[str]:
        found = [note.body for note in await tx.all(ALL)]
        worked_out.append(found)
        return found

    asking = (at_here, at_there, colleague, no_reader, at_here)
    answers = await asyncio.gather(
        *(notes.read_shared(who, TECHNICIANS.read, "notes", answer) for who in asking)
    )

    ours, theirs = ["ours of many"], ["theirs of many"]
    assert answers == [ours, theirs, ours, [], ours]
    assert sorted(worked_out) == [[], ours, theirs]


async def test_nothing_is_written_beyond_the_write_scope(notes: db.Database) -> None:
    here, there = uuid4(), uuid4()
    reader_there_writer_here = auth.Actor(
        "p",
        "person",
        (
            auth.Grant("school-technician", school_ids=(here,)),
            auth.Grant("school-leader", school_ids=(there,)),
        ),
    )
    await add(notes, reader_there_writer_here, here, "mine")
    with pytest.raises(errors.Forbidden):
        await add(notes, reader_there_writer_here, there, "not mine")
    with pytest.raises(errors.Forbidden):
        async with notes.begin(reader_there_writer_here, TECHNICIANS) as tx:
            await tx.all(HAND_OVER, {"to": there})


async def test_who_looks_as_somebody_reads_and_writes_nothing(
    notes: db.Database,
) -> None:
    school = uuid4()
    technician = identities.at_school("school-technician", school)
    await add(notes, technician, school, "seen")
    looking = replace(technician, behind="a manager")

    assert await bodies(notes, looking) == ["seen"]
    with pytest.raises(errors.ViewingOnly):
        await add(notes, looking, school, "written")
    assert await bodies(notes, technician) == ["seen"]


async def test_no_scope_sees_no_row(notes: db.Database) -> None:
    school = uuid4()
    await add(notes, identities.at_school("school-technician", school), school, "x")

    async with notes.system() as tx:
        assert await tx.all(ALL) == []
    assert await bodies(notes, auth.Actor("nobody", "person")) == []


async def test_a_second_scope_in_one_transaction_is_refused(
    notes: db.Database,
) -> None:
    enter = query("enter", "SELECT enter_scope('me', '{940}', '{}', '{}', '{}', '{}')")
    actor = identities.at_school("school-technician", uuid4())
    with pytest.raises(psycopg.errors.InvalidTransactionState):
        async with notes.read(actor, TECHNICIANS) as tx:
            await tx.all(enter)


async def test_a_storm_over_few_connections_leaks_nothing(notes: db.Database) -> None:
    """Cancelled tasks and failing statements leave no scope behind on a connection."""
    rng = random.Random(20261123)
    schools = [uuid4() for _ in range(12)]
    for school in schools:
        technician = identities.at_school("school-technician", school)
        await add(notes, technician, school, f"note of {school}")
    seen = 0

    async def visit(school: UUID, mishap: str) -> None:
        nonlocal seen
        actor = identities.at_school("school-technician", school)
        if mishap == "error":
            with pytest.raises(errors.Invalid):
                async with notes.read(actor, TECHNICIANS) as tx:
                    await tx.all(BROKEN)
            return
        async with notes.begin(actor, TECHNICIANS) as tx:
            found = await tx.all(ALL)
            if mishap == "cancel":
                await asyncio.get_running_loop().create_future()
        assert {n.school_id for n in found} == {school}
        seen += 1

    async def one(_: int) -> None:
        mishap = rng.choices(["", "error", "cancel"], [90, 5, 5])[0]
        visiting = asyncio.create_task(visit(rng.choice(schools), mishap))
        if mishap == "cancel":
            await asyncio.wait([visiting], timeout=0.002)
            # Python 3.11 can lose a cancellation inside wait_for: ask until it is done.
            while not visiting.done():
                visiting.cancel()
                await asyncio.wait([visiting], timeout=0.05)
            return
        # A pool that is asked for more than it has says so: come again.
        with suppress(errors.Unavailable):
            await visiting

    for start in range(0, 2000, 20):
        await asyncio.gather(*(one(start + i) for i in range(20)))
    assert seen > 1000
