"""Hears of the inventory's assets."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.inventory import AssetFact
from strategy.estate import service


async def record_assets(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep what one LA knows of its assets."""
    facts = [event for event in events if isinstance(event, AssetFact)]
    await service.record_assets(tx, facts)
