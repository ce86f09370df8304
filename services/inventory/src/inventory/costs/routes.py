"""The cost of owning kit over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.costs import schemas, service
from inventory.costs.model.owning import Sort
from inventory.estate.model.schools import SchoolFilter
from inventory.estate.routes import Now
from inventory.kinds.model.categories import Category

router = APIRouter(prefix="/api/inventory/v1", tags=["costs"])
Db = Annotated[db.Database, Depends(http.database)]


async def place_wanted(
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
) -> SchoolFilter:
    return SchoolFilter(la_code, school)


async def models_wanted(
    where: Annotated[SchoolFilter, Depends(place_wanted)],
    q: Annotated[
        Line | None, Query(max_length=80, description="A part of a make and model.")
    ] = None,
) -> SchoolFilter:
    return SchoolFilter(where.la_code, where.school_urn, q or None)


Where = Annotated[SchoolFilter, Depends(place_wanted)]
Models = Annotated[SchoolFilter, Depends(models_wanted)]


@router.get(
    "/assets/{asset_id:uuid}/cost",
    response_model=schemas.AssetCostAnswer,
    responses=problems.READING,
)
async def get_asset_cost(
    database: Db, actor: CurrentActor, now: Now, asset_id: UUID
) -> Response:
    """Say what an asset has cost to own so far: to buy, mend, feed and run."""
    found = await service.get_asset_cost(database, actor, asset_id, now.today)
    return http.reply(found)


@router.get("/costs", response_model=schemas.CostsAnswer, responses=problems.READING)
async def get_costs(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    where: Where,
    category: Category | None = None,
) -> Response:
    """Sum what the kit of a school, an LA or your scope has cost to own so far."""
    found = await service.get_costs(database, actor, where, category, now.today)
    return http.reply(found)


@router.get(
    "/costs/models", response_model=schemas.ModelCostPage, responses=problems.READING
)
async def list_model_costs(  # noqa: PLR0913 - a listing by its parts
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    where: Models,
    page: PageQuery,
    category: Category | None = None,
    sort: Sort = "-total",
) -> Response:
    """List what each model has cost to own, at a school, in an LA or in your scope."""
    found = await service.list_model_costs(
        database, actor, where, category, now.today, (sort, page)
    )
    return http.reply_page(request, found)


@router.get(
    "/costs/models/count",
    response_model=schemas.ModelCostCount,
    responses=problems.READING,
)
async def count_model_costs(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    where: Models,
    category: Category | None = None,
) -> Response:
    """Count the models that such a listing holds."""
    asked = (where, category, now.today)
    found = await service.count_model_costs(database, actor, *asked)
    return http.reply({"count": found, "is_exact": True})
