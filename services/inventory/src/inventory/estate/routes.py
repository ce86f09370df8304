"""The estate over HTTP: parse, call one use case, shape the answer."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.estate import schemas, service
from inventory.estate.model.health import Band
from inventory.estate.model.kit import Age, Clock, Concern, KitFilter, KitSort
from inventory.estate.model.schools import SchoolFilter, Sort
from inventory.kinds.model.categories import Category

router = APIRouter(prefix="/api/inventory/v1/estate", tags=["estate"])
Db = Annotated[db.Database, Depends(http.database)]
School = Annotated[UrnText | None, Query(description="URN of a school.")]
Authority = Annotated[LaCode | None, Query(description="An LA's code.")]


async def clock() -> Clock:
    return Clock(datetime.now(UTC))


Now = Annotated[Clock, Depends(clock)]


async def schools_wanted(
    la_code: Authority = None,
    school: School = None,
    q: Annotated[
        Line | None, Query(max_length=80, description="Parts of a name, or of a URN.")
    ] = None,
    band: Annotated[
        Band | None, Query(description="How healthy the estate is.")
    ] = None,
) -> SchoolFilter:
    return SchoolFilter(la_code, school, q or None, band)


async def kit_wanted(  # noqa: PLR0913 - what is asked for, part by part
    *,
    la_code: Authority = None,
    school: School = None,
    category: Category | None = None,
    age: Annotated[
        Age | None, Query(description="Whole years since the purchase.")
    ] = None,
    room: Annotated[
        Line | None,
        Query(max_length=80, description="Name of a room, whatever its case."),
    ] = None,
    concern: Annotated[
        Concern | None, Query(description="What makes it deserve a look.")
    ] = None,
    model: Annotated[
        Line | None,
        Query(max_length=250, description="A whole make and model, whatever its case."),
    ] = None,
    month: Annotated[
        str | None,
        Query(
            pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
            description="In which what ends is to end, in place of the next 90 days.",
        ),
    ] = None,
) -> KitFilter:
    return KitFilter(
        la_code, school, category, age, room or None, concern, model or None, month
    )


Schools = Annotated[SchoolFilter, Depends(schools_wanted)]
Kit = Annotated[KitFilter, Depends(kit_wanted)]


@router.get("", response_model=schemas.EstateAnswer, responses=problems.READING)
async def get_estate(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    la_code: Authority = None,
    school: School = None,
    category: Category | None = None,
) -> Response:
    """Count the kit in use of a school, an LA or your scope by age, kind and room."""
    where = SchoolFilter(la_code, school)
    return http.reply(await service.get_estate(database, actor, now, where, category))


@router.get(
    "/schools", response_model=schemas.SchoolEstatePage, responses=problems.READING
)
async def list_schools(  # noqa: PLR0913 - a listing by its parts
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Schools,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List the schools of your scope by how their kit stands."""
    found = await service.list_schools(database, actor, now, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/schools/count", response_model=schemas.EstateCount, responses=problems.READING
)
async def count_schools(
    database: Db, actor: CurrentActor, now: Now, wanted: Schools
) -> Response:
    """Count the schools that a listing holds."""
    found = await service.count_schools(database, actor, now, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get("/kit", response_model=schemas.KitPage, responses=problems.READING)
async def list_kit(  # noqa: PLR0913 - a listing by its parts
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Kit,
    page: PageQuery,
    sort: KitSort = "tag",
) -> Response:
    """List the kit in use within your scope, all of it or what deserves a look."""
    found = await service.list_kit(database, actor, now, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/kit/count", response_model=schemas.EstateCount, responses=problems.READING
)
async def count_kit(
    database: Db, actor: CurrentActor, now: Now, wanted: Kit
) -> Response:
    """Count the kit in use that a listing holds."""
    found = await service.count_kit(database, actor, now, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get("/today", response_model=schemas.TodayAnswer, responses=problems.READING)
async def get_today(
    database: Db,
    actor: CurrentActor,
    now: Now,
    school: Annotated[UrnText, Query(description="URN of a school.")],
) -> Response:
    """Say what changed at a school in a week, what runs out, and what is missing."""
    return http.reply(await service.get_today(database, actor, now, school))
