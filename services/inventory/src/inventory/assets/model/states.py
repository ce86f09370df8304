"""The states of an asset, from ordered to disposed, and how it passes between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from chassis import errors
from inventory.assets.model.asset import Asset, DisposalMethod, Status
from inventory.assets.model.changes import before
from inventory.history.model import Changes

NewStatus = Literal["ordered", "in-use", "in-store", "in-repair"]
"""What an asset may be as it is registered."""
SettableStatus = Literal[
    "ordered", "in-use", "in-store", "in-repair", "missing", "cancelled"
]
"""What may be said of an asset; the other states come of a step of their own."""

MOVES: Mapping[Status, tuple[Status, ...]] = {
    "ordered": ("in-store", "in-use", "cancelled"),
    "in-store": ("in-use", "in-repair", "missing", "retired"),
    "in-use": ("in-store", "in-repair", "missing", "retired"),
    "in-repair": ("in-use", "in-store", "missing", "retired"),
    "missing": ("in-use", "in-store", "retired", "disposed"),
    "retired": ("disposed",),
    "disposed": (),
    "cancelled": (),
}
"""Whither from where; who is out of use gets back only by being reinstated."""
OUT_OF_USE: frozenset[Status] = frozenset({"retired", "disposed", "cancelled"})
_BACK: Mapping[Status, Status] = {
    "retired": "in-store",
    "disposed": "retired",
    "cancelled": "ordered",
}
"""What one becomes again where nothing was kept of how it was before."""


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset left for good; the reference is, say, of the waste transfer note."""

    on: date
    method: DisposalMethod
    reference: str | None


class IllegalMove(errors.Conflict):
    """An asset does not pass from its state to that one; `legal` names where it may."""

    slug = "illegal-state-move"
    title = "An asset in this state cannot pass to that one"

    def __init__(self, present: Status, wanted: Status) -> None:
        legal = MOVES[present]
        may = f"it may become {' or '.join(legal)}" if legal else "it stays as it is"
        super().__init__(
            f"This asset is {present} and cannot become {wanted}: {may}",
            present=present,
            legal=legal,
            errors=[errors.Fault("/status", f"From {present}, {may}")],
        )


class AssetRetired(errors.Conflict):
    """What is out of use stays as it was, unless it is reinstated."""

    slug = "asset-retired"
    title = "This asset is out of use and stays as it was"


class AssetMerged(AssetRetired):
    """It was merged into another, which counts in its place: `merged_into`."""

    slug = "asset-merged"
    title = "This asset was merged into another"

    def __init__(self, merged_into: UUID) -> None:
        super().__init__(merged_into=merged_into)


class AssetNotRetired(errors.Conflict):
    """Only what is out of use can be reinstated."""

    slug = "asset-not-retired"
    title = "This asset is not out of use"


def present(asset: Asset) -> Asset:
    """Vouch that an asset is not the duplicate of another.

    Raises:
        AssetMerged: it was merged into another.
    """
    if asset.merged_into is not None:
        raise AssetMerged(asset.merged_into)
    return asset


def working(asset: Asset) -> Asset:
    """Vouch that an asset may still be changed, moved or retired.

    Raises:
        AssetMerged: it was merged into another.
        AssetRetired: it is out of use for good.
    """
    if present(asset).status in OUT_OF_USE:
        raise AssetRetired
    return asset


def changed_status(asset: Asset, status: SettableStatus) -> Asset:
    """Let an asset pass to another state, or stay in its own.

    Raises:
        AssetRetired: it is out of use for good.
        IllegalMove: no way leads there from where it is.
    """
    if status == working(asset).status:
        return asset
    if status not in MOVES[asset.status]:
        raise IllegalMove(asset.status, status)
    return replace(asset, status=status)


def retired(asset: Asset) -> Asset:
    """Take an asset out of use; it has no place any more.

    Raises:
        AssetRetired: it is out of use already.
        IllegalMove: it never arrived.
    """
    if "retired" not in MOVES[working(asset).status]:
        raise IllegalMove(asset.status, "retired")
    return replace(asset, status="retired", site=None, building=None, room=None)


def disposed(asset: Asset, disposal: Disposal) -> Asset:
    """Let an asset leave for good; it was retired, or has gone missing, before.

    Raises:
        AssetMerged: it was merged into another.
        IllegalMove: it is in use, or gone already.
    """
    if "disposed" not in MOVES[present(asset).status]:
        raise IllegalMove(asset.status, "disposed")
    return replace(
        asset,
        status="disposed",
        site=None,
        building=None,
        room=None,
        disposed_on=disposal.on,
        disposal_method=disposal.method,
        disposal_reference=disposal.reference,
    )


def reinstated(asset: Asset, leaving: Changes | None) -> Asset:
    """Bring an asset back as it was before it was taken out of use, at any time.

    What was disposed of is back among the retired: it is undone step by step. Where
    nothing was kept of how it was, it is in store and in no room.

    Raises:
        AssetMerged: it was merged into another.
        AssetNotRetired: it is in use as it is.
    """
    if present(asset).status not in OUT_OF_USE:
        raise AssetNotRetired
    back = {"status": _BACK[asset.status]}
    gone = {"disposed_on": None, "disposal_method": None, "disposal_reference": None}
    return replace(asset, **(gone | back | before(asset, leaving or {})))
