"""The table of wipes: one function per query."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis import db, sql
from inventory.assets.model import Asset
from inventory.wipes.model import MOST_TOLD, Wipe

_QUERIES = sql.load("inventory.wipes")
_INSERT = _QUERIES.command("insert_wipes")
_LIST = _QUERIES.rows("list_wipes", Wipe)


async def insert_wipes(
    tx: db.Tx, kit: Sequence[Asset], said: Mapping[str, Any]
) -> None:
    told = {
        **said,
        "la_codes": [each.la_code for each in kit],
        "school_ids": [each.school_id for each in kit],
        "asset_ids": [each.asset_id for each in kit],
    }
    await tx.run(_INSERT, told)


async def list_wipes(tx: db.Tx, asset_id: UUID) -> list[Wipe]:
    return await tx.all(_LIST, {"asset_id": asset_id, "page_size": MOST_TOLD})
