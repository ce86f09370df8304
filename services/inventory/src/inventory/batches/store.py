"""Many assets with one statement each: held, read, and changed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from chassis import db, json, sql
from inventory.assets.model import Asset, tag_taken
from inventory.batches.model import MOST, Taken
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.batches")
_LOCK = _QUERIES.scalar("lock_assets", UUID)
_GET = _QUERIES.rows("get_assets", Asset)
_TAKEN = _QUERIES.rows("list_taken", Taken)
_UPDATE = _QUERIES.rows("update_assets", Asset)


async def get_assets(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Asset]:
    """Read some assets of the scope; those that may be changed change no more."""
    await tx.all(_LOCK, {"asset_ids": list(asset_ids)})
    asked = {"asset_ids": list(asset_ids), "page_size": MOST}
    return {asset.asset_id: asset for asset in await tx.all(_GET, asked)}


async def list_taken(tx: db.Tx, assets: Iterable[Asset]) -> set[Taken]:
    """Say which of the tags that some assets bear are used where these now are."""
    tags = [
        {"la_code": a.la_code, "school_id": a.school_id, "tag": a.tag} for a in assets
    ]
    if not tags:
        return set()
    return set(await tx.all(_TAKEN, {"tags": json.encode(tags).decode()}))


async def update_assets(tx: db.Tx, assets: Sequence[Asset]) -> dict[UUID, Asset]:
    """Store the next versions; those that are no longer the present are not there."""
    if not assets:
        return {}
    # Looked at before: only one that came between them could bear the same tag.
    refusals: db.Refusals = {
        "asset_tag_unique": tag_taken(assets[0].tag),
        "asset_school_fkey": SchoolOnItsWay(),
    }
    told = {"assets": json.encode(assets).decode()}
    stored = await tx.all(_UPDATE, told, refusals)
    return {asset.asset_id: asset for asset in stored}
