"""Takes jobs up beside the relay and the consumers: procrastinate on our database.

Procrastinate's tables hold ids only; the job's own row, under row security, says what
it is and how far. A worker that dies stops its heartbeat, and whoever lives takes its
jobs up again.
"""

import asyncio
import contextlib
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector
from procrastinate import exceptions as library
from procrastinate.jobs import Job, Status
from procrastinate.retry import RetryDecision
from procrastinate.worker import Worker

from chassis import auth
from chassis.db import Database
from chassis.jobs import running, store
from chassis.jobs.model import Chore, Kind

_LOG = structlog.stdlib.get_logger("chassis.jobs")

QUEUE, CHORES = "jobs", "chores"
TASK = "chassis.jobs.run"
TIDY = "chassis.jobs.tidy"
CONCURRENCY = 2
HEARTBEAT_SECONDS = 4
STALLED_SECONDS = 12
"""A worker silent for longer is taken for dead, and its jobs begin again."""
_POLL_SECONDS = 2
_LOOK_SECONDS = 2
_DRAIN_SECONDS = 2
_KEPT_HOURS = 24
_OPTIONS = "-c statement_timeout=5s -c lock_timeout=2s -c timezone=UTC"


@dataclass(slots=True)
class State:
    """What the worker tells of itself, for readiness."""

    trouble: str | None = None

    def failed(self, error: Exception) -> None:
        if self.trouble is None:
            _LOG.warning("jobs hindered", error=repr(error))
        self.trouble = repr(error)


@dataclass(frozen=True, slots=True)
class _Crew:
    """What one attempt needs, and which of them are under way here."""

    database: Database
    service: str
    kinds: Mapping[str, Kind]
    chores: Sequence[Chore]
    under_way: set[int] = field(default_factory=set[int])

    async def run(self, context: JobContext, job_id: str, traceparent: str) -> None:
        with self._known(context):
            await running.run_job(
                self.database, self.service, self.kinds, UUID(job_id), traceparent
            )

    def doing(self, chore: Chore) -> Callable[[JobContext, int], Awaitable[None]]:
        """One that takes longer than its clock allows is not begun a second time."""
        turn = asyncio.Lock()

        async def do(context: JobContext, timestamp: int) -> None:
            del timestamp
            if not turn.locked():
                async with turn:
                    with self._known(context):
                        await chore.run(self.database)

        return do

    @contextlib.contextmanager
    def _known(self, context: JobContext) -> Generator[None]:
        """Know what is under way: what is held and not known is lost."""
        number = context.job.id or 0
        self.under_way.add(number)
        try:
            yield
        finally:
            self.under_way.discard(number)

    async def tidy(self, context: JobContext, timestamp: int) -> None:
        """Forget what ended long ago."""
        del timestamp
        await context.app.job_manager.delete_old_jobs(
            _KEPT_HOURS,
            include_failed=True,
            include_cancelled=True,
            include_aborted=True,
        )
        actor = auth.service_actor(self.service, [])
        async with self.database.begin(actor, auth.SERVICE_ACCESS) as tx:
            await store.prune_jobs(tx)


class _Repeat(BaseRetryStrategy):
    """Repeats every attempt that could not say its own end: it was not its end."""

    def get_retry_decision(
        self, *, exception: BaseException, job: Job
    ) -> RetryDecision:
        del job
        seconds = exception.seconds if isinstance(exception, running.Again) else 1
        return RetryDecision(retry_in={"seconds": seconds})


async def run(
    url: str,
    database: Database,
    service: str,
    known: Sequence[Kind | Chore],
    stop: asyncio.Event,
    state: State,
) -> None:
    """Do jobs until told to stop; a database that is away is waited for."""
    kinds = {each.name: each for each in known if isinstance(each, Kind)}
    chores = [each for each in known if isinstance(each, Chore)]
    crew = _Crew(database, service, kinds, chores)
    while not stop.is_set():
        try:
            async with _app(url, crew) as app:
                await _work(app, crew, stop, state)
        except (library.ConnectorException, psycopg.Error) as error:
            state.failed(error)
        await _pause(stop, 1)


@asynccontextmanager
async def _app(url: str, crew: _Crew) -> AsyncGenerator[App]:
    connector = PsycopgConnector(
        conninfo=url,
        min_size=1,
        max_size=5,
        timeout=5,
        kwargs={
            "application_name": f"{crew.service}-jobs",
            "options": _OPTIONS,
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 10_000,
        },
    )
    app = App(connector=connector)
    again = _Repeat()
    app.task(name=TASK, queue=QUEUE, pass_context=True, retry=again)(crew.run)
    tidy = app.task(name=TIDY, queue=CHORES, pass_context=True)(crew.tidy)
    app.periodic(cron="11 * * * *")(tidy)
    for chore in crew.chores:
        made = app.task(name=f"{TIDY}.{chore.name}", queue=CHORES, pass_context=True)
        app.periodic(cron=chore.cron)(made(crew.doing(chore)))
    async with app.open_async():
        yield app


async def _work(app: App, crew: _Crew, stop: asyncio.Event, state: State) -> None:
    # A mail server or a sign-on that hangs holds its chore up, and no job: each chore
    # has a place of its own, and one is left for those whose turn it is not.
    workers = [
        _worker(app, crew, QUEUE, CONCURRENCY),
        _worker(app, crew, CHORES, len(crew.chores) + 1),
    ]
    state.trouble = None
    helping: list[asyncio.Future[Any]] = [
        asyncio.ensure_future(_take_up_lost(app, crew, workers)),
        asyncio.ensure_future(stop.wait()),
    ]
    tasks = [*(asyncio.ensure_future(worker.run()) for worker in workers), *helping]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for worker in workers:
            worker.stop()
        for task in helping:
            task.cancel()
        ended: list[Any] = await asyncio.gather(*tasks, return_exceptions=True)
    for fault in ended:
        if isinstance(fault, Exception):
            raise fault


def _worker(app: App, crew: _Crew, queue: str, concurrency: int) -> Worker:
    return Worker(
        app,
        queues=[queue],
        name=f"{crew.service}-{queue}",
        concurrency=concurrency,
        fetch_job_polling_interval=_POLL_SECONDS,
        shutdown_graceful_timeout=_DRAIN_SECONDS,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
    )


async def _take_up_lost(app: App, crew: _Crew, workers: Sequence[Worker]) -> None:
    """Give back to the queue what a dead worker held, and what we ourselves lost.

    We lose a job when the database goes away as its attempt ends; one that is seen so
    twice, a while apart, is not only about to be settled.
    """
    strays: set[int] = set()
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        manager = app.job_manager
        held: list[Job] = []
        for worker in workers:
            if worker.worker_id is not None:
                held += await manager.list_jobs_async(
                    status=Status.DOING.value, worker_id=worker.worker_id
                )
        ours = {job.id for job in held if job.id} - crew.under_way
        stalled = await manager.get_stalled_jobs(
            seconds_since_heartbeat=STALLED_SECONDS
        )
        lost = {job.id for job in stalled if job.id} - crew.under_way
        for number in sorted(lost | (strays & ours)):
            _LOG.warning("job is taken up again", number=number)
            with contextlib.suppress(library.ConnectorException):
                # Another worker was quicker.
                await manager.retry_job_by_id_async(number, datetime.now(UTC))
        strays = ours


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
