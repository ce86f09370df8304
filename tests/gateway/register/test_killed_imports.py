"""Imports whose worker is killed: another takes them up, and nothing is half-done."""

import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import class_row

from chassis.auth import Actor, Grant
from chassis.db import Database
from chassis.embedded import child, nats
from chassis.files.folder import Folder
from chassis.files.uploads import Upload
from chassis.testing.databases import ServiceDatabase
from gateway.register import service
from gateway.register.model.imports import Import
from gateway.register.previewing import Files
from gateway.register.service import Sent
from gateway.settings import GatewaySettings
from tests.gateway.register.files import row, text

SEED = int(os.environ.get("JOINEDUP_SEED", "20261125"))
SCHOOLS, BROKEN = 6_000, 20
PREVIEW = {"previewed": (SCHOOLS, BROKEN)}
FEWEST_MET = 3
FIRST_URN = 200_000
PATIENCE = 90.0
MANAGER = Actor("person", "person", (Grant("la-manager", ("940",)),))


@dataclass(frozen=True, slots=True)
class Look:
    """How everything that an import touches stands, at one moment."""

    import_state: str
    job_state: str
    note: str
    attempts: int
    changes: int
    faults: int
    schools: int
    facts: int
    grown: int
    """Bytes of the tables that it writes, its rows not yet committed among them."""

    @property
    def is_ended(self) -> bool:
        return self.job_state in {"done", "failed", "cancelled"}


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: `holds` judges how things stand and how large they were before."""

    name: str
    holds: Callable[[Look, int], bool]


LOOK: LiteralString = """
SELECT
    i.state AS import_state, j.state AS job_state, j.note, j.attempts,
    (SELECT count(*) FROM school_import_change AS c
    WHERE c.import_id = i.import_id)::integer AS changes,
    (SELECT count(*) FROM school_import_fault AS f
    WHERE f.import_id = i.import_id)::integer AS faults,
    (SELECT count(*) FROM school)::integer AS schools,
    (SELECT count(*) FROM outbox)::integer AS facts,
    (
        pg_relation_size('school_import_change') + pg_relation_size('school')
        + pg_relation_size('outbox')
    )::bigint AS grown
FROM school_import AS i INNER JOIN job AS j USING (job_id)
WHERE i.import_id = %s
"""
SAME: LiteralString = """
SELECT
    (SELECT count(*) FROM school_import_change WHERE import_id = %(killed)s)
    - (SELECT count(*) FROM (
        SELECT place, kind, urn, name, la_code, line, school_id, differences, details
        FROM school_import_change WHERE import_id = %(killed)s
        INTERSECT
        SELECT place, kind, urn, name, la_code, line, school_id, differences, details
        FROM school_import_change WHERE import_id = %(whole)s
    ) AS alike) AS changes,
    (SELECT count(*) FROM school_import_fault WHERE import_id = %(killed)s)
    - (SELECT count(*) FROM (
        SELECT place, file, line, column_title, detail
        FROM school_import_fault WHERE import_id = %(killed)s
        INTERSECT
        SELECT place, file, line, column_title, detail
        FROM school_import_fault WHERE import_id = %(whole)s
    ) AS alike) AS faults
