"""The broadband standard over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.broadband import schemas, service
from inventory.broadband.model.beside import SchoolFilter, Sort
from inventory.broadband.model.standard import Lack, Standing
from inventory.circuits.routes import Db, Now

router = APIRouter(prefix="/api/inventory/v1/broadband", tags=["circuits"])


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None, Query(max_length=80, description="Parts of a name, or of a URN.")
    ] = None,
    standing: Standing | None = None,
    lack: Annotated[Lack | None, Query(description="Something that lacks.")] = None,
    is_contradicted: Annotated[
        bool | None, Query(description="Whether measurements contradict a contract.")
    ] = None,
) -> SchoolFilter:
    return SchoolFilter(la_code, school, q or None, standing, lack, is_contradicted)


Wanted = Annotated[SchoolFilter, Depends(wanted)]


@router.get(
    "/schools",
    response_model=schemas.SchoolBroadbandPage,
    responses=problems.READING,
)
async def list_schools(  # noqa: PLR0913 - a listing by its parts
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List the schools of your scope by how they stand to the broadband standard."""
    found = await service.list_schools(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/schools/count",
    response_model=schemas.SchoolBroadbandCount,
    responses=problems.READING,
)
async def count_schools(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the schools that a listing holds."""
    found = await service.count_schools(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})
