"""Stock-takes over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import LaCode, UrnText
from inventory.stocktakes import schemas, service
from inventory.stocktakes.model.takes import (
    LineStanding,
    State,
    StockTake,
    TakeFilter,
)

router = APIRouter(prefix="/api/inventory/v1/stock-takes", tags=["custody"])
Db = Annotated[db.Database, Depends(http.database)]
ONE = "/{stock_take_id:uuid}"
_OUTCOME = tuple(schemas.ScanOutcome.model_fields)


async def wanted(
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    state: Annotated[
        State | None, Query(description="`abandoned`: opened by mistake.")
    ] = None,
) -> TakeFilter:
    return TakeFilter(la_code, school, state)


Wanted = Annotated[TakeFilter, Depends(wanted)]


@router.get("", response_model=schemas.StockTakePage, responses=problems.READING)
async def list_stock_takes(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Wanted,
    page: PageQuery,
) -> Response:
    """List the stock-takes of rooms within your scope, the newest first."""
    found = await service.list_stock_takes(database, actor, wanted, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.StockTakeCount, responses=problems.READING)
async def count_stock_takes(
    database: Db, actor: CurrentActor, wanted: Wanted
) -> Response:
    """Count what such a listing holds."""
    found = await service.count_stock_takes(database, actor, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get("/places", response_model=schemas.PlaceList, responses=problems.READING)
async def list_places(
    database: Db,
    actor: CurrentActor,
    school: Annotated[UrnText, Query(description="URN of a school.")],
) -> Response:
    """List the rooms of a school, how much kit is there and when it was counted."""
    found = await service.list_places(database, actor, school)
    return http.reply({"items": found})


@router.post(
    "",
    status_code=201,
    response_model=schemas.StockTakeAnswer,
    responses=problems.WRITING,
)
async def open_stock_take(
    database: Db,
    actor: CurrentActor,
    command: schemas.OpenStockTake,
    key: IdempotencyKey,
) -> Response:
    """Open a stock-take of a room; 409 names the one that is under way there."""
    made = await service.open_stock_take(database, actor, command, key)
    return _one(made, 201, f"{router.prefix}/{made.stock_take_id}")


@router.get(ONE, response_model=schemas.StockTakeAnswer, responses=problems.READING)
async def get_stock_take(
    database: Db, actor: CurrentActor, stock_take_id: UUID
) -> Response:
    """Read how a stock-take stands; while it is open, by what is true now."""
    return _one(await service.get_stock_take(database, actor, stock_take_id))


@router.get(f"{ONE}/lines", response_model=schemas.LinePage, responses=problems.READING)
async def list_lines(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    stock_take_id: UUID,
    page: PageQuery,
    standing: LineStanding | None = None,
) -> Response:
    """List each piece of kit and code of a stock-take, what needs somebody first."""
    found = await service.list_lines(database, actor, stock_take_id, standing, page)
    return http.reply_page(request, found)


@router.post(
    f"{ONE}/scans", response_model=schemas.ScanResults, responses=problems.WRITING
)
async def take_scans(
    database: Db,
    actor: CurrentActor,
    stock_take_id: UUID,
    command: schemas.TakeScans,
) -> Response:
    """Take in what was scanned in a room; a scan that comes twice counts once."""
    results, take = await service.take_scans(database, actor, stock_take_id, command)
    told = [{name: getattr(each, name) for name in _OUTCOME} for each in results]
    return http.reply({"results": told, "stock_take": take})


@router.post(
    f"{ONE}/end", response_model=schemas.StockTakeAnswer, responses=problems.CHANGING
)
async def end_stock_take(
    *,
    database: Db,
    actor: CurrentActor,
    stock_take_id: UUID,
    command: schemas.EndStockTake,
    version: ExpectedVersion,
) -> Response:
    """Close a stock-take and say what comes of it, or give it up."""
    ended = await service.end_stock_take(
        database, actor, stock_take_id, version, command
    )
    return _one(ended)


def _one(take: StockTake, status: int = 200, location: str | None = None) -> Response:
    return http.reply(take, status, version=take.version, location=location)
