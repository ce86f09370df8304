"""Assets over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from inventory.assets import schemas, service
from inventory.assets.model import Asset

router = APIRouter(prefix="/api/inventory/v1/assets", tags=["assets"])
_ON_LABEL = tuple(schemas.LabelAnswer.model_fields)
Db = Annotated[db.Database, Depends(http.database)]


@router.post(
    "",
    status_code=201,
    response_model=schemas.AssetAnswer,
    responses=problems.WRITING,
)
async def register_asset(
    database: Db,
    actor: CurrentActor,
    command: schemas.RegisterAsset,
    key: IdempotencyKey,
) -> Response:
    """Register an asset of a school."""
    asset = await service.register_asset(database, actor, command, key)
    return _one(asset, 201, f"{router.prefix}/{asset.asset_id}")


@router.get(
    "/{asset_id:uuid}", response_model=schemas.AssetAnswer, responses=problems.READING
)
async def get_asset(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """Read an asset."""
    return _one(await service.get_asset(database, actor, asset_id))


@router.get(
    "/{asset_id:uuid}/label",
    response_model=schemas.LabelAnswer,
    responses=problems.READING,
)
async def get_label(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """Read what everyone at its school may know of an asset, to report a fault."""
    asset = await service.get_label(database, actor, asset_id)
    return http.reply({name: getattr(asset, name) for name in _ON_LABEL})


@router.patch(
    "/{asset_id:uuid}", response_model=schemas.AssetAnswer, responses=problems.CHANGING
)
async def change_asset(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.ChangeAsset,
    version: ExpectedVersion,
) -> Response:
    """Change some values of an asset."""
    return _one(await service.change_asset(database, actor, asset_id, version, command))


@router.post(
    "/{asset_id:uuid}/move",
    response_model=schemas.AssetAnswer,
    responses=problems.CHANGING,
)
async def move_asset(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.MoveAsset,
    version: ExpectedVersion,
) -> Response:
    """Move an asset to another room or school."""
    return _one(await service.move_asset(database, actor, asset_id, version, command))


@router.post(
    "/{asset_id:uuid}/retire",
    response_model=schemas.AssetAnswer,
    responses=problems.CHANGING,
)
async def retire_asset(
    database: Db, actor: CurrentActor, asset_id: UUID, version: ExpectedVersion
) -> Response:
    """Take an asset out of use."""
    return _one(await service.retire_asset(database, actor, asset_id, version))


@router.post(
    "/{asset_id:uuid}/dispose",
    response_model=schemas.AssetAnswer,
    responses=problems.CHANGING,
)
async def dispose_of_asset(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.DisposeOfAsset,
    version: ExpectedVersion,
) -> Response:
    """Let an asset leave for good: recycled, sold, given away or written off."""
    return _one(
        await service.dispose_of_asset(database, actor, asset_id, version, command)
    )


@router.post(
    "/{asset_id:uuid}/reinstate",
    response_model=schemas.AssetAnswer,
    responses=problems.CHANGING,
)
async def reinstate_asset(
    database: Db, actor: CurrentActor, asset_id: UUID, version: ExpectedVersion
) -> Response:
    """Bring an asset that is out of use back as it was before."""
    return _one(await service.reinstate_asset(database, actor, asset_id, version))


@router.get(
    "/{asset_id:uuid}/history",
    response_model=schemas.HistoryPage,
    responses=problems.READING,
)
async def list_history(
    request: Request,
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    page: PageQuery,
) -> Response:
    """List what happened to an asset since it was registered, oldest first."""
    found = await service.list_history(database, actor, asset_id, page)
    return http.reply_page(request, found)


def _one(asset: Asset, status: int = 200, location: str | None = None) -> Response:
    return http.reply(asset, status, version=asset.version, location=location)
