"""The use cases of sightings; what is seen and missed comes of stock-takes."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis import db
from chassis.auth import Actor
from inventory.assets import service as assets
from inventory.assets.model import ACCESS
from inventory.sightings import store
from inventory.sightings.model import Sighting


async def get_sighting(database: db.Database, actor: Actor, asset_id: UUID) -> Sighting:
    """Say when people last saw an asset.

    Raises:
        AssetNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        found = await store.get_sighting(tx, asset_id)
    return found or Sighting(asset_id)


async def keep_seen(tx: db.Tx, stock_take_id: UUID, seen: Mapping[UUID, date]) -> None:
    """Keep on which day people saw some assets: by that they are not missed."""
    if seen:
        await store.record_seen(tx, stock_take_id, seen)


async def keep_missed(
    tx: db.Tx, stock_take_id: UUID, asset_ids: Sequence[UUID], on: date
) -> None:
    """Keep that some assets were not there, but for what was seen that day or later."""
    if asset_ids:
        await store.record_missed(tx, stock_take_id, asset_ids, on)
