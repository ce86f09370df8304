"""Software over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import Line, UrnText
from inventory.software import schemas, service
from inventory.software.model import TitleFilter

router = APIRouter(prefix="/api/inventory/v1", tags=["software"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None, Query(max_length=80, description="Part of a name or publisher.")
    ] = None,
) -> TitleFilter:
    return TitleFilter(school, q or None)


@router.get("/software", response_model=schemas.TitlePage, responses=problems.READING)
async def list_titles(
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[TitleFilter, Depends(wanted)],
    page: PageQuery,
) -> Response:
    """List the titles on your schools' kit, each with its number of devices."""
    found = await service.list_titles(database, actor, wanted, page)
    return http.reply_page(request, found)


@router.post(
    "/software/bulk",
    status_code=201,
    response_model=schemas.ReportAnswer,
    responses=problems.WRITING,
)
async def report_software(
    database: Db,
    actor: CurrentActor,
    command: schemas.ReportSoftware,
    key: IdempotencyKey,
) -> Response:
    """Say what is installed on up to 500 assets: all of it is taken down, or nothing.

    Each list takes the place of what was known of its asset. Every item that is wrong
    is pointed at in `errors`.
    """
    reported = await service.report_software(database, actor, command, key)
    return http.reply(reported, 201)


@router.get(
    "/assets/{asset_id:uuid}/software",
    response_model=schemas.InstalledPage,
    responses=problems.READING,
)
async def list_installed(
    request: Request,
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    page: PageQuery,
) -> Response:
    """List what is installed on an asset."""
    found = await service.list_installed(database, actor, asset_id, page)
    return http.reply_page(request, found)
