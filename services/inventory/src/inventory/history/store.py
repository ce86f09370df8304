"""The table of what happened to assets: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, json, sql
from chassis.paging import Page, PageRequest
from inventory.history.model import BatchEntry, Happening, HistoryEntry, Stood

_QUERIES = sql.load("inventory.history")
_INSERT = _QUERIES.command("insert_entries")
_LIST = _QUERIES.rows("list_entries", HistoryEntry)
_RETIREMENTS = _QUERIES.rows("list_retirements", BatchEntry)
_BATCH = _QUERIES.rows("list_batch", BatchEntry)
_VERSIONS = _QUERIES.rows("list_versions", BatchEntry)
_STOOD = _QUERIES.rows("list_stood", Stood)


async def insert_entries(
    tx: db.Tx, entries: Sequence[Happening], batch_id: UUID | None
) -> None:
    """Keep what happened, with one statement."""
    told = json.encode(entries).decode()
    await tx.run(_INSERT, {"entries": told, "batch_id": batch_id})


async def list_entries(
    tx: db.Tx, asset_id: UUID, page: PageRequest
) -> Page[HistoryEntry]:
    [after_version] = page.key("version", (int,))
    place = {"asset_id": asset_id, "after_version": after_version}
    rows = await tx.all(_LIST, {**place, "page_size": page.page_size})
    return page.page(rows, "version", lambda last: (last.version,))


async def list_retirements(tx: db.Tx, asset_ids: Sequence[UUID]) -> list[BatchEntry]:
    return await tx.all(_RETIREMENTS, {"asset_ids": list(asset_ids)})


async def list_batch(tx: db.Tx, batch_id: UUID, page_size: int) -> list[BatchEntry]:
    return await tx.all(_BATCH, {"batch_id": batch_id, "page_size": page_size})


async def list_versions(
    tx: db.Tx, versions: Sequence[tuple[UUID, int]]
) -> list[BatchEntry]:
    return await tx.all(_VERSIONS, _told(versions))


async def list_stood(tx: db.Tx, versions: Sequence[tuple[UUID, int]]) -> list[Stood]:
    return await tx.all(_STOOD, _told(versions))


def _told(versions: Sequence[tuple[UUID, int]]) -> dict[str, str]:
    told = [{"asset_id": asset_id, "version": number} for asset_id, number in versions]
    return {"versions": json.encode(told).decode()}
