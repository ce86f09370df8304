"""The asset table, a copy: one function per query."""

from collections.abc import Collection, Sequence
from uuid import UUID

from chassis import db, sql
from servicedesk.assets.model import Asset

_QUERIES = sql.load("servicedesk.assets")
_GET = _QUERIES.rows("get_asset", Asset)
_LIST = _QUERIES.rows("list_assets", Asset)
_DUPLICATES = _QUERIES.scalar("list_duplicates", UUID)
_RECORD = _QUERIES.command("record_assets")


async def get_asset(tx: db.Tx, school_id: UUID, asset_id: UUID) -> Asset | None:
    return await tx.maybe(_GET, {"school_id": school_id, "asset_id": asset_id})


async def list_assets(tx: db.Tx, asset_ids: Collection[UUID]) -> list[Asset]:
    return await tx.all(_LIST, {"asset_ids": list(asset_ids)})


async def list_duplicates(tx: db.Tx, asset_id: UUID) -> list[UUID]:
    return await tx.all(_DUPLICATES, {"asset_id": asset_id})


async def record_assets(tx: db.Tx, states: Sequence[str]) -> int:
    """Upsert assets from their states (JSON texts), newer versions only."""
    return await tx.run(_RECORD, {"states": f"[{','.join(states)}]"})
