"""Sightings over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from inventory.sightings import schemas, service

router = APIRouter(prefix="/api/inventory/v1/assets/{asset_id:uuid}", tags=["custody"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get(
    "/sighting", response_model=schemas.SightingAnswer, responses=problems.READING
)
async def get_sighting(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """Say when people last saw an asset, and whether it was missed since."""
    return http.reply(await service.get_sighting(database, actor, asset_id))
