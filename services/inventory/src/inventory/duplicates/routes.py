"""Merges over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.wire import UrnText
from inventory.duplicates import schemas, service
from inventory.duplicates.model import Merge

PREFIX = "/api/inventory/v1"
router = APIRouter(prefix=PREFIX, tags=["assets"])
Db = Annotated[db.Database, Depends(http.database)]


@router.post(
    "/assets/{asset_id:uuid}/merges",
    status_code=201,
    response_model=schemas.AssetMergeAnswer,
    responses=problems.CHANGING,
)
async def merge_assets(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.MergeAssets,
    version: ExpectedVersion,
) -> Response:
    """Merge a duplicate into an asset, which is kept."""
    merge = await service.merge(database, actor, asset_id, version, command)
    return _one(merge, 201, f"{PREFIX}/asset-merges/{merge.merge_id}")


@router.get(
    "/assets/{asset_id:uuid}/merges",
    response_model=schemas.AssetMergesAnswer,
    responses=problems.READING,
)
async def list_asset_merges(
    database: Db, actor: CurrentActor, asset_id: UUID
) -> Response:
    """List the merges that an asset was a part of, the newest first."""
    return http.reply({"items": await service.list_merges(database, actor, asset_id)})


@router.get(
    "/assets/{asset_id:uuid}/merge-preview/{duplicate_id:uuid}",
    response_model=schemas.MergePreviewAnswer,
    responses=problems.CHANGING,
)
async def preview_merge(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    duplicate_id: UUID,
) -> Response:
    """Say what merging a duplicate into an asset would do, or why it cannot be."""
    return http.reply(await service.preview(database, actor, asset_id, duplicate_id))


@router.get(
    "/assets/{asset_id:uuid}/likenesses",
    response_model=schemas.LikenessesAnswer,
    responses=problems.READING,
)
async def list_likenesses(
    database: Db, actor: CurrentActor, asset_id: UUID
) -> Response:
    """List assets of its school that bear the same serial."""
    found = await service.list_likenesses(database, actor, asset_id)
    return http.reply({"items": found})


@router.get(
    "/duplicates",
    response_model=schemas.SuspectsAnswer,
    responses=problems.READING,
)
async def list_duplicates(
    database: Db,
    actor: CurrentActor,
    school: Annotated[UrnText, Query(description="URN of a school.")],
) -> Response:
    """List the assets of a school whose serial another one bears too."""
    return http.reply(await service.list_suspects(database, actor, school))


@router.get(
    "/asset-merges/{asset_merge_id:uuid}",
    response_model=schemas.AssetMergeAnswer,
    responses=problems.READING,
)
async def get_asset_merge(
    database: Db, actor: CurrentActor, asset_merge_id: UUID
) -> Response:
    """Read a merge."""
    return _one(await service.get_merge(database, actor, asset_merge_id))


@router.post(
    "/asset-merges/{asset_merge_id:uuid}/split",
    response_model=schemas.AssetMergeAnswer,
    responses=problems.CHANGING,
)
async def split_assets(
    database: Db,
    actor: CurrentActor,
    asset_merge_id: UUID,
    command: schemas.SplitAssets,
    version: ExpectedVersion,
) -> Response:
    """Let two assets that were merged be two again."""
    return _one(await service.split(database, actor, asset_merge_id, version, command))


def _one(merge: Merge, status: int = 200, location: str | None = None) -> Response:
    return http.reply(merge, status, version=merge.version, location=location)
