"""The table of consumables: one function per query."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis import db, searching, sql
from inventory.consumables.model.things import Consumable, ConsumableNameTaken
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.consumables")
_INSERT = _QUERIES.scalar("insert_consumable", UUID)
_LOCK = _QUERIES.scalar("lock_consumable", UUID)
_GET = _QUERIES.rows("get_consumable", Consumable)
_UPDATE = _QUERIES.command("update_consumable")
_RESTOCK = _QUERIES.command("restock_consumable")
# Without its values it would go through all that the caller may see.
_LIST = _QUERIES.rows("list_consumables", Consumable, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_consumables", Consumable)
_REFUSALS: db.Refusals = {
    "consumable_name_unique": ConsumableNameTaken(),
    "consumable_school_fkey": SchoolOnItsWay(),
}
Place = Mapping[str, object]


async def insert_consumable(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    """Store one more.

    Raises:
        ConsumableNameTaken: the school has one of that name at that site.
        SchoolOnItsWay: the school is just passing to another LA.
    """
    return await tx.one(_INSERT, values, _REFUSALS)


async def lock_consumable(tx: db.Tx, consumable_id: UUID) -> None:
    """Hold one that may be changed until the end of the transaction."""
    await tx.maybe(_LOCK, {"consumable_id": consumable_id})


async def get_consumable(tx: db.Tx, consumable_id: UUID) -> Consumable | None:
    return await tx.maybe(_GET, {"consumable_id": consumable_id})


async def update_consumable(tx: db.Tx, values: Mapping[str, Any]) -> None:
    """Store what is said of one that is held.

    Raises:
        ConsumableNameTaken: the school has another of that name at that site.
    """
    await tx.run(_UPDATE, values, _REFUSALS)


async def restock_consumable(
    tx: db.Tx, consumable_id: UUID, came: int, coming: int, counted_on: date | None
) -> None:
    """Count what came or went of one that is held, and of what is on order."""
    moved = {"came": came, "coming": coming, "counted_on": counted_on}
    await tx.run(_RESTOCK, {"consumable_id": consumable_id, **moved})


async def list_consumables(
    tx: db.Tx, where: Place, q: str | None = None, category: str | None = None
) -> list[Consumable]:
    narrowed = {"parts": searching.patterns(q), "category": category}
    return await tx.all(_LIST, {**where, **narrowed})


async def restate_consumables(
    tx: db.Tx, after_id: UUID, page_size: int
) -> list[Consumable]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})
