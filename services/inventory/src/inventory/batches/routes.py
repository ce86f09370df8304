"""Changes of many assets over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.batches import schemas, service

router = APIRouter(prefix="/api/inventory/v1/assets/batch-changes", tags=["assets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.post("", response_model=schemas.BatchAnswer, responses=problems.WRITING)
async def change_assets(
    database: Db,
    actor: CurrentActor,
    command: schemas.ChangeAssets,
    key: IdempotencyKey,
) -> Response:
    """Change up to 500 assets alike, and hear of each what came of it."""
    return http.reply(await service.change_assets(database, actor, command, key))


@router.post(
    "/{batch_id:uuid}/undo",
    response_model=schemas.BatchAnswer,
    responses=problems.WRITING,
)
async def take_back(database: Db, actor: CurrentActor, batch_id: UUID) -> Response:
    """Take back a change of many that you made, where nothing has changed since."""
    return http.reply(await service.take_back(database, actor, batch_id))
