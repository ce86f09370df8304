"""Consumables over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.consumables import schemas, service
from inventory.consumables.model.reorder import MOST_MONTHS, Sort, Told
from inventory.consumables.model.things import Category, ConsumableFilter, State
from inventory.estate.model.kit import Clock
from inventory.estate.routes import clock

router = APIRouter(prefix="/api/inventory/v1/consumables", tags=["consumables"])
Db = Annotated[db.Database, Depends(http.database)]
Now = Annotated[Clock, Depends(clock)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None,
        Query(
            max_length=80,
            description="Parts of a name, a maker's code, a site or what it fits.",
        ),
    ] = None,
    category: Category | None = None,
    state: Annotated[State | None, Query(description="How it stands today.")] = None,
) -> ConsumableFilter:
    return ConsumableFilter(la_code, school, q or None, category, state)


Wanted = Annotated[ConsumableFilter, Depends(wanted)]


@router.get("", response_model=schemas.ConsumablePage, responses=problems.READING)
async def list_consumables(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List what your schools use up, and how it stands today."""
    found = await service.list_consumables(
        database, actor, now.today, wanted, sort, page
    )
    return http.reply_page(request, found)


@router.get(
    "/count", response_model=schemas.ConsumableCount, responses=problems.READING
)
async def count_consumables(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the consumables that a listing holds."""
    found = await service.count_consumables(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get(
    "/next-order", response_model=schemas.NextOrderAnswer, responses=problems.READING
)
async def get_next_order(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    school: Annotated[UrnText, Query(description="URN of a school.")],
    months: Annotated[
        int,
        Query(ge=1, le=MOST_MONTHS, description="Of school: ten make a year."),
    ] = 3,
) -> Response:
    """Say what a school should order now, to last for some months of school."""
    return http.reply(
        await service.get_next_order(database, actor, now.today, school, months)
    )


@router.post(
    "",
    status_code=201,
    response_model=schemas.ConsumableAnswer,
    responses=problems.WRITING,
)
async def add_consumable(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    command: schemas.AddConsumable,
    key: IdempotencyKey,
) -> Response:
    """Add something that a school uses up; what there is of it comes with its lines."""
    added = await service.add_consumable(database, actor, now.today, command, key)
    return _one(added, 201, f"{router.prefix}/{added.consumable_id}")


@router.get(
    "/{consumable_id:uuid}",
    response_model=schemas.ConsumableAnswer,
    responses=problems.READING,
)
async def get_consumable(
    database: Db, actor: CurrentActor, now: Now, consumable_id: UUID
) -> Response:
    """Read a consumable, and how it stands today."""
    return _one(await service.get_consumable(database, actor, now.today, consumable_id))


@router.patch(
    "/{consumable_id:uuid}",
    response_model=schemas.ConsumableAnswer,
    responses=problems.CHANGING,
)
async def change_consumable(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    consumable_id: UUID,
    command: schemas.ChangeConsumable,
    version: ExpectedVersion,
) -> Response:
    """Change what is said of a consumable; its stock changes by its lines and uses."""
    changed = await service.change_consumable(
        database, actor, now.today, (consumable_id, version), command
    )
    return _one(changed)


def _one(told: Told, status: int = 200, location: str | None = None) -> Response:
    return http.reply(told, status, version=told.version, location=location)
