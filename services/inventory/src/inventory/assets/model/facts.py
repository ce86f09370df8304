"""What is said of an asset to the other services."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts import inventory as facts
from contracts.inventory import AssetFact
from inventory.assets.model.asset import Asset
from inventory.history.model import Happened

_FACTS: Mapping[Happened, type[AssetFact]] = {
    "changed": facts.AssetChanged,
    "moved": facts.AssetMoved,
    "retired": facts.AssetRetired,
    "reinstated": facts.AssetReinstated,
    "disposed": facts.AssetDisposed,
    "merged": facts.AssetMerged,
    "took-in": facts.AssetChanged,
    "split": facts.AssetSplit,
    "gave-back": facts.AssetChanged,
    "attached": facts.AssetChanged,
    "detached": facts.AssetChanged,
    "issued": facts.AssetChanged,
    "renewed": facts.AssetChanged,
    "returned": facts.AssetChanged,
    "lost": facts.AssetChanged,
    "found": facts.AssetChanged,
}
_OWN = (
    *("operating_system", "os_version", "processor", "memory_gib", "storage_gb"),
    "pages_printed",
)
"""Of the fields that kinds of kit have of their own: nothing that names anybody."""


def said_of(old: Asset, new: Asset, happened: Happened) -> list[AssetFact]:
    """Say the facts of one change.

    Each LA's listeners hear of a departure from their own LA's facts only.
    """
    told = [said(_FACTS[happened], new)]
    if new.la_code != old.la_code:
        left = replace(new, la_code=old.la_code, school_id=old.school_id)
        told.append(said(facts.AssetDeparted, left))
    return told


def said(fact: type[AssetFact], asset: Asset) -> AssetFact:
    """Say the publishable state of an asset: no serial and no room among it."""
    # Each is of its form since it was stored: the kinds of kit see to that.
    own: dict[str, Any] = {name: asset.details.get(name) for name in _OWN}
    return fact(
        entity_id=asset.asset_id,
        entity_version=asset.version,
        la_code=asset.la_code,
        school_id=asset.school_id,
        tag=asset.tag,
        category=asset.category,
        manufacturer=asset.manufacturer,
        model=asset.model,
        status=asset.status,
        purchased_on=asset.purchased_on,
        price_pence=asset.price_pence,
        cfr_code=asset.cfr_code,
        warranty_until=asset.warranty_until,
        support_until=asset.support_until,
        disposed_on=asset.disposed_on,
        **own,
        merged_into=asset.merged_into,
    )
