"""The table of repairs: one function per query."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis import db, sql
from inventory.repairs.model import MOST, BothInRepair, Moved, Repair

_QUERIES = sql.load("inventory.repairs")
_LIST = _QUERIES.rows("list_repairs", Repair)
_LOCK = _QUERIES.rows("lock_repair", Repair)
_OPEN = _QUERIES.scalar("count_open", int)
_INSERT = _QUERIES.rows("insert_repair", Repair)
_CLOSE = _QUERIES.rows("close_repair", Repair)
_RESTATE = _QUERIES.rows("restate_repairs", Repair)
_MOVE = _QUERIES.rows("move_repairs", Moved)


async def list_repairs(tx: db.Tx, asset_id: UUID) -> list[Repair]:
    return await tx.all(_LIST, {"asset_id": asset_id, "page_size": MOST})


async def lock_repair(tx: db.Tx, asset_id: UUID, repair_id: UUID) -> Repair | None:
    return await tx.maybe(_LOCK, {"asset_id": asset_id, "repair_id": repair_id})


async def count_open(tx: db.Tx, asset_ids: Sequence[UUID]) -> int:
    return await tx.one(_OPEN, {"asset_ids": list(asset_ids)})


async def insert_repair(tx: db.Tx, values: Mapping[str, Any]) -> Repair | None:
    """Store a repair; None when one of the same asset is open."""
    return await tx.maybe(_INSERT, values)


async def close_repair(tx: db.Tx, values: Mapping[str, Any]) -> Repair:
    return await tx.one(_CLOSE, values)


async def restate_repairs(tx: db.Tx, after_id: UUID, page_size: int) -> list[Repair]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})


async def move_repairs(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None
) -> list[Moved]:
    """Let repairs be another asset's.

    Raises:
        BothInRepair: both have one that is open.
    """
    only = None if only is None else list(only)
    told = {"old_id": old_id, "new_id": new_id, "only": only}
    return await tx.all(_MOVE, told, {"repair_open_once": BothInRepair()})
