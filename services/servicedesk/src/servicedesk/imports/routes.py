"""Tickets of the past over HTTP: parse, call the use case, shape the answer."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from servicedesk.imports import schemas, service

router = APIRouter(prefix="/api/servicedesk/v1/tickets", tags=["tickets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.post(
    "/bulk",
    status_code=201,
    response_model=schemas.TicketIntakeAnswer,
    responses=problems.WRITING,
)
async def import_tickets(
    database: Db,
    actor: CurrentActor,
    command: schemas.ImportTickets,
    key: IdempotencyKey,
) -> Response:
    """Take in up to 500 tickets of the past, for LA managers and systems of an RBC.

    All of them are stored with their history and comments, or none; every item that is
    wrong is pointed at in `errors`. They are numbered in the order of the request.
    """
    now = datetime.now(UTC)
    intake = await service.import_tickets(database, actor, command, key, now)
    return http.reply(intake, 201)
