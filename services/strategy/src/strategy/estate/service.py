"""Keeps the read model of assets and its count, whatever order the facts come in."""

from collections.abc import Sequence

from chassis import db
from contracts import event
from contracts.inventory import AssetFact
from strategy.estate import model, store


async def record_assets(tx: db.Tx, facts: Sequence[AssetFact]) -> None:
    """Take over the newest state of each asset; what is older than known is nothing."""
    await store.record_assets(tx, model.assets_of(event.newest(facts)))
