"""The time log over HTTP: parse, call one use case, shape the answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import Day, LaCode, UrnText
from servicedesk.calendar.model.openings import LONDON
from servicedesk.timelog import schemas, service
from servicedesk.timelog.model import By, TimeAsked

router = APIRouter(prefix="/api/servicedesk/v1", tags=["tickets"])
OF_TICKET = "/tickets/{ticket_id:uuid}/time"
Db = Annotated[db.Database, Depends(http.database)]


async def asked(
    *,
    first: Annotated[Day, Query(description="The first day.")],
    last: Annotated[Day, Query(description="The last day.")],
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    by: By = "school",
) -> TimeAsked:
    return TimeAsked(la_code, school, first, last, by)


@router.get("/time", response_model=schemas.TimeSums, responses=problems.READING)
async def sum_time(
    database: Db, actor: CurrentActor, asked: Annotated[TimeAsked, Depends(asked)]
) -> Response:
    """Say where the time of some days went, by school, person or month, and kind."""
    return http.reply({"items": await service.sum_time(database, actor, asked)})


@router.get(OF_TICKET, response_model=schemas.TimeEntryPage, responses=problems.READING)
async def list_time(
    request: Request,
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    page: PageQuery,
) -> Response:
    """List who worked on a ticket for how long, what was logged first first."""
    found = await service.list_time(database, actor, ticket_id, page)
    return http.reply_page(request, found)


@router.post(
    OF_TICKET,
    status_code=201,
    response_model=schemas.TimeEntryAnswer,
    responses=problems.WRITING,
)
async def log_time(
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    command: schemas.LogTime,
    key: IdempotencyKey,
) -> Response:
    """Write down how long you worked on a ticket."""
    today = datetime.now(LONDON).date()
    entry = await service.log_time(database, actor, ticket_id, command, key, today)
    return http.reply(entry, 201)


@router.post(
    f"{OF_TICKET}/{{time_entry_id:uuid}}/take-back",
    response_model=schemas.TimeEntryAnswer,
    responses=problems.WRITING,
)
async def take_back(
    database: Db, actor: CurrentActor, ticket_id: UUID, time_entry_id: UUID
) -> Response:
    """Let an entry count no more; it stays to be seen."""
    return http.reply(
        await service.take_back(database, actor, ticket_id, time_entry_id)
    )
