"""The table of custody: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis import auth, db, json, searching, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.assets.model import ACCESS, AssetOut
from inventory.custody.model import (
    MOST,
    SOON,
    Asked,
    Custody,
    CustodyOverlaps,
    Sort,
)

_QUERIES = sql.load("inventory.custody")
_FIELDS = tuple(each.name for each in fields(Custody))


@dataclass(frozen=True, slots=True)
class _Listed(Custody):
    """A custody, and where it stands in a listing."""

    sort_key: str


_GET = _QUERIES.rows("get_custodies", Custody)
_OF_ASSET = _QUERIES.rows("list_of_asset", Custody)
_OUT = _QUERIES.rows("list_out", Custody)
_KNOWN = _QUERIES.rows("list_known", Custody)
_BLOCKING = _QUERIES.rows("list_blocking", Custody)
_INSERT = _QUERIES.scalar("insert_custodies", UUID)
_CLOSE = _QUERIES.scalar("close_custodies", UUID)
_RENEW = _QUERIES.scalar("renew_custody", UUID)
_LIST = _QUERIES.rows("list_custodies", _Listed, planned_anew=True)
_LIST_DOWN = _QUERIES.rows("list_custodies_down", _Listed, planned_anew=True)
_COUNT = _QUERIES.rows("count_custodies", int, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_custodies", Custody)
_REFUSALS: db.Refusals = {
    "custody_apart": CustodyOverlaps(),
    "custody_out_once": AssetOut(),
}


async def get_custodies(tx: db.Tx, custody_ids: Sequence[UUID]) -> dict[UUID, Custody]:
    found = await tx.all(_GET, {"custody_ids": list(custody_ids)})
    return {each.custody_id: each for each in found}


async def list_of_asset(tx: db.Tx, asset_id: UUID) -> list[Custody]:
    return await tx.all(_OF_ASSET, {"asset_id": asset_id, "page_size": MOST})


async def list_out(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Custody]:
    """Read by asset who has it."""
    found = await tx.all(_OUT, {"asset_ids": list(asset_ids)})
    return {each.asset_id: each for each in found}


async def list_known(
    tx: db.Tx, asset_ids: Sequence[UUID], since: datetime
) -> dict[UUID, list[Custody]]:
    """Read by asset who has it, had it at some time or later, or had it last."""
    found: dict[UUID, list[Custody]] = {}
    asked = {"asset_ids": list(asset_ids), "since": since}
    for each in await tx.all(_KNOWN, asked):
        found.setdefault(each.asset_id, []).append(each)
    return found


async def get_blocking(tx: db.Tx, asset_id: UUID, since: datetime) -> Custody | None:
    """Read who has an asset, or had it at some time or later."""
    return await tx.maybe(_BLOCKING, {"asset_id": asset_id, "since": since})


async def insert_custodies(
    tx: db.Tx, rows: Sequence[Mapping[str, Any]]
) -> list[Custody]:
    """Store that things are given out.

    Raises:
        AssetOut, CustodyOverlaps: somebody has one of them, or had it then.
    """
    told = {"custodies": json.encode(rows).decode()}
    made = await tx.all(_INSERT, told, _REFUSALS)
    return list((await get_custodies(tx, made)).values())


async def close_custodies(
    tx: db.Tx, rows: Sequence[Mapping[str, Any]]
) -> list[Custody]:
    """Store that things came back; those that were back already are not there."""
    told = {"returns": json.encode(rows).decode()}
    closed = await tx.all(_CLOSE, told)
    return list((await get_custodies(tx, closed)).values())


async def renew_custody(
    tx: db.Tx, custody_id: UUID, version: int, due_on: date | None
) -> Custody | None:
    """Store a day to come back on; None where the custody has changed since."""
    told = {"custody_id": custody_id, "version": version, "due_on": due_on}
    renewed = await tx.maybe(_RENEW, told)
    if renewed is None:
        return None
    return (await get_custodies(tx, [renewed]))[renewed]


async def list_custodies(
    tx: db.Tx, actor: auth.Actor, wanted: Asked, sort: Sort, page: PageRequest
) -> Page[Custody]:
    after_key, after_id = page.key(sort, (str, str))
    asked = {
        **_asked(actor, wanted),
        "sort_by": sort.removeprefix("-"),
        "after_key": after_key,
        "after_id": uuid_of(after_id),
        "page_size": page.page_size,
    }
    query = _LIST_DOWN if sort.startswith("-") else _LIST
    rows = await tx.all(query, asked)
    found = page.page(rows, sort, lambda last: (last.sort_key, last.custody_id))
    return Page([_plain(each) for each in found.items], found.next)


async def count_custodies(tx: db.Tx, actor: auth.Actor, wanted: Asked) -> int:
    return await tx.one(_COUNT, _asked(actor, wanted))


async def restate_custodies(tx: db.Tx, after_id: UUID, page_size: int) -> list[Custody]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})


def _plain(listed: _Listed) -> Custody:
    return Custody(**{name: getattr(listed, name) for name in _FIELDS})


def _asked(actor: auth.Actor, asked: Asked) -> dict[str, object]:
    return {
        **asdict(asked.wanted),
        "school_id": asked.school_id,
        "parts": searching.patterns(asked.wanted.q),
        "today": asked.today,
        "soon": asked.today + SOON,
        # Row-level security decides; this lets the planner and the reader know, too.
        "las": actor.las(ACCESS.read),
        "schools": actor.schools(ACCESS.read),
    }
