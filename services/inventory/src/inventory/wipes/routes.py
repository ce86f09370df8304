"""Wipes over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.estate.routes import Now
from inventory.wipes import schemas, service

router = APIRouter(prefix="/api/inventory/v1", tags=["wipes"])
Db = Annotated[db.Database, Depends(http.database)]
_TOLD = tuple(schemas.WipeAnswer.model_fields)


@router.get(
    "/assets/{asset_id:uuid}/wipes",
    response_model=schemas.WipeList,
    responses=problems.READING,
)
async def list_wipes(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List when and how the data on an asset was erased, the newest first."""
    found = await service.list_wipes(database, actor, asset_id)
    items = [{name: getattr(each, name) for name in _TOLD} for each in found]
    return http.reply({"items": items})


@router.post(
    "/wipes",
    status_code=201,
    response_model=schemas.WipedAnswer,
    responses=problems.WRITING,
)
async def record_wipes(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    command: schemas.RecordWipes,
    key: IdempotencyKey,
) -> Response:
    """Write down that the data on up to 500 assets was erased in one way."""
    today = now.today
    done = await service.record_wipes(database, actor, today, command, key)
    return http.reply(done, 201)
