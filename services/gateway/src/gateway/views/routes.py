"""Saved views over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis import http, problems
from chassis.conditional import ExpectedVersion
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.views import schemas, service
from gateway.views.model import SavedView, TableKey

router = APIRouter(prefix="/api/directory/v1/views", tags=["views"])


@router.get("", response_model=schemas.ViewsAnswer, responses=problems.READING)
async def list_views(
    db: CurrentDatabase, actor: CurrentCaller, table: Annotated[TableKey, Query()]
) -> Response:
    """List the views of a table that you have or may see: yours first, by name."""
    found = await service.list_views(db, actor, table)
    return http.reply({"items": found, "next": None})


@router.post(
    "",
    status_code=201,
    response_model=schemas.ViewAnswer,
    responses=problems.WRITING,
)
async def save_view(
    db: CurrentDatabase, actor: CurrentCaller, command: schemas.SaveView
) -> Response:
    """Save how a table is set under a name."""
    view = await service.save_view(db, actor, command)
    return _one(view, 201, f"{router.prefix}/{view.view_id}")


@router.get(
    "/{view_id:uuid}", response_model=schemas.ViewAnswer, responses=problems.READING
)
async def get_view(
    db: CurrentDatabase, actor: CurrentCaller, view_id: UUID
) -> Response:
    """Read a view."""
    return _one(await service.get_view(db, actor, view_id))


@router.patch(
    "/{view_id:uuid}", response_model=schemas.ViewAnswer, responses=problems.CHANGING
)
async def change_view(
    db: CurrentDatabase,
    actor: CurrentCaller,
    view_id: UUID,
    command: schemas.ChangeView,
    version: ExpectedVersion,
) -> Response:
    """Change a view of yours, or open your table with it."""
    return _one(await service.change_view(db, actor, view_id, version, command))


@router.delete("/{view_id:uuid}", status_code=204, responses=problems.CHANGING)
async def delete_view(
    db: CurrentDatabase, actor: CurrentCaller, view_id: UUID, version: ExpectedVersion
) -> Response:
    """Delete a view of yours, or one that is shared where you may share."""
    await service.delete_view(db, actor, view_id, version)
    return Response(status_code=204)


def _one(view: SavedView, status: int = 200, location: str | None = None) -> Response:
    return http.reply(view, status, version=view.version, location=location)
