"""Workloads over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from servicedesk.workload import schemas, service

router = APIRouter(prefix="/api/servicedesk/v1/workload", tags=["reports"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get("", response_model=schemas.WorkloadAnswer, responses=problems.READING)
async def get_workload(
    database: Db,
    actor: CurrentActor,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
) -> Response:
    """Say what is not settled just now: by priority, by party, and in whose hands."""
    now = datetime.now(UTC)
    return http.reply(await service.get_workload(database, actor, la_code, school, now))
