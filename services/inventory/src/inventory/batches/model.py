"""What is asked of many assets at once, and what comes of each; no I/O here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast
from uuid import UUID

from chassis import errors
from chassis.auth import Actor
from inventory.assets import model as assets
from inventory.assets.model import (
    Asset,
    Disposal,
    Going,
    SettableStatus,
    Status,
    Tagged,
)
from inventory.history.model import Changes, Happened
from inventory.schools.model import School

Result = Literal[
    "done",
    "unchanged",
    "stale",
    "not-found",
    "forbidden",
    "illegal",
    "tag-taken",
    "out",
    "repeated",
]

Step = Literal["changed", "moved", "retired", "reinstated", "disposed"]
"""What is done to many at once, as the history of each has it."""
MOST = 500
_LEAVING: Mapping[Status, Happened] = {
    "retired": "retired",
    "disposed": "disposed",
    "cancelled": "changed",
}
"""What an asset's leaving is called in its history, by the state it came to."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to happen to each, with what that takes."""

    happened: Step
    status: SettableStatus | None = None
    disposal: Disposal | None = None
    school: School | None = None
    site: str | None = None
    building: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of those asked for: where it was asked, and how it went."""

    pointer: str
    result: Result
    version: int | None = None
    """The version that it has since, where it is changed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of all of them, in the order in which they were asked for."""

    batch_id: UUID
    results: list[Outcome]


class BatchNotFound(errors.NotFound):
    """No such change of many, or none of the caller's: said alike."""

    slug = "batch-not-found"
    title = "There is no such change of yours to take back"


def judged(actor: Actor, asset: Asset, version: int) -> Result | None:
    """Say why an asset that is there is not to be touched at all, or None."""
    if not actor.may(assets.ACCESS.read, asset.la_code, asset.school_id):
        return "not-found"
    if not actor.may(assets.ACCESS.write, asset.la_code, asset.school_id):
        return "forbidden"
    return None if asset.version == version else "stale"


def changed(
    asset: Asset, change: Change, retirement: Changes | None
) -> Asset | Literal["unchanged", "illegal"]:
    """Say what an asset becomes."""
    try:
        new = _new(asset, change, retirement)
    except (assets.AssetRetired, assets.AssetNotRetired, assets.IllegalMove):
        return "illegal"
    return new if new != asset else "unchanged"


def _new(asset: Asset, change: Change, retirement: Changes | None) -> Asset:
    match change.happened:
        case "retired":
            return assets.retired(asset)
        case "reinstated":
            return assets.reinstated(asset, retirement)
        case "moved":
            return _moved(assets.working(asset), change)
        case "disposed":
            return assets.disposed(asset, cast("Disposal", change.disposal))
        case "changed":
            status = cast("SettableStatus", change.status)
            return assets.changed_status(asset, status)


def _moved(asset: Asset, change: Change) -> Asset:
    if change.school is None or change.school.school_id == asset.school_id:
        # Nothing is moved to where it is; what it says of a room stays.
        if not (change.site or change.building or change.room):
            return asset
        return replace(
            asset, site=change.site, building=change.building, room=change.room
        )
    return replace(
        asset,
        school_urn=change.school.urn,
        school_id=change.school.school_id,
        la_code=change.school.la_code,
        site=change.site,
        building=change.building,
        room=change.room,
    )


def taken_back(asset: Asset, changes: Changes) -> tuple[Asset, Happened]:
    """Say what an asset was before a change, and what taking it back is called."""
    old = replace(asset, **assets.before(asset, changes))
    if old.school_id != asset.school_id:
        return old, "moved"
    if old.status in assets.OUT_OF_USE and old.status != asset.status:
        if asset.status == "disposed":
            return old, "reinstated"
        return old, _LEAVING[old.status]
    return old, "reinstated" if asset.status in assets.OUT_OF_USE else "changed"


def without_taken(going: Mapping[UUID, Going], taken: set[Tagged]) -> set[UUID]:
    """Name those that would bring a tag along that another asset of the school has.

    `taken` holds the tags that are used where something is to go, in small letters; of
    two that bring the same tag along, the first has it.
    """
    refused: set[UUID] = set()
    used = set(taken)
    for asset_id, each in going.items():
        if each.taken(used):
            refused.add(asset_id)
        used |= {Tagged(each.asset.school_id, tag.lower()) for tag in each.tags}
    return refused
