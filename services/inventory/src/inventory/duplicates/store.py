"""Merges in the database: one function per query."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis import db, sql
from inventory.assets.model import Asset
from inventory.duplicates.model import (
    MOST,
    Belongings,
    Likeness,
    Merge,
    Moved,
    Shared,
)

_QUERIES = sql.load("inventory.duplicates")
_INSERT = _QUERIES.scalar("insert_merge", UUID)
_SPLIT = _QUERIES.command("split_merge")
_LIST = _QUERIES.rows("list_merges", Merge)
_LEADING = _QUERIES.scalar("list_leading", UUID)
_OWN = _QUERIES.scalar("list_own", UUID)
_WORDS = _QUERIES.command("keep_merged_words")
_BELONGINGS = _QUERIES.rows("count_belongings", Belongings)
_LIKENESSES = _QUERIES.rows("list_likenesses", Likeness)
_SHARED = _QUERIES.rows("list_shared", Shared, planned_anew=True)
_SUSPECTS = _QUERIES.rows("list_suspects", Likeness, planned_anew=True)


async def insert_merge(tx: db.Tx, kept: Asset, duplicate: Asset, moved: Moved) -> UUID:
    told: dict[str, Any] = {
        "la_code": kept.la_code,
        "school_id": kept.school_id,
        "kept_id": kept.asset_id,
        "kept_version": kept.version,
        "duplicate_id": duplicate.asset_id,
        "duplicate_version": duplicate.version,
        "devices": moved.devices,
        "attachments": moved.attachments,
        "repairs": moved.repairs,
        "relations_ended": [each.ended for each in moved.relations],
        "relations_begun": [each.begun for each in moved.relations],
    }
    return await tx.one(_INSERT, told)


async def split_merge(tx: db.Tx, merge: Merge) -> bool:
    """Keep that two are two again; False where somebody else did."""
    told = {"merge_id": merge.merge_id, "version": merge.version}
    return bool(await tx.run(_SPLIT, told))


async def get_merge(tx: db.Tx, merge_id: UUID) -> Merge | None:
    told = {"merge_id": merge_id, "asset_id": None, "page_size": 1}
    return await tx.maybe(_LIST, told)


async def list_merges(tx: db.Tx, asset_id: UUID) -> list[Merge]:
    told = {"merge_id": None, "asset_id": asset_id, "page_size": MOST}
    return await tx.all(_LIST, told)


async def list_leading(tx: db.Tx, asset_ids: Sequence[UUID]) -> list[UUID]:
    """List the duplicates that lead to some assets."""
    return await tx.all(_LEADING, {"asset_ids": list(asset_ids)})


async def list_own(tx: db.Tx, asset_id: UUID) -> list[UUID]:
    """List what was merged into an asset itself, whatever that leads to now."""
    return await tx.all(_OWN, {"asset_id": asset_id})


async def keep_words(tx: db.Tx, asset_ids: Sequence[UUID]) -> None:
    """Let assets be found by what leads to them now, and by nothing else."""
    await tx.run(_WORDS, {"asset_ids": list(asset_ids)})


async def count_belongings(tx: db.Tx, asset_id: UUID) -> Belongings:
    return await tx.one(_BELONGINGS, {"asset_id": asset_id})


async def list_likenesses(tx: db.Tx, asset_id: UUID) -> list[Likeness]:
    return await tx.all(_LIKENESSES, {"asset_id": asset_id, "page_size": MOST})


async def list_shared(tx: db.Tx, school_id: UUID) -> list[Shared]:
    """List the serials that several assets of a school bear: all, in their order."""
    return await tx.all(_SHARED, {"school_id": school_id})


async def list_suspects(
    tx: db.Tx, school_id: UUID, serials: Sequence[str]
) -> list[Likeness]:
    told = {"school_id": school_id, "serials": list(serials)}
    return await tx.all(_SUSPECTS, told)
