"""A service's database, jobs of kinds that a test makes up, and workers to run them."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest

from chassis.auth import Access, Actor, Grant
from chassis.db import Database
from chassis.jobs import service, worker
from chassis.jobs.model import Chore, Job, Kind, NewJob
from chassis.testing.databases import ServiceDatabase

PATIENCE = 60.0
ACCESS = Access(read=frozenset({"manager", "auditor"}), write=frozenset({"manager"}))
OWNER = Actor("owner", "person", (Grant("manager", ("940",)),))


@dataclass(slots=True)
class Yard:
    """Starts jobs as their owner, and workers as their service."""

    app: Database
    own: Database
    stored: ServiceDatabase
    workers: list[tuple[asyncio.Event, asyncio.Task[None]]] = field(
        default_factory=list
    )

    def employ(self, *kinds: Kind | Chore) -> worker.State:
        """Start a worker in this process."""
        stop, state = asyncio.Event(), worker.State()
        run = worker.run(self.stored.worker, self.own, "inventory", kinds, stop, state)
        self.workers.append((stop, asyncio.ensure_future(run)))
        return state

    async def dismiss(self) -> None:
        for stop, _ in self.workers:
            stop.set()
        await asyncio.gather(*(task for _, task in self.workers))
        self.workers.clear()

    async def start(self, kind: str, actor: Actor = OWNER, **more: Any) -> UUID:
        new = NewJob(kind=kind, principal=actor.principal, **more)
        async with self.app.begin(actor, ACCESS) as tx:
            return await service.start(tx, new)

    async def get(self, job_id: UUID, actor: Actor = OWNER) -> Job:
        return await service.get_job(self.app, actor, ACCESS, job_id)

    async def cancel(self, job_id: UUID, actor: Actor = OWNER) -> Job:
        return await service.cancel_job(self.app, actor, ACCESS, job_id)

    async def until(self, job_id: UUID, *states: str) -> Job:
        """Await a job's being in one of some states."""

        async def arrived() -> Job | None:
            found = await self.get(job_id)
            return found if found.state in states else None

        return await awaited(arrived)

    def asked(self, statement: LiteralString) -> Sequence[tuple[Any, ...]]:
        with psycopg.connect(self.stored.admin, autocommit=True) as admin:
            return admin.execute(statement).fetchall()


async def awaited(check: Callable[[], Awaitable[Any]]) -> Any:
    """Await a condition, with patience."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await check()):  # noqa: ASYNC110 - another task makes it true
            await asyncio.sleep(0.05)
    return found


@pytest.fixture
async def yard(
    database_of: Callable[..., ServiceDatabase],
) -> AsyncGenerator[Yard]:
    stored = database_of("inventory", copy="jobs")
    stored.empty()
    app = Database(stored.app, 3, "jobs-tests-app")
    own = Database(stored.worker, 6, "jobs-tests-worker")
    await app.open()
    await own.open()
    made = Yard(app, own, stored)
    yield made
    await made.dismiss()
    await app.close()
    await own.close()
