"""Many assets at once: one function per query."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis import db, json, sql
from inventory.assets.model import Asset
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.imports")
_INSERT = _QUERIES.rows("insert_assets", Asset)


async def insert_assets(tx: db.Tx, items: Sequence[Mapping[str, Any]]) -> list[Asset]:
    """Store those whose tag is free, in no order."""
    told = {"items": json.encode(items).decode()}
    return await tx.all(_INSERT, told, {"asset_school_fkey": SchoolOnItsWay()})
