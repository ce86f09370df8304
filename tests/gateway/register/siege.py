"""Workers of the gateway that are killed in the middle of an import."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from chassis.auth import Actor, Grant
from chassis.db import Database
from chassis.embedded import child
from chassis.files.folder import Folder
from chassis.files.uploads import Upload
from chassis.testing.databases import ServiceDatabase
from gateway.register import service
from gateway.register.model.imports import Import
from gateway.register.previewing import Files
from gateway.register.service import Sent

PATIENCE = 90.0
FEWEST_MET = 4
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
    before_its_end: bool = False
    """Whether the job is kept from saying its end until it is killed."""


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

HOLD: LiteralString = """
SELECT pg_advisory_lock(24);
CREATE FUNCTION wait_for_the_kill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_lock(24);
    RETURN NEW;
END
$$;
CREATE TRIGGER wait_for_the_kill BEFORE UPDATE ON job
FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION wait_for_the_kill();
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
    """When all is committed, and the job has not said so yet."""
    return Moment(
        f"is {state}", lambda look, _: look.import_state == state, before_its_end=True
    )


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

    @contextmanager
    def ends_held(self, held: bool) -> Generator[None]:
        """Let no job say that it is done, until the end of the block."""
        if not held:
            yield
            return
        with psycopg.connect(self.stored.admin, autocommit=True) as admin:
            admin.execute(HOLD)
            yield
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name LIKE 'gateway-%'"
                " AND datname = current_database()"
            )
            admin.execute("DROP FUNCTION wait_for_the_kill CASCADE")

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
            with self.yard.ends_held(moment.before_its_end):
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


async def said_all(yard: Yard) -> None:
    left: LiteralString = "SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1"
    await asyncio.to_thread(
        child.await_condition, lambda: not yard.asked(left), PATIENCE
    )
