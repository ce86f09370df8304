"""What counts as a device, and what of an asset a comparison needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.inventory import AssetDeparted, AssetFact

DEVICE_CATEGORIES = frozenset({"desktop", "laptop", "tablet"})
IN_HAND = frozenset({"in-use", "in-store", "in-repair"})
"""States of what a school has: neither still on order nor lost, and not out of use."""
DEVICES = "desktops, laptops and tablets in use, in store or in repair"
"""Pupils' devices in words, as every formula says them."""

DEPARTED = "departed"
"""Of this LA's row only: the asset stands in another LA, which has a row of its own."""


@dataclass(frozen=True, slots=True)
class Asset:
    """What one LA knows of an asset at `version`."""

    la_code: str
    school_id: UUID
    asset_id: UUID
    category: str
    status: str
    purchased_on: date | None
    version: int
    is_device: bool


@dataclass(frozen=True, slots=True)
class DevicesOfYear:
    """How many devices of a category were bought in a year; None where unknown."""

    category: str
    bought_in: int | None
    devices: int


def is_device(category: str, status: str) -> bool:
    """A device that pupils use: desktop, laptop or tablet, in the school's hands."""
    return category in DEVICE_CATEGORIES and status in IN_HAND


def as_said(fact: AssetFact) -> Asset:
    """Read an asset from a fact; one that left the LA stays as a mark of its version.

    The mark refuses what the LA's stream may still say of the time before it left.
    """
    status = DEPARTED if isinstance(fact, AssetDeparted) else fact.status
    return Asset(
        la_code=fact.la_code,
        school_id=fact.school_id,
        asset_id=fact.entity_id,
        category=fact.category,
        status=status,
        purchased_on=fact.purchased_on,
        version=fact.entity_version,
        is_device=is_device(fact.category, status),
    )


def assets_of(facts: Iterable[AssetFact]) -> list[Asset]:
    return [as_said(fact) for fact in facts]
