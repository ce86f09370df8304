"""What becomes of an asset that the school has when a file tells of it."""

from dataclasses import replace

from inventory.assets import model as assets
from inventory.assets.model import Asset
from inventory.history.model import Happened
from inventory.sheets.model.columns import DETAIL
from inventory.sheets.model.rows import Told

_NEVER = frozenset({"tag", "school_urn"})
_OF_NO_COLUMN = frozenset({"details", "status", "warranty_months"})


def updated(asset: Asset, told: Told) -> Asset:
    """Put over an asset what a row itself tells; what its file's columns lack stays.

    Raises:
        assets.AssetRetired, assets.IllegalMove: it cannot become that.
        assets.AssetMerged: it is another asset by now.
    """
    assets.present(asset)
    row = told.asset.model_dump()
    named = {each for each in told.named if not each.startswith(DETAIL)}
    if asset.status in assets.OUT_OF_USE:
        if "status" in named and row["status"] != asset.status:
            raise assets.AssetRetired
        return asset
    new = asset
    if row["details"]:
        details = assets.details_of(asset, row["category"], row["details"])
        new = replace(new, details=details)
    plain = named - _NEVER - _OF_NO_COLUMN
    new = replace(new, **{name: row[name] for name in plain})
    if "warranty_months" in named and row["warranty_until"] is not None:
        new = replace(new, warranty_until=row["warranty_until"])
    if "status" not in named:
        return new
    if row["status"] == "retired":
        return assets.retired(new)
    return assets.changed_status(new, row["status"])


def happened(old: Asset, new: Asset) -> Happened:
    """Name what a row did, as an asset's history has it."""
    return "retired" if new.status == "retired" != old.status else "changed"
