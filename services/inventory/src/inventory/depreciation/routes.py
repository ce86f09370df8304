"""Depreciation over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from inventory.depreciation import schemas, service
from inventory.depreciation.model import Begins
from inventory.estate.model.kit import Clock
from inventory.estate.model.schools import SchoolFilter
from inventory.estate.routes import clock
from inventory.kinds.model.categories import Category

router = APIRouter(prefix="/api/inventory/v1", tags=["depreciation"])
Db = Annotated[db.Database, Depends(http.database)]
Now = Annotated[Clock, Depends(clock)]
YearBegins = Annotated[
    Begins,
    Query(
        description="When a financial year begins: `april` in maintained schools, "
        "`september` in academies."
    ),
]


async def place_wanted(
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
) -> SchoolFilter:
    return SchoolFilter(la_code, school)


@router.get(
    "/assets/{asset_id:uuid}/depreciation",
    response_model=schemas.ScheduleAnswer,
    responses=problems.READING,
)
async def get_schedule(
    database: Db,
    actor: CurrentActor,
    now: Now,
    asset_id: UUID,
    year_begins: YearBegins = "april",
) -> Response:
    """Say what an asset is worth today, and what each year writes off of it."""
    return http.reply(
        await service.get_schedule(database, actor, asset_id, now.today, year_begins)
    )


@router.get(
    "/depreciation", response_model=schemas.BookValueAnswer, responses=problems.READING
)
async def get_book_value(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    where: Annotated[SchoolFilter, Depends(place_wanted)],
    category: Category | None = None,
    year_begins: YearBegins = "april",
) -> Response:
    """Sum what the kit of a school, an LA or your scope cost and is worth today."""
    when = (now.today, year_begins)
    return http.reply(
        await service.get_book_value(database, actor, where, category, when)
    )
