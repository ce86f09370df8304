"""Titles of software over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.titles import schemas, service
from inventory.titles.model.naming import Kind
from inventory.titles.model.titles import DeviceFilter, Sort, TitleFilter

router = APIRouter(prefix="/api/inventory/v1/titles", tags=["software"])
Db = Annotated[db.Database, Depends(http.database)]
School = Annotated[UrnText | None, Query(description="URN of a school.")]
Authority = Annotated[LaCode | None, Query(description="An LA's code.")]


async def wanted(
    la_code: Authority = None,
    school: School = None,
    q: Annotated[
        Line | None, Query(max_length=80, description="Parts of a name and publisher.")
    ] = None,
    kind: Kind | None = None,
) -> TitleFilter:
    return TitleFilter(la_code, school, q or None, kind)


@router.get("", response_model=schemas.SoftwareTitlePage, responses=problems.READING)
async def list_titles(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[TitleFilter, Depends(wanted)],
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List the titles on your schools' kit, each once, whatever the version."""
    found = await service.list_titles(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/count", response_model=schemas.TitleCountAnswer, responses=problems.READING
)
async def count_titles(
    database: Db, actor: CurrentActor, wanted: Annotated[TitleFilter, Depends(wanted)]
) -> Response:
    """Count the titles that a listing holds."""
    found = await service.count_titles(database, actor, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get(
    "/{title_id:uuid}",
    response_model=schemas.SoftwareTitleDetail,
    responses=problems.READING,
)
async def get_title(
    database: Db,
    actor: CurrentActor,
    title_id: UUID,
    la_code: Authority = None,
    school: School = None,
) -> Response:
    """Read a title, with its versions and the devices of your scope that have each."""
    return http.reply(
        await service.get_title(database, actor, title_id, la_code, school)
    )


@router.get(
    "/{title_id:uuid}/devices",
    response_model=schemas.TitleDevicePage,
    responses=problems.READING,
)
async def list_devices(  # noqa: PLR0913 - one for each filter
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    title_id: UUID,
    page: PageQuery,
    la_code: Authority = None,
    school: School = None,
    version: Annotated[
        Line | None, Query(max_length=80, description="Only those with this version.")
    ] = None,
) -> Response:
    """List the devices of your scope that have a title, by tag."""
    wanted = DeviceFilter(la_code, school, version)
    found = await service.list_devices(database, actor, title_id, wanted, page)
    return http.reply_page(request, found)
