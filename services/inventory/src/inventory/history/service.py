"""Keeping and reading what happened, within the caller's own transaction."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.paging import Page, PageRequest
from inventory.history import model, store
from inventory.history.model import BatchEntry, Changes, Happening, HistoryEntry


async def record(
    tx: db.Tx, entries: Sequence[Happening], batch_id: UUID | None = None
) -> None:
    """Keep what happened with each thing, and in the record of who did what."""
    if entries:
        await store.insert_entries(tx, entries, batch_id)
        recorded = [entry for each in entries for entry in model.recorded(each)]
        await audit.record_many(tx, recorded)


async def list_entries(
    tx: db.Tx, asset_id: UUID, page: PageRequest
) -> Page[HistoryEntry]:
    return await store.list_entries(tx, asset_id, page)


async def retirements(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Changes]:
    """Say what retiring did to each; nothing of those retired before it was kept."""
    found = await store.list_retirements(tx, asset_ids)
    return {entry.asset_id: entry.changes for entry in found}


async def list_batch(tx: db.Tx, batch_id: UUID, page_size: int) -> list[BatchEntry]:
    """Read what a change of many did, if the caller is who made it."""
    return await store.list_batch(tx, batch_id, page_size)


async def list_versions(
    tx: db.Tx, versions: Sequence[tuple[UUID, int]]
) -> dict[UUID, Changes]:
    """Say of some assets what made each the version that it is."""
    found = await store.list_versions(tx, versions)
    return {entry.asset_id: entry.changes for entry in found}


async def stood(tx: db.Tx, versions: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """Say at which version each asset stands if nobody has changed it since one.

    A picture or document that came or went is a version, and hinders no undo.
    """
    found = await store.list_stood(tx, versions)
    return {each.asset_id: each.version for each in found}
