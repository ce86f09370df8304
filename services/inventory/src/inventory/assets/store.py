"""The asset table: one function per query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from chassis import auth, db, json, searching, sql
from chassis.paging import Page, PageRequest
from inventory.assets.model import (
    ACCESS,
    MOST_COUNTED,
    Asset,
    AssetFilter,
    AssetOut,
    Count,
    Duplicate,
    Going,
    Sort,
    Tagged,
    tag_taken,
)
from inventory.schools.model import School, SchoolOnItsWay

_QUERIES = sql.load("inventory.assets")
_INSERT = _QUERIES.scalar("insert_assets", UUID)
_LOCK = _QUERIES.scalar("lock_assets", UUID)
_GET = _QUERIES.rows("get_assets", Asset)
_TAKEN = _QUERIES.rows("list_taken", Tagged)
_DUPLICATES = _QUERIES.rows("list_duplicates", Duplicate)
_OUT = _QUERIES.scalar("list_out", UUID)
_TAGGED = _QUERIES.scalar("list_tagged", UUID)
_WITHDRAW = _QUERIES.scalar("withdraw_assets", UUID)
_UPDATE = _QUERIES.scalar("update_assets", UUID)
_RENEW = _QUERIES.scalar("renew_assets", UUID)
_RESTATE = _QUERIES.rows("restate_assets", Asset)


def _listing(name: str) -> sql.Query[Asset]:
    # Without its values each would go through all that the caller may see.
    return _QUERIES.rows(name, Asset, planned_anew=True)


_LISTINGS: dict[Sort, sql.Query[Asset]] = {
    "tag": _listing("list_assets_by_tag"),
    "-tag": _listing("list_assets_by_tag_down"),
    "model": _listing("list_assets_by_model"),
    "-model": _listing("list_assets_by_model_down"),
    "-changed_at": _listing("list_assets_by_change"),
    "purchased_on": _listing("list_assets_by_purchase"),
    "-purchased_on": _listing("list_assets_by_purchase_down"),
}
_COUNT = _QUERIES.rows("count_assets", int, planned_anew=True)


async def insert_assets(tx: db.Tx, rows: Sequence[Mapping[str, Any]]) -> list[Asset]:
    """Store those whose tag is free at their school, in no order."""
    told = {"assets": json.encode(rows).decode()}
    refusals: db.Refusals = {"asset_school_fkey": SchoolOnItsWay()}
    made = await tx.all(_INSERT, told, refusals)
    return list((await get_assets(tx, made)).values()) if made else []


async def get_assets(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Asset]:
    found = await tx.all(_GET, {"asset_ids": list(asset_ids)})
    return {asset.asset_id: asset for asset in found}


async def lock_assets(tx: db.Tx, asset_ids: Sequence[UUID]) -> None:
    """Hold those that may be changed until the end of the transaction."""
    await tx.all(_LOCK, {"asset_ids": list(asset_ids)})


async def list_taken(tx: db.Tx, going: Sequence[Going]) -> set[Tagged]:
    """Say which of the tags of what goes to other schools are used there."""
    tags = [
        {"la_code": a.la_code, "school_id": a.school_id, "tag": tag}
        for a, tags in ((each.asset, each.tags) for each in going)
        for tag in tags
    ]
    if not tags:
        return set()
    return set(await tx.all(_TAKEN, {"tags": json.encode(tags).decode()}))


async def list_duplicates(
    tx: db.Tx, asset_ids: Sequence[UUID]
) -> dict[UUID, list[str]]:
    """Read by asset which tags its duplicates bear."""
    found: dict[UUID, list[str]] = {}
    for each in await tx.all(_DUPLICATES, {"asset_ids": list(asset_ids)}):
        found.setdefault(each.asset_id, []).append(each.tag)
    return found


async def list_out(tx: db.Tx, asset_ids: Sequence[UUID]) -> set[UUID]:
    """Say which of some assets somebody has."""
    return set(await tx.all(_OUT, {"asset_ids": list(asset_ids)}))


async def list_tagged(tx: db.Tx, tags: Iterable[tuple[School, str]]) -> list[UUID]:
    """Find the assets that bear some tags at some schools."""
    told = [
        {"la_code": at.la_code, "school_id": at.school_id, "tag": tag}
        for at, tag in tags
    ]
    return await tx.all(_TAGGED, {"tags": json.encode(told).decode()})


async def withdraw_assets(tx: db.Tx, asset_ids: Sequence[UUID]) -> set[UUID]:
    """Take away those that are as they were registered and nothing hangs on."""
    return set(await tx.all(_WITHDRAW, {"asset_ids": list(asset_ids)}))


async def update_assets(tx: db.Tx, assets: Sequence[Asset]) -> dict[UUID, Asset]:
    """Store the next versions; those that are no longer the present are not there."""
    if not assets:
        return {}
    # Of many, the tags were looked at before: only one that came between them could
    # bear the same.
    refusals: db.Refusals = {
        "asset_tag_unique": tag_taken(assets[0].tag),
        "asset_school_fkey": SchoolOnItsWay(),
        "custody_out_fkey": AssetOut(),
    }
    told = {"assets": json.encode(assets).decode()}
    stored = await tx.all(_UPDATE, told, refusals)
    return await get_assets(tx, stored)


async def list_assets(
    database: db.Database,
    actor: auth.Actor,
    wanted: AssetFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Asset]:
    """Read one page within the actor's scope, in one round trip."""
    after_key, after_id = page.key(sort, (str, str))
    asked = {
        **_asked(wanted),
        **_places(actor, wanted),
        "after_key": after_key,
        "after_id": after_id,
        "page_size": page.page_size,
    }
    rows = await database.read_all(actor, ACCESS, _LISTINGS[sort], asked)
    return page.page(rows, sort, lambda last: (_sort_key(last, sort), last.asset_id))


