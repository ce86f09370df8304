"""The table of sightings: one function per query."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis import db, json, sql
from inventory.sightings.model import Sighting

_QUERIES = sql.load("inventory.sightings")
_SEEN = _QUERIES.command("record_seen")
_MISSED = _QUERIES.command("record_missed")
_GET = _QUERIES.rows("get_sighting", Sighting)


async def record_seen(
    tx: db.Tx, stock_take_id: UUID, seen: Mapping[UUID, date]
) -> None:
    rows = [{"asset_id": each, "seen_on": on} for each, on in seen.items()]
    told = {"stock_take_id": stock_take_id, "seen": json.encode(rows).decode()}
    await tx.run(_SEEN, told)


async def record_missed(
    tx: db.Tx, stock_take_id: UUID, asset_ids: Sequence[UUID], on: date
) -> None:
    told = {"stock_take_id": stock_take_id, "missed_on": on}
    await tx.run(_MISSED, {**told, "asset_ids": list(asset_ids)})


async def get_sighting(tx: db.Tx, asset_id: UUID) -> Sighting | None:
    return await tx.maybe(_GET, {"asset_id": asset_id})
