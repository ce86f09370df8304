"""Assets over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import Day, LaCode, Line, UrnText
from inventory.assets import schemas, service
from inventory.assets.model import Asset, AssetFilter, Match, Sort, Status
from inventory.kinds.model.categories import Category

router = APIRouter(prefix="/api/inventory/v1/assets", tags=["assets"])
_ON_LABEL = tuple(schemas.LabelAnswer.model_fields)
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    category: Category | None = None,
    status: Status | None = None,
    room: Annotated[
        Line | None,
        Query(max_length=80, description="Name of a room, whatever its case."),
    ] = None,
    q: Annotated[
        Line | None,
        Query(
            max_length=80,
            description="Parts of a tag, make, model, serial, building, room or host.",
        ),
    ] = None,
    warranty_by: Annotated[
        Day | None,
        Query(description="Only kit whose warranty ends on that day at the latest."),
    ] = None,
    match: Annotated[
        Match,
        Query(description="`near`: with one letter of each word of `q` wrong."),
    ] = "exact",
) -> AssetFilter:
    return AssetFilter(
        *(la_code, school, category, status, room or None, q or None, warranty_by),
        match,
    )


@router.get("", response_model=schemas.AssetPage, responses=problems.READING)
async def list_assets(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[AssetFilter, Depends(wanted)],
    page: PageQuery,
    sort: Sort = "tag",
) -> Response:
    """List the assets within your scope."""
    found = await service.list_assets(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


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


@router.get("/count", response_model=schemas.CountAnswer, responses=problems.READING)
async def count_assets(
    database: Db, actor: CurrentActor, wanted: Annotated[AssetFilter, Depends(wanted)]
) -> Response:
    """Count the assets within your scope, up to a hundred thousand."""
    return http.reply(await service.count_assets(database, actor, wanted))


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