async def count_assets(
    database: db.Database, actor: auth.Actor, wanted: AssetFilter
) -> Count:
    """Count within the actor's scope, in one round trip."""
    asked = {
        **_asked(wanted),
        **_bounds(actor, wanted),
        "most": MOST_COUNTED + 1,
    }
    [found] = await database.read_all(actor, ACCESS, _COUNT, asked)
    return Count(min(found, MOST_COUNTED), found <= MOST_COUNTED)


def _asked(wanted: AssetFilter) -> dict[str, object]:
    is_near = wanted.match == "near"
    near = searching.near(wanted.q) if is_near else None
    ways = wanted.written
    return {
        **asdict(replace(wanted, written=None)),
        "models": ways and sorted({each.sort_model for each in ways}),
        "written": ways and [each.key for each in ways],
        "parts": None if is_near else searching.patterns(wanted.q),
        "likely": near and near.likely,
        "certain": near and near.certain,
    }


def _places(actor: auth.Actor, wanted: AssetFilter) -> dict[str, object]:
    """Say where to take a page from: whole LAs, and schools, each in its own order.

    Row-level security decides; this lets each place's index give its first rows.
    """
    las = [la for la in actor.las(ACCESS.read) if wanted.la_code in {None, la}]
    return {
        "whole_las": las if wanted.school_urn is None else [],
        "la_codes": [] if wanted.school_urn is None else las,
        "school_ids": actor.schools(ACCESS.read),
    }


def _bounds(actor: auth.Actor, wanted: AssetFilter) -> dict[str, object]:
    """Say in the query, too, what the scope holds, where one value can say it."""
    las, schools = actor.las(ACCESS.read), actor.schools(ACCESS.read)
    only_la = las[0] if len(las) == 1 and not schools else None
    return {
        "la_code": wanted.la_code or only_la,
        "school_ids": None if las else schools,
    }


async def renew_assets(tx: db.Tx, school_id: UUID) -> list[Asset]:
    """Count up the version of each asset of a school; return them as they are."""
    renewed = await tx.all(_RENEW, {"school_id": school_id})
    return list((await get_assets(tx, renewed)).values())


async def restate_assets(tx: db.Tx, after_id: UUID, page_size: int) -> list[Asset]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})


def _sort_key(asset: Asset, sort: Sort) -> str:
    match sort:
        case "tag" | "-tag":
            return asset.tag
        case "model" | "-model":
            return f"{asset.manufacturer} {asset.model}"
        case "purchased_on" | "-purchased_on":
            return asset.purchased_on.isoformat() if asset.purchased_on else "infinity"
        case "-changed_at":
            return asset.changed_at.isoformat()
