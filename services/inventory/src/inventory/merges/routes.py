"""Names that are one, over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import LaCode
from inventory.merges import schemas, service

router = APIRouter(prefix="/api/inventory/v1/merges", tags=["catalogue"])
Db = Annotated[db.Database, Depends(http.database)]
Authority = Annotated[LaCode | None, Query(description="An LA's code.")]


@router.get("", response_model=schemas.MergePage, responses=problems.READING)
async def list_merges(
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    la_code: Authority = None,
) -> Response:
    """List which makes and models your LAs say are one, the newest first."""
    found = await service.list_merges(database, actor, la_code, page)
    return http.reply_page(request, found)


@router.post(
    "",
    status_code=201,
    response_model=schemas.MergeAnswer,
    responses=problems.WRITING,
)
async def merge(
    database: Db,
    actor: CurrentActor,
    command: schemas.MergeNames,
    key: IdempotencyKey,
) -> Response:
    """Let one make or model of your LA be called like another, until undone."""
    return http.reply(await service.merge(database, actor, command, key), 201)


@router.delete("/{merge_id:uuid}", status_code=204, responses=problems.WRITING)
async def undo_merge(database: Db, actor: CurrentActor, merge_id: UUID) -> Response:
    """Let two makes or models that were merged be two again."""
    await service.undo_merge(database, actor, merge_id)
    return Response(status_code=204)
