"""Changes of many tickets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from servicedesk.batches import schemas, service

router = APIRouter(prefix="/api/servicedesk/v1/tickets/batch-changes", tags=["tickets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.post("", response_model=schemas.BatchAnswer, responses=problems.WRITING)
async def change_tickets(
    database: Db,
    actor: CurrentActor,
    command: schemas.ChangeTickets,
    key: IdempotencyKey,
) -> Response:
    """Change up to 500 tickets alike, and hear of each what came of it."""
    return http.reply(await service.change_tickets(database, actor, command, key))


@router.post(
    "/{batch_id:uuid}/undo",
    response_model=schemas.BatchAnswer,
    responses=problems.WRITING,
)
async def take_back(database: Db, actor: CurrentActor, batch_id: UUID) -> Response:
    """Take back a change of many that you made, where nothing has changed since."""
    return http.reply(await service.take_back(database, actor, batch_id))
