"""The tables of stock-takes: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from chassis import db, json, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.assets.model import Asset
from inventory.schools.model import School, SchoolOnItsWay
from inventory.stocktakes.model.takes import (
    MOST_PLACES,
    Counts,
    Ended,
    Kept,
    Line,
    Outcome,
    Place,
    Scan,
    Spot,
    State,
    StockTake,
)

_QUERIES = sql.load("inventory.stocktakes")
_INSERT = _QUERIES.scalar("insert_stock_take", UUID)
_OPEN = _QUERIES.scalar("get_open", UUID)
_LOCK = _QUERIES.scalar("lock_stock_take", UUID)
_GET = _QUERIES.rows("get_stock_take", StockTake)
# Without its values each would go through all that the caller may see.
_LIST = _QUERIES.rows("list_stock_takes", StockTake, planned_anew=True)
_COUNT = _QUERIES.rows("count_stock_takes", int, planned_anew=True)
_PLACES = _QUERIES.rows("list_places", Place)
_EXPECTED = _QUERIES.rows("list_expected", Asset)
_CLAIM = _QUERIES.scalar("claim_scans", UUID)
_KEEP = _QUERIES.command("keep_outcomes")
_SCANS = _QUERIES.rows("list_scans", Kept)
_COUNTS = _QUERIES.command("keep_counts")
_END = _QUERIES.command("end_stock_take")
_INSERT_LINES = _QUERIES.command("insert_lines")
_LINES = _QUERIES.rows("list_lines", Line)
_SORT = "-opened_at"


async def insert_stock_take(tx: db.Tx, school: School, at: Spot) -> UUID | None:
    """Store a stock-take; None where one of that room is under way."""
    place = {"la_code": school.la_code, "school_id": school.school_id}
    refusals: db.Refusals = {"stock_take_school_fkey": SchoolOnItsWay()}
    return await tx.maybe(_INSERT, {**asdict(at), **place}, refusals)


async def get_open(tx: db.Tx, school: School, at: Spot) -> UUID | None:
    return await tx.maybe(_OPEN, {**asdict(at), "school_id": school.school_id})


async def lock_stock_take(tx: db.Tx, stock_take_id: UUID) -> None:
    """Hold one that may be changed until the end of the transaction."""
    await tx.maybe(_LOCK, {"stock_take_id": stock_take_id})


async def get_stock_take(tx: db.Tx, stock_take_id: UUID) -> StockTake | None:
    return await tx.maybe(_GET, {"stock_take_id": stock_take_id})


async def list_stock_takes(
    tx: db.Tx, where: Mapping[str, object], state: State | None, page: PageRequest
) -> Page[StockTake]:
    [after_id] = page.key(_SORT, (str,))
    asked = {
        **where,
        "state": state,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_LIST, asked)
    return page.page(rows, _SORT, lambda last: (last.stock_take_id,))


async def count_stock_takes(
    tx: db.Tx, where: Mapping[str, object], state: State | None
) -> int:
    return await tx.one(_COUNT, {**where, "state": state})


async def list_places(tx: db.Tx, school_id: UUID) -> list[Place]:
    return await tx.all(_PLACES, {"school_id": school_id, "page_size": MOST_PLACES})


async def list_expected(tx: db.Tx, take: StockTake) -> list[Asset]:
    return await tx.all(_EXPECTED, {**asdict(take.spot), "school_id": take.school_id})


async def claim_scans(tx: db.Tx, take: StockTake, scans: Sequence[Scan]) -> set[UUID]:
    """Keep scans, and say which were not kept before."""
    told = {"scans": json.encode(scans).decode()}
    return set(await tx.all(_CLAIM, {**_at(take), **told}))


async def keep_outcomes(
    tx: db.Tx, take: StockTake, outcomes: Sequence[Outcome]
) -> None:
    told = {"outcomes": json.encode(outcomes).decode()}
    await tx.run(_KEEP, {**_at(take), **told})


async def list_scans(tx: db.Tx, stock_take_id: UUID) -> list[Kept]:
    return await tx.all(_SCANS, {"stock_take_id": stock_take_id})


async def keep_counts(
    tx: db.Tx, stock_take_id: UUID, counts: Counts, step: int
) -> None:
    """Store how one that is held stands; `step`: by how much its version rises."""
    told = {**asdict(counts), "stock_take_id": stock_take_id, "step": step}
    await tx.run(_COUNTS, told)


async def end_stock_take(
    tx: db.Tx, take: StockTake, ended: Ended, at: datetime, moved: int
) -> None:
    told = {"closed_as": ended, "closed_at": at, "moved": moved}
    await tx.run(_END, {**_at(take), **told})


async def insert_lines(tx: db.Tx, take: StockTake, lines: Sequence[Line]) -> None:
    told = {"lines": json.encode(lines).decode()}
    await tx.run(_INSERT_LINES, {**_at(take), **told})


async def list_lines(tx: db.Tx, stock_take_id: UUID) -> list[Line]:
    """Read what was true as one ended; nothing of one that is under way."""
    return await tx.all(_LINES, {"stock_take_id": stock_take_id})


def _at(take: StockTake) -> dict[str, object]:
    return {
        "la_code": take.la_code,
        "school_id": take.school_id,
        "stock_take_id": take.stock_take_id,
    }