"""


def begun(look: Look, _before: int) -> bool:
    return look.job_state == "running"


def written(share: float, whole: int) -> Moment:
    """When a share of all that it writes is written, and nothing of it committed."""
    return Moment(
        f"{share:.0%} written",
        lambda look, before: look.grown > before + share * whole,
    )


def reached(state: str) -> Moment:
    """When all is committed: the job itself may not know it yet."""
    return Moment(f"is {state}", lambda look, _: look.import_state == state)


BEGUN = Moment("begun", begun)


@dataclass(slots=True)
class Yard:
    """A gateway's database, and workers of it that are started and killed."""

    stored: ServiceDatabase
    database: Database
    depot: Folder
    environment: dict[str, str]
    folder: Path
    hired: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def hire(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gateway", "worker"]
        port = {"JOINEDUP_WORKER_PORT": str(child.free_port())}
        log = self.folder / "worker.log"
        self.hired.append(child.start(command, log, self.environment | port))
        return self.hired[-1]

    def kill(self) -> None:
        """Kill the worker without warning; the time in which it is missed goes by."""
        self.hired[-1].kill()
        self.hired[-1].wait()
        self.asked(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - '1h'::interval"
        )

    def asked(self, statement: LiteralString, *given: Any) -> Sequence[Any]:
        with psycopg.connect(self.stored.admin, autocommit=True) as admin:
            found = admin.execute(statement, given or None)
            return found.fetchall() if found.description else []

    def sweep(self) -> None:
        """Leave no room that dead rows had: what is written next is seen by size."""
        self.asked("VACUUM FULL school_import_change, school, outbox")

    def size(self) -> int:
        self.sweep()
        return self.asked("SELECT pg_relation_size('school_import_change')")[0][0]

    def look(self, import_id: UUID) -> Look:
        with psycopg.connect(self.stored.admin) as admin:
            cursor = admin.cursor(row_factory=class_row(Look))
            found = cursor.execute(LOOK, (import_id,)).fetchone()
        assert found is not None
        return found

    async def send(self, content: bytes) -> Import:
        async def pieces() -> AsyncGenerator[bytes]:
            yield content

        kept = await self.depot.put(pieces(), len(content))
        sent = Sent(Upload("register.csv", kept))
        return await service.send_import(self.database, MANAGER, sent, 1 << 30)

    async def whole_preview(self, content: bytes) -> Import:
        """The same file previewed without any kill."""
        started = await service.begin_import(self.database, MANAGER, "register.csv")
        return await service.preview_import(self.database, started, Files(content))

    async def order(self, found: Import) -> None:
        named = [concern["name"] for concern in found.concerns]
        version = found.version
        await service.order_apply(
            self.database, MANAGER, found.import_id, named, version
        )

    async def get(self, import_id: UUID) -> Import:
        return await service.get_import(self.database, MANAGER, import_id)


@dataclass(frozen=True, slots=True)
class Siege:
    """Kills a worker at one moment after the other, and looks all the while."""

    yard: Yard
    import_id: UUID
    is_whole: Callable[[Look], bool]

    async def lay(self, moments: Sequence[Moment]) -> Look:
        """Kill at each moment, then let a worker finish; return how it ended."""
        for moment in moments:
            self.yard.sweep()
            self.yard.hire()
            await self._await(moment)
            self.yard.kill()
            await self._await(Moment("rolled back", lambda *_: self._is_quiet()))
        worker = self.yard.hire()
        ended = await self._await(Moment("ended", lambda look, _: look.is_ended))
        await said_all(self.yard)
        worker.kill()
        worker.wait()
        assert ended.attempts >= FEWEST_MET, "the kills came when there was no work"
        return ended

    async def _await(self, moment: Moment) -> Look:
        before = self.yard.look(self.import_id).grown
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await asyncio.to_thread(self.yard.look, self.import_id)
                assert self.is_whole(found), (moment.name, found)
                if found.is_ended or moment.holds(found, before):
                    return found

    def _is_quiet(self) -> bool:
        """Whether the killed worker's connections have gone, with all that they did."""
        return not self.yard.asked(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name LIKE 'gateway-%'"
        )


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[nats.Broker]:
    """A broker whose stream holds the facts of this test and no others."""
    made = nats.Broker(tmp_path / "nats", child.free_port(), child.free_port())
    with nats.running(made, tmp_path / "nats.log"):
        yield made


@pytest.fixture
async def yard(
    database_of: Callable[..., ServiceDatabase],
    gateway_settings: GatewaySettings,
    own_broker: nats.Broker,
    tmp_path: Path,
) -> AsyncGenerator[Yard]:
    stored = database_of("gateway", copy="killed")
    stored.empty()
    told = gateway_settings
    environment = {
        **os.environ,
        "JOINEDUP_DATABASE_URL": stored.app,
        "JOINEDUP_WORKER_DATABASE_URL": stored.worker,
        "JOINEDUP_INTERNAL_JWKS_FILE": str(told.internal_jwks_file),
        "JOINEDUP_INTERNAL_KEY_FILE": str(told.internal_key_file),
        "JOINEDUP_SESSION_KEY_FILE": str(told.session_key_file),
        "JOINEDUP_PORTAL_CLIENT_SECRET_FILE": str(told.portal_client_secret_file),
        "JOINEDUP_NATS_URL": own_broker.url(),
        "JOINEDUP_FILES_DIR": str(tmp_path / "files"),
    }
    database = Database(stored.app, 3, "besieged")
    await database.open()
    made = Yard(stored, database, Folder(tmp_path / "files"), environment, tmp_path)
    yield made
    for process in made.hired:
        process.kill()
        process.wait()
    await database.close()


def register(pupils: int) -> bytes:
    rows = (
        row(FIRST_URN + n, la="940", name=f"School {n}", pupils=pupils + n % 7)
        for n in range(SCHOOLS)
    )
    return text(*rows, *(row(n, la="940") for n in range(1, BROKEN + 1)))


def moments(rng: random.Random, whole: int, last: str) -> Sequence[Moment]:
    early, late = rng.uniform(0.02, 0.35), rng.uniform(0.35, 0.8)
    return [BEGUN, written(early, whole), written(late, whole), reached(last)]


@pytest.mark.parametrize("turn", ["every school is new", "every school is changed"])
async def test_a_killed_import_is_done_whole_or_not_at_all(
    yard: Yard, turn: str
) -> None:
    rng, there = random.Random(f"{SEED} {turn}"), 0
    if turn == "every school is changed":
        await service.apply_import(
            yard.database, await yard.whole_preview(register(200)), ()
        )
        there = SCHOOLS
    content = register(300)
    before = yard.size()
    whole = await yard.whole_preview(content)
    grown = yard.size() - before

    killed = await yard.send(content)
    ended = await Siege(
        yard,
        killed.import_id,
        lambda look: (
            (look.schools, look.facts, look.changes, look.faults)
            == (there, there, *PREVIEW.get(look.import_state, (0, 0)))
        ),
    ).lay(moments(rng, grown, "previewed"))
    assert (ended.import_state, ended.job_state) == ("previewed", "done"), ended
    found = await yard.get(killed.import_id)
    same(yard, found, whole)

    await yard.order(found)
    ended = await Siege(
        yard,
        killed.import_id,
        lambda look: (
            (look.schools, look.facts)
            == (
                (SCHOOLS, there + SCHOOLS)
                if look.import_state == "applied"
                else (there, there)
            )
        ),
    ).lay(moments(rng, grown, "applied"))
    assert (ended.import_state, ended.job_state) == ("applied", "done"), ended
    said_once(yard, there + SCHOOLS)
    recorded = yard.asked("SELECT urn, name, pupils FROM school ORDER BY urn")
    assert recorded == [
        (FIRST_URN + n, f"School {n}", 300 + n % 7) for n in range(SCHOOLS)
    ]


def same(yard: Yard, killed: Import, whole: Import) -> None:
    """The preview is what one is that nobody killed."""
    with psycopg.connect(yard.stored.admin) as admin:
        ids = {"killed": killed.import_id, "whole": whole.import_id}
        differing = admin.execute(SAME, ids).fetchone()
    assert differing == (0, 0)
    for member in ("counts", "file_rows", "as_of", "left_out", "concerns", "seen"):
        assert getattr(killed, member) == getattr(whole, member), member


async def said_all(yard: Yard) -> None:
    left: LiteralString = "SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1"
    await asyncio.to_thread(
        child.await_condition, lambda: not yard.asked(left), PATIENCE
    )


def said_once(yard: Yard, count: int) -> None:
    """Each fact is published once: the stream holds as many as there are."""
    assert yard.asked(
        "SELECT count(*), count(DISTINCT (entity_id, entity_version)),"
        " count(DISTINCT stream_seq), max(stream_seq) FROM outbox"
    ) == [(count, count, count, count)]
