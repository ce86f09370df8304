"""Losses over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.losses import schemas, service
from inventory.losses.model import Loss

router = APIRouter(
    prefix="/api/inventory/v1/assets/{asset_id:uuid}/losses", tags=["custody"]
)
Db = Annotated[db.Database, Depends(http.database)]
_TOLD = tuple(schemas.LossAnswer.model_fields)


@router.get("", response_model=schemas.LossList, responses=problems.READING)
async def list_losses(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List when an asset was lost or stolen, the newest first."""
    found = await service.list_losses(database, actor, asset_id)
    return http.reply({"items": [_told(loss) for loss in found]})


@router.post(
    "", status_code=201, response_model=schemas.LossAnswer, responses=problems.WRITING
)
async def report_loss(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.ReportLoss,
    key: IdempotencyKey,
) -> Response:
    """Say that an asset is lost or stolen."""
    loss = await service.report_loss(database, actor, asset_id, command, key)
    return http.reply(_told(loss), 201)


@router.post(
    "/{loss_id:uuid}/found",
    response_model=schemas.LossAnswer,
    responses=problems.WRITING,
)
async def find_asset(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    loss_id: UUID,
    command: schemas.FindAsset,
) -> Response:
    """Say that an asset was found again."""
    loss = await service.find_asset(database, actor, asset_id, loss_id, command)
    return http.reply(_told(loss))


def _told(loss: Loss) -> dict[str, object]:
    return {name: getattr(loss, name) for name in _TOLD}
