"""What runs out, over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.endings import schemas, service
from inventory.endings.model import EndingFilter, Kind, Sort, Within
from inventory.estate.routes import Now

router = APIRouter(prefix="/api/inventory/v1/endings", tags=["endings"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    kind: Annotated[Kind | None, Query(description="What it is that ends.")] = None,
    within: Annotated[
        Within, Query(description="Within 90, 365 or 1,095 days from today.")
    ] = "year",
    q: Annotated[
        Line | None, Query(max_length=80, description="Parts of a name or reference.")
    ] = None,
) -> EndingFilter:
    return EndingFilter(la_code, school, kind, within, q or None)


Wanted = Annotated[EndingFilter, Depends(wanted)]


@router.get("", response_model=schemas.EndingPage, responses=problems.READING)
async def list_endings(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "first_on",
) -> Response:
    """List what runs out from today on: cover, support and life of kit, contracts."""
    found = await service.list_endings(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.EndingCount, responses=problems.READING)
async def count_endings(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count what such a listing holds."""
    found = await service.count_endings(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})
