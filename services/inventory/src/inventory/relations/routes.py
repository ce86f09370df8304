"""Relations of kit over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from inventory.relations import schemas, service

router = APIRouter(prefix="/api/inventory/v1/assets/{asset_id:uuid}", tags=["assets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get(
    "/relations", response_model=schemas.RelatedPage, responses=problems.READING
)
async def list_related(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List what an asset hangs on, and what hangs on it."""
    found = await service.list_related(database, actor, asset_id)
    return http.reply({"items": found})


@router.post(
    "/relations",
    status_code=201,
    response_model=schemas.RelationAnswer,
    responses=problems.WRITING,
)
async def relate(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.RelateAsset,
    key: IdempotencyKey,
) -> Response:
    """Say that an asset runs on, is connected to or is part of another."""
    relation = await service.relate(database, actor, asset_id, command, key)
    return http.reply(relation, 201)


@router.delete(
    "/relations/{relation_id:uuid}", status_code=204, responses=problems.WRITING
)
async def end(
    database: Db, actor: CurrentActor, asset_id: UUID, relation_id: UUID
) -> Response:
    """Say that a relation lasts no longer; that it lasted stays known."""
    await service.end(database, actor, asset_id, relation_id)
    return Response(status_code=204)


@router.get("/impact", response_model=schemas.ImpactAnswer, responses=problems.READING)
async def list_affected(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List what a failure of an asset would take along, the nearest first."""
    found = await service.list_affected(database, actor, asset_id)
    return http.reply({"items": found})
