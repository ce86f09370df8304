"""The asset and device_count tables: one function per query."""

from collections.abc import Sequence

from chassis import db, json, sql
from strategy.estate.model import Asset

_QUERIES = sql.load("strategy.estate")
_RECORD = _QUERIES.command("record_assets")


async def record_assets(tx: db.Tx, assets: Sequence[Asset]) -> None:
    """Upsert assets, each once at most, and keep the count of devices right."""
    await tx.run(_RECORD, {"assets": json.encode(assets).decode()})
