"""Use cases on jobs: start within a transaction, read, list, ask for the end."""

from uuid import UUID

from opentelemetry import propagate

from chassis import errors, paging
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Access, Actor
from chassis.db import Database, Tx
from chassis.jobs import store
from chassis.jobs.model import ENDED, Job, JobEnded, JobNotFound, NewJob, Wanted
from chassis.paging import Page, PageRequest

NEWEST = "newest"


async def start(tx: Tx, new: NewJob) -> UUID:
    """Start work: there is a job if and only if this transaction commits."""
    job_id = await store.insert_job(tx, new)
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    await store.enqueue_job(tx, job_id, new.lock, carrier.get("traceparent"))
    return job_id


async def get_job(db: Database, actor: Actor, access: Access, job_id: UUID) -> Job:
    """Read one's own job, or one of an LA or school that one may read for.

    Raises:
        JobNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, access) as tx:
        return _there(await store.get_job(tx, job_id))


async def list_jobs(
    db: Database, actor: Actor, access: Access, wanted: Wanted, page: PageRequest
) -> Page[Job]:
    """List jobs within the actor's scope, the newest first."""
    (after,) = page.key(NEWEST, (str,))
    async with db.read(actor, access) as tx:
        found = await store.list_jobs(tx, wanted, paging.uuid_of(after), page.page_size)
    return page.page(found, NEWEST, lambda job: (str(job.job_id),))


async def cancel_job(db: Database, actor: Actor, access: Access, job_id: UUID) -> Job:
    """Ask for the end of a job; its worker ends it at its next word of progress.

    Raises:
        JobNotFound: there is none within the actor's scope.
        JobEnded: it has ended.
        errors.Forbidden: it is another's, and the actor only reads there.
    """
    async with db.begin(actor, access) as tx:
        found = _there(await store.get_job(tx, job_id))
        if found.principal != actor.principal:
            _require(actor, access, found)
        if found.state in ENDED or not await store.ask_cancel(tx, job_id):
            raise JobEnded(f"The job is {found.state}", state=found.state)
        target = Target("job", job_id, found.la_code, found.school_id)
        await audit.record(tx, "job.cancelled", target)
        return _there(await store.get_job(tx, job_id))


async def ask_cancel(tx: Tx, job_id: UUID) -> bool:
    """Ask for a job's end within a use case that gives up what the job works on."""
    return await store.ask_cancel(tx, job_id)


def _require(actor: Actor, access: Access, found: Job) -> None:
    if found.la_code is None and found.school_id is None:
        raise errors.Forbidden
    actor.require(access.write, found.la_code or "", found.school_id)


def _there(found: Job | None) -> Job:
    if found is None:
        raise JobNotFound
    return found
