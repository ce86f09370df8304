"""Finding an asset of a school, and keeping the copy true."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from chassis import db
from contracts import inventory
from contracts.event import Event
from servicedesk.assets import store
from servicedesk.assets.model import Asset, AssetUnknown


async def asset_of(tx: db.Tx, school_id: UUID, asset_id: UUID) -> Asset:
    """Find an asset that stands in a school.

    Raises:
        AssetUnknown: the school has none of that id.
    """
    asset = await store.get_asset(tx, school_id, asset_id)
    if asset is None:
        raise AssetUnknown
    return asset


async def same_as(tx: db.Tx, asset_id: UUID) -> list[UUID]:
    """Say by which ids an asset is known: its own, and those of its duplicates."""
    return [asset_id, *await store.list_duplicates(tx, asset_id)]


async def schools_of_assets(
    tx: db.Tx, asset_ids: Collection[UUID]
) -> Mapping[UUID, UUID]:
    """Say in which schools of the scope those of these assets stand that are known."""
    found = await store.list_assets(tx, asset_ids)
    return {asset.asset_id: asset.school_id for asset in found}


async def record_assets(tx: db.Tx, events: Sequence[Event]) -> None:
    """Take over what the inventory says of its assets.

    That one has departed tells nothing here: the LA it came to says where it is now.
    """
    facts = [event for event in events if isinstance(event, inventory.ASSET_FACTS)]
    await store.record_assets(tx, [fact.model_dump_json() for fact in facts])
