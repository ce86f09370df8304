"""Keeps the read model of assets and its count, whatever order the facts come in."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db
from contracts import event
from contracts.inventory import AssetFact
from strategy.estate import model, store
from strategy.estate.model import DevicesOfYear


async def record_assets(tx: db.Tx, facts: Sequence[AssetFact]) -> None:
    """Take over the newest state of each asset; what is older than known is nothing."""
    await store.record_assets(tx, model.assets_of(event.newest(facts)))


async def devices_of(tx: db.Tx, la_code: str, school_id: UUID) -> list[DevicesOfYear]:
    """Count a school's devices by category and year of purchase."""
    return await store.list_devices_by_year(tx, la_code, school_id)
