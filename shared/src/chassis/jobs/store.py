"""One function per statement on jobs."""

from uuid import UUID

import orjson

from chassis import sql
from chassis.db import Tx
from chassis.jobs.model import Job, NewJob, Result, State, Wanted, Work

QUERIES = sql.load("chassis.jobs")
INSERT_JOB = QUERIES.scalar("insert_job", UUID)
ENQUEUE_JOB = QUERIES.scalar("enqueue_job", int)
GET_JOB = QUERIES.rows("get_job", Job)
LIST_JOBS = QUERIES.rows("list_jobs", Job, planned_anew=True)
ASK_CANCEL = QUERIES.command("ask_cancel")
CLAIM_JOB = QUERIES.rows("claim_job", Work)
TELL_PROGRESS = QUERIES.scalar("tell_progress", bool)
END_JOB = QUERIES.command("end_job")
RELEASE_JOB = QUERIES.command("release_job")
PRUNE_JOBS = QUERIES.command("prune_jobs")


async def insert_job(tx: Tx, new: NewJob) -> UUID:
    values = {
        "la_code": new.la_code,
        "school_id": new.school_id,
        "principal": new.principal,
        "kind": new.kind,
        "subject_id": new.subject_id,
        "arguments": orjson.dumps(dict(new.arguments)).decode(),
    }
    return await tx.one(INSERT_JOB, values)


async def enqueue_job(
    tx: Tx, job_id: UUID, lock: str | None, traceparent: str | None
) -> None:
    handed = {"job_id": job_id, "lock": lock, "traceparent": traceparent}
    await tx.one(ENQUEUE_JOB, handed)


async def get_job(tx: Tx, job_id: UUID) -> Job | None:
    return await tx.maybe(GET_JOB, {"job_id": job_id})


async def list_jobs(
    tx: Tx, wanted: Wanted, after: UUID | None, page_size: int
) -> list[Job]:
    asked = {
        "kind": wanted.kind,
        "state": wanted.state,
        "subject_id": wanted.subject_id,
        "after": after,
        "page_size": page_size,
    }
    return await tx.all(LIST_JOBS, asked)


async def ask_cancel(tx: Tx, job_id: UUID) -> bool:
    return bool(await tx.run(ASK_CANCEL, {"job_id": job_id}))


async def claim_job(tx: Tx, job_id: UUID) -> Work | None:
    return await tx.maybe(CLAIM_JOB, {"job_id": job_id})


async def tell_progress(
    tx: Tx, work: Work, done: int, total: int | None, note: str
) -> bool | None:
    """Say whether the job's end is asked for; None when the attempt is not ours."""
    told = _attempt(work) | {"done": done, "total": total, "note": note[:200]}
    return await tx.maybe(TELL_PROGRESS, told)


async def end_job(
    tx: Tx, work: Work, state: State, result: Result, problem: Result
) -> bool:
    ended = _attempt(work) | {
        "state": state,
        "result": None if result is None else orjson.dumps(dict(result)).decode(),
        "problem": None if problem is None else orjson.dumps(dict(problem)).decode(),
    }
    return bool(await tx.run(END_JOB, ended))


async def release_job(tx: Tx, work: Work) -> None:
    await tx.run(RELEASE_JOB, _attempt(work))


async def prune_jobs(tx: Tx) -> int:
    return await tx.run(PRUNE_JOBS)


def _attempt(work: Work) -> dict[str, object]:
    return {"job_id": work.job_id, "attempts": work.attempts}
