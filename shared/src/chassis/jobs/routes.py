"""Jobs over HTTP, for any service: own jobs, and those of one's LA or schools."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import Access, Actor
from chassis.jobs import schemas, service
from chassis.jobs.model import State, Wanted
from chassis.paging import PageQuery
from chassis.wire import Line

Caller = Callable[..., Awaitable[Actor]]
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(
    kind: Annotated[Line | None, Query(max_length=80)] = None,
    state: State | None = None,
    subject_id: Annotated[UUID | None, Query(description="What it works on.")] = None,
) -> Wanted:
    return Wanted(kind, state, subject_id)


def router(prefix: str, access: Access, caller: Caller) -> APIRouter:
    """Make the routes `{prefix}/jobs` of one service.

    `access` says which roles see and cancel the jobs of an LA or school beside their
    own; `caller` is the dependency that finds who asks.
    """
    made = APIRouter(prefix=f"{prefix}/jobs", tags=["jobs"])
    who = Depends(caller)

    @made.get("", response_model=schemas.JobsAnswer, responses=problems.READING)
    async def list_jobs(
        request: Request,
        database: Db,
        wanted: Annotated[Wanted, Depends(wanted)],
        page: PageQuery,
        actor: Actor = who,
    ) -> Response:
        """List your jobs and those of your local authorities, the newest first."""
        found = await service.list_jobs(database, actor, access, wanted, page)
        return http.reply_page(request, found)

    @made.get(
        "/{job_id:uuid}", response_model=schemas.JobAnswer, responses=problems.READING
    )
    async def get_job(database: Db, job_id: UUID, actor: Actor = who) -> Response:
        """Read a job: ask again while it waits or runs."""
        found = await service.get_job(database, actor, access, job_id)
        return http.reply(found, version=found.version)

    @made.post(
        "/{job_id:uuid}/cancel",
        status_code=202,
        response_model=schemas.JobAnswer,
        responses=problems.WRITING,
    )
    async def cancel_job(database: Db, job_id: UUID, actor: Actor = who) -> Response:
        """Ask for the end of a job; it ends at its next step, or was too far on.

        Its version counts its steps, so no `If-Match` is asked for.
        """
        found = await service.cancel_job(database, actor, access, job_id)
        return http.reply(found, 202, version=found.version)

    return made
