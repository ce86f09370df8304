"""Stock over HTTP: parse, call one use case, shape the answer."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import Page, PageQuery
from inventory.consumables.routes import Now
from inventory.consumables.schemas import ConsumableAnswer
from inventory.stock import schemas, service
from inventory.stock.service import Where

router = APIRouter(
    prefix="/api/inventory/v1/consumables/{consumable_id:uuid}", tags=["consumables"]
)
Db = Annotated[db.Database, Depends(http.database)]
_LINE = tuple(schemas.LineAnswer.model_fields)
_USE = tuple(schemas.UseAnswer.model_fields)


async def where(
    database: Db, actor: CurrentActor, now: Now, consumable_id: UUID
) -> Where:
    return Where(database, actor, consumable_id, now.today)


Here = Annotated[Where, Depends(where)]


@router.get("/lines", response_model=schemas.LinePage, responses=problems.READING)
async def list_lines(request: Request, here: Here, page: PageQuery) -> Response:
    """List what was ordered or found of a consumable, the newest order first."""
    found = await service.list_lines(here, page)
    return http.reply_page(request, Page(_each(found.items, _LINE), found.next))


@router.post(
    "/lines",
    status_code=201,
    response_model=schemas.LineAnswer,
    responses=problems.WRITING,
)
async def record_line(
    here: Here, command: schemas.RecordLine, key: IdempotencyKey
) -> Response:
    """Write down what was ordered, or what came."""
    return http.reply(_told(await service.record_line(here, command, key), _LINE), 201)


@router.post(
    "/lines/{line_id:uuid}/receive",
    response_model=schemas.LineAnswer,
    responses=problems.WRITING,
)
async def receive_line(
    here: Here, line_id: UUID, command: schemas.ReceiveLine
) -> Response:
    """Say that what was ordered came, all of it or a part."""
    return http.reply(_told(await service.receive_line(here, line_id, command), _LINE))


@router.post(
    "/lines/{line_id:uuid}/cancel",
    response_model=schemas.LineAnswer,
    responses=problems.WRITING,
)
async def cancel_line(here: Here, line_id: UUID) -> Response:
    """Cancel what does not come, or what was written down by mistake."""
    return http.reply(_told(await service.cancel_line(here, line_id), _LINE))


@router.get("/uses", response_model=schemas.UsePage, responses=problems.READING)
async def list_uses(request: Request, here: Here, page: PageQuery) -> Response:
    """List what was taken of a consumable or was missing, the latest first."""
    found = await service.list_uses(here, page)
    return http.reply_page(request, Page(_each(found.items, _USE), found.next))


@router.post(
    "/uses",
    status_code=201,
    response_model=schemas.UseAnswer,
    responses=problems.WRITING,
)
async def record_use(
    here: Here, command: schemas.RecordUse, key: IdempotencyKey
) -> Response:
    """Take some of a consumable; never more than there is."""
    return http.reply(_told(await service.record_use(here, command, key), _USE), 201)


@router.post(
    "/uses/{use_id:uuid}/undo",
    response_model=schemas.UseAnswer,
    responses=problems.WRITING,
)
async def undo_use(here: Here, use_id: UUID) -> Response:
    """Take a use back by an entry of its own, which is the answer."""
    return http.reply(_told(await service.undo_use(here, use_id), _USE))


@router.post(
    "/stock-takes", response_model=ConsumableAnswer, responses=problems.CHANGING
)
async def take_stock(
    here: Here, command: schemas.TakeStock, version: ExpectedVersion
) -> Response:
    """Say how many were counted: what is missing or found is written down as that."""
    told = await service.take_stock(here, command, version)
    return http.reply(told, version=told.version)


def _told(entry: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def _each(entries: Sequence[object], names: Sequence[str]) -> list[dict[str, Any]]:
    return [_told(entry, names) for entry in entries]
