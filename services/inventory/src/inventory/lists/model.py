"""Kit as a list has it, and which a list shows; nothing here touches the world."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

from inventory.assets.model import Asset, AssetFilter
from inventory.catalogue.model.entries import Support
from inventory.catalogue.model.ways import Known, Names


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which assets a list shows; None means any."""

    kit: AssetFilter
    model_id: UUID | None = None
    """Those of a model of the catalogue, however it is written on them."""
    support: Support | None = None
    """Those whose model's support stands so today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Asset):
    """An asset, and what the catalogue of its LA calls it."""

    known: Known


_FIELDS = tuple(each.name for each in fields(Asset))


def named(found: Iterable[Asset], names: Names) -> list[Listed]:
    """Say of each asset what its LA's catalogue calls it."""
    return [
        Listed(
            **{name: getattr(asset, name) for name in _FIELDS},
            known=names.of(asset.la_code, asset.manufacturer, asset.model),
        )
        for asset in found
    ]
