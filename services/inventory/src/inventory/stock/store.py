"""The tables of the stock: one function per query."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis import db, json, paging, sql
from chassis.paging import BadCursor, Page, PageRequest
from inventory.stock.model.entries import Line, Use
from inventory.stock.model.fifo import Draw, Lot

_QUERIES = sql.load("inventory.stock")
_INSERT_LINE = _QUERIES.rows("insert_line", Line)
_GET_LINE = _QUERIES.rows("get_line", Line)
_LINES = _QUERIES.rows("list_lines", Line)
_RECEIVE = _QUERIES.rows("receive_line", Line)
_CANCEL = _QUERIES.rows("cancel_line", Line)
_LOTS = _QUERIES.rows("list_lots", Lot)
_INSERT_USE = _QUERIES.rows("insert_use", Use)
_INSERT_DRAWS = _QUERIES.command("insert_draws")
_DRAWS = _QUERIES.rows("list_draws", Draw)
_GET_USE = _QUERIES.rows("get_use", Use)
_USES = _QUERIES.rows("list_uses", Use)
_RESTATE_LINES = _QUERIES.rows("restate_lines", Line)
_RESTATE_USES = _QUERIES.rows("restate_uses", Use)
_ORDERED, _USED = "-ordered_on", "-used_on"


async def insert_line(tx: db.Tx, values: Mapping[str, Any]) -> Line:
    return await tx.one(_INSERT_LINE, values)


async def get_line(tx: db.Tx, consumable_id: UUID, line_id: UUID) -> Line | None:
    which = {"consumable_id": consumable_id, "line_id": line_id}
    return await tx.maybe(_GET_LINE, which)


async def list_lines(tx: db.Tx, consumable_id: UUID, page: PageRequest) -> Page[Line]:
    rows = await tx.all(_LINES, _asked(consumable_id, _ORDERED, page))
    return page.page(rows, _ORDERED, lambda last: (last.ordered_on, last.line_id))


async def receive_line(
    tx: db.Tx, line_id: UUID, quantity: int, received_on: date
) -> Line:
    told = {"line_id": line_id, "quantity": quantity, "received_on": received_on}
    return await tx.one(_RECEIVE, told)


async def cancel_line(tx: db.Tx, line_id: UUID) -> Line:
    return await tx.one(_CANCEL, {"line_id": line_id})


async def list_lots(tx: db.Tx, consumable_id: UUID) -> list[Lot]:
    return await tx.all(_LOTS, {"consumable_id": consumable_id})


async def insert_use(
    tx: db.Tx, values: Mapping[str, Any], drawn: Sequence[Draw]
) -> Use:
    """Store a use, and take it out of its lines or put it back into them."""
    use = await tx.one(_INSERT_USE, values)
    told = {
        "la_code": use.la_code,
        "school_id": use.school_id,
        "use_id": use.use_id,
        "draws": json.encode(drawn).decode(),
    }
    await tx.run(_INSERT_DRAWS, told)
    return use


async def list_draws(tx: db.Tx, use_id: UUID) -> list[Draw]:
    return await tx.all(_DRAWS, {"use_id": use_id})


async def get_use(tx: db.Tx, consumable_id: UUID, use_id: UUID) -> Use | None:
    return await tx.maybe(_GET_USE, {"consumable_id": consumable_id, "use_id": use_id})


async def list_uses(tx: db.Tx, consumable_id: UUID, page: PageRequest) -> Page[Use]:
    rows = await tx.all(_USES, _asked(consumable_id, _USED, page))
    return page.page(rows, _USED, lambda last: (last.used_on, last.use_id))


async def restate_lines(tx: db.Tx, after_id: UUID, page_size: int) -> list[Line]:
    return await tx.all(_RESTATE_LINES, {"after_id": after_id, "page_size": page_size})


async def restate_uses(tx: db.Tx, after_id: UUID, page_size: int) -> list[Use]:
    return await tx.all(_RESTATE_USES, {"after_id": after_id, "page_size": page_size})


def _asked(consumable_id: UUID, sort: str, page: PageRequest) -> dict[str, object]:
    day, after_id = page.key(sort, (str, str))
    return {
        "consumable_id": consumable_id,
        "after_on": _day_of(day),
        "after_id": paging.uuid_of(after_id),
        "page_size": page.page_size,
    }


def _day_of(key: str | int | None) -> date | None:
    """Read a key that is a day.

    Raises:
        BadCursor: it is none.
    """
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong
