"""The table of losses: one function per query."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis import db, json, sql
from inventory.losses.model import MOST, Loss

_QUERIES = sql.load("inventory.losses")
_LIST = _QUERIES.rows("list_losses", Loss)
_LOCK = _QUERIES.rows("lock_loss", Loss)
_INSERT = _QUERIES.rows("insert_loss", Loss)
_END = _QUERIES.rows("end_loss", Loss)
_END_MANY = _QUERIES.command("end_losses")


async def list_losses(tx: db.Tx, asset_id: UUID) -> list[Loss]:
    return await tx.all(_LIST, {"asset_id": asset_id, "page_size": MOST})


async def lock_loss(tx: db.Tx, asset_id: UUID, loss_id: UUID) -> Loss | None:
    return await tx.maybe(_LOCK, {"asset_id": asset_id, "loss_id": loss_id})


async def insert_loss(tx: db.Tx, values: Mapping[str, Any]) -> Loss | None:
    """Store a loss; None when one of the same asset is open."""
    return await tx.maybe(_INSERT, values)


async def end_loss(tx: db.Tx, loss_id: UUID, found_on: date) -> Loss:
    return await tx.one(_END, {"loss_id": loss_id, "found_on": found_on})


async def end_losses(tx: db.Tx, found: Mapping[UUID, date]) -> None:
    rows = [{"asset_id": each, "found_on": on} for each, on in found.items()]
    await tx.run(_END_MANY, {"found": json.encode(rows).decode()})
