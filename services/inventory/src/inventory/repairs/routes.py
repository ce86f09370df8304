"""Repairs over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.repairs import schemas, service
from inventory.repairs.model import Repair

router = APIRouter(
    prefix="/api/inventory/v1/assets/{asset_id:uuid}/repairs", tags=["repairs"]
)
Db = Annotated[db.Database, Depends(http.database)]
_TOLD = tuple(schemas.RepairAnswer.model_fields)


@router.get("", response_model=schemas.RepairList, responses=problems.READING)
async def list_repairs(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List the repairs of an asset, the newest first."""
    found = await service.list_repairs(database, actor, asset_id)
    return http.reply({"items": [_told(repair) for repair in found]})


@router.post(
    "",
    status_code=201,
    response_model=schemas.RepairAnswer,
    responses=problems.WRITING,
)
async def send_for_repair(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.SendForRepair,
    key: IdempotencyKey,
) -> Response:
    """Send an asset for repair."""
    repair = await service.send_for_repair(database, actor, asset_id, command, key)
    return http.reply(_told(repair), 201)


@router.post(
    "/{repair_id:uuid}/close",
    response_model=schemas.RepairAnswer,
    responses=problems.WRITING,
)
async def close_repair(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    repair_id: UUID,
    command: schemas.CloseRepair,
) -> Response:
    """Say what came of a repair."""
    repair = await service.close_repair(database, actor, asset_id, repair_id, command)
    return http.reply(_told(repair))


def _told(repair: Repair) -> dict[str, object]:
    return {name: getattr(repair, name) for name in _TOLD}
