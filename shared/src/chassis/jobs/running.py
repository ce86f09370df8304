"""Runs one attempt of a job, and says in the job's row how it went."""

import contextlib
import time
from collections.abc import Mapping
from uuid import UUID

import structlog
from opentelemetry import propagate, trace

from chassis import auth, errors, problems
from chassis.db import Database, Tx
from chassis.jobs import store
from chassis.jobs.model import (
    Cancelled,
    JobInterrupted,
    Kind,
    Result,
    State,
    Superseded,
    Work,
)

_LOG = structlog.stdlib.get_logger("chassis.jobs")
_TRACER = trace.get_tracer("chassis.jobs")

MOST_ATTEMPTS = 6
"""A job that was begun so often, for want of a part or by kills, is given up."""
TELL_SECONDS = 0.5
"""Progress is written, and a wish to cancel heard, no more often than this."""
_LONGEST_PAUSE = 60


class Again(Exception):
    """The attempt failed for now: it is to be repeated in so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def run_job(
    db: Database, service: str, kinds: Mapping[str, Kind], job_id: UUID, trace_id: str
) -> None:
    """Make one attempt at a job.

    Raises:
        Again: it is to be tried later.
        errors.Unavailable: the database is down, and nothing could be said of it.
    """
    actor = auth.service_actor(service, [])
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        work = await store.claim_job(tx, job_id)
    if work is None:
        return
    kind = kinds.get(work.kind)
    log = _LOG.bind(job_id=str(job_id), kind=work.kind, attempt=work.attempts)
    with _TRACER.start_as_current_span(
        f"job {work.kind}",
        propagate.extract({"traceparent": trace_id} if trace_id else {}),
        trace.SpanKind.CONSUMER,
        record_exception=False,
        set_status_on_exception=False,
    ):
        log.info("job begins")
        await _Attempt(db, actor, kind, work, log).run()


class _Attempt:
    """One attempt at a job, from its claim to its end."""

    def __init__(
        self,
        db: Database,
        actor: auth.Actor,
        kind: Kind | None,
        work: Work,
        log: structlog.stdlib.BoundLogger,
    ) -> None:
        self._db = db
        self._actor = actor
        self._kind = kind
        self._work = work
        self._log = log

    async def run(self) -> None:
        try:
            result = await self._handle()
        except Cancelled:
            await self._end("cancelled")
        except Superseded:
            self._log.warning("job was taken over")
        except (errors.Unavailable, errors.TimedOut) as away:
            await self._again(away, self._problem_of(away))
        except errors.Refusal as refusal:
            await self._end("failed", problem=self._problem_of(refusal))
        except Exception as fault:  # noqa: BLE001 - whatever a handler raises, its job ends
            self._log.exception("job met a fault")
            await self._again(fault, problems.of_failure(self._instance))
        else:
            await self._end("done", result)

    async def _handle(self) -> Result:
        if self._work.cancel_asked_at is not None:
            raise Cancelled
        if self._kind is None:
            raise LookupError(f"no kind of job is called {self._work.kind}")
        if self._work.attempts > MOST_ATTEMPTS:
            raise JobInterrupted
        told = Progress(self._db, self._actor, self._work)
        result = await self._kind.handle(self._db, self._work, told)
        with contextlib.suppress(Cancelled):
            # Too late to cancel: it is done.
            await told.flush()
        return result

    async def _again(self, fault: Exception, problem: dict[str, object]) -> None:
        if self._work.attempts >= MOST_ATTEMPTS:
            await self._end("failed", problem=problem)
            return
        async with self._begin() as tx:
            await store.release_job(tx, self._work)
        seconds = min(_LONGEST_PAUSE, 2**self._work.attempts)
        self._log.info("job is tried again", seconds=seconds, fault=repr(fault))
        raise Again(seconds) from fault

    async def _end(
        self, state: State, result: Result = None, problem: Result = None
    ) -> None:
        async with self._begin() as tx:
            if not await store.end_job(tx, self._work, state, result, problem):
                self._log.warning("job was taken over")
                return
            await self._tell_owner(tx, state, problem)
        self._log.info("job ends", state=state)

    async def _tell_owner(self, tx: Tx, state: State, problem: Result) -> None:
        if state != "done" and self._kind is not None and self._kind.ended is not None:
            why = str(problem["detail"]) if problem else ""
            await self._kind.ended(tx, self._work, state, why)

    def _begin(self) -> contextlib.AbstractAsyncContextManager[Tx]:
        return self._db.begin(self._actor, auth.SERVICE_ACCESS)

    @property
    def _instance(self) -> str:
        return f"urn:uuid:{self._work.job_id}"

    def _problem_of(self, refusal: errors.Refusal) -> dict[str, object]:
        return problems.of_refusal(refusal, self._instance)


class Progress:
    """Tells how far an attempt is, a few times a second at most."""

    def __init__(self, db: Database, actor: auth.Actor, work: Work) -> None:
        self._db = db
        self._actor = actor
        self._work = work
        self._written_at = float("-inf")
        self._unwritten: tuple[int, int | None, str] | None = None

    async def __call__(self, done: int, total: int | None, note: str) -> None:
        """Tell; see `Told`.

        Raises:
            Cancelled: the job's end was asked for.
            Superseded: another worker has the job now.
        """
        self._unwritten = (done, total, note)
        if time.monotonic() - self._written_at >= TELL_SECONDS:
            await self.flush()

    async def flush(self) -> None:
        """Write what was told last, if it is not written yet."""
        if self._unwritten is None:
            return
        async with self._db.begin(self._actor, auth.SERVICE_ACCESS) as tx:
            asked = await store.tell_progress(tx, self._work, *self._unwritten)
        self._unwritten, self._written_at = None, time.monotonic()
        if asked is None:
            raise Superseded
        if asked:
            raise Cancelled
