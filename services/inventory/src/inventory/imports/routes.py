"""Many assets over HTTP: parse, call the use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.imports import schemas, service

router = APIRouter(prefix="/api/inventory/v1/assets", tags=["assets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.post(
    "/bulk",
    status_code=201,
    response_model=schemas.IntakeAnswer,
    responses=problems.WRITING,
)
async def import_assets(
    database: Db,
    actor: CurrentActor,
    command: schemas.ImportAssets,
    key: IdempotencyKey,
) -> Response:
    """Register up to 500 assets of your schools at once: all of them, or none.

    Every item that is wrong is pointed at in `errors`, and nothing is stored.
    """
    intake = await service.import_assets(database, actor, command, key)
    return http.reply(intake, 201)
