"""Electricity prices over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from inventory.estate.routes import Now
from inventory.tariffs import schemas, service

router = APIRouter(prefix="/api/inventory/v1/tariffs", tags=["costs"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get("", response_model=schemas.TariffAnswer, responses=problems.READING)
async def get_tariff(
    database: Db,
    actor: CurrentActor,
    now: Now,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
) -> Response:
    """Say what electricity costs a school or an LA, from which day on."""
    place = (la_code, school)
    return http.reply(await service.get_tariff(database, actor, now.today, place))


@router.put("", response_model=schemas.TariffAnswer, responses=problems.WRITING)
async def set_price(
    database: Db, actor: CurrentActor, now: Now, command: schemas.SetPrice
) -> Response:
    """Say what electricity costs a school or an LA from a day on."""
    return http.reply(await service.set_price(database, actor, now.today, command))
