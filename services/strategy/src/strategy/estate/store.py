"""The asset and device_count tables: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, json, sql
from strategy.estate.model import Asset, DevicesOfYear

_QUERIES = sql.load("strategy.estate")
_RECORD = _QUERIES.command("record_assets")
_BY_YEAR = _QUERIES.rows("list_devices_by_year", DevicesOfYear)


async def record_assets(tx: db.Tx, assets: Sequence[Asset]) -> None:
    """Upsert assets, each once at most, and keep the count of devices right."""
    await tx.run(_RECORD, {"assets": json.encode(assets).decode()})


async def list_devices_by_year(
    tx: db.Tx, la_code: str, school_id: UUID
) -> list[DevicesOfYear]:
    return await tx.all(_BY_YEAR, {"la_code": la_code, "school_id": school_id})
