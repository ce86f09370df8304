"""What consumables cost over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from inventory.consumables.model.things import Category, ConsumableFilter
from inventory.consumables.routes import Now
from inventory.spending import schemas, service
from inventory.spending.model import MOST_MONTHS

router = APIRouter(prefix="/api/inventory/v1/consumables", tags=["consumables"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get("/spend", response_model=schemas.SpendAnswer, responses=problems.READING)
async def get_spend(  # noqa: PLR0913 - one for each filter
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    category: Category | None = None,
    months: Annotated[
        int, Query(ge=1, le=MOST_MONTHS, description="Up to that of today.")
    ] = 12,
) -> Response:
    """Sum what consumables cost a school, an LA or your scope, month by month."""
    wanted = ConsumableFilter(la_code, school, category=category)
    return http.reply(
        await service.get_spend(database, actor, now.today, wanted, months)
    )
