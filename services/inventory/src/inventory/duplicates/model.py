"""What becomes of two assets that are one thing, and of one that was two; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from inventory.agents.model.registering import UNKNOWN
from inventory.assets import model as assets
from inventory.assets.model import Asset
from inventory.history.model import Changes
from inventory.relations.model import HandedOver

FIELDS = (
    *("manufacturer", "model", "serial", "order_number", "ordered_on"),
    *("purchased_on", "price_pence", "supplier", "funding_line", "cfr_code"),
    *("warranty_until", "support_until"),
)
PLACE = ("site", "building", "room")
"""Where a thing stands: chosen as one, or it would stand where neither was."""
OF_PLACE = "place"
OF_DETAILS = "details."
MOST = 50
"""Merges of one asset, and assets that may be the same, that are told."""
MOST_SUSPECTS = 200
_LEFT = {
    "device": "A machine that came along is taken for something else now",
    "attachment": "A picture or document that came along is no longer there",
    "relation": "A relation that came along has ended",
}
_EMPTY = frozenset({None, "", UNKNOWN})
_REPAIRABLE = frozenset({"in-use", "in-store"})


@dataclass(frozen=True, slots=True)
class Merge:
    """That a duplicate was merged into the asset that is kept, and what moved."""

    merge_id: UUID
    la_code: str
    school_id: UUID
    kept_id: UUID
    kept_tag: str | None
    kept_version: int
    duplicate_id: UUID
    duplicate_tag: str | None
    """None where it stands out of the caller's sight since."""
    duplicate_version: int
    devices: list[UUID]
    attachments: list[UUID]
    repairs: list[UUID]
    relations_ended: list[UUID]
    relations_begun: list[UUID | None]
    merged_by: str
    merged_at: datetime
    split_by: str | None
    split_at: datetime | None
    version: int

    @property
    def relations(self) -> list[HandedOver]:
        both = zip(self.relations_ended, self.relations_begun, strict=True)
        return [HandedOver(ended, begun) for ended, begun in both]


@dataclass(frozen=True, slots=True)
class Moved:
    """What went from a duplicate to the asset that is kept."""

    devices: list[UUID]
    attachments: list[UUID]
    repairs: list[UUID]
    relations: list[HandedOver]


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which a duplicate is not what the asset that is kept is."""

    name: str
    kept: object
    duplicate: object


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much belongs to an asset."""

    devices: int
    attachments: int
    repairs: int
    relations: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: what it fills, and what there is to choose."""

    kept: Asset
    duplicate: Asset
    conflicts: list[Differing]
    filled: list[Differing]
    moves: Belongings


@dataclass(frozen=True, slots=True)
class Likeness:
    """An asset of a school that bears the serial of another."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str
    room: str | None
    status: str
    version: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A serial, in small letters, that several assets of a school bear."""

    serial: str
    assets: int


@dataclass(frozen=True, slots=True)
class Suspects:
    """Assets of a school whose serial another one bears too, by serial."""

    items: Sequence[Likeness]
    is_all: bool
    """False where there are more, with further serials."""


@dataclass(frozen=True, slots=True)
class Since:
    """What is no longer as a merge left it, and what it is now."""

    what: Literal["field", "device", "attachment", "relation"]
    name: str
    """Of a field; else an id."""
    now: object

    @property
    def told(self) -> str:
        if self.what == "field":
            return "It is empty now" if self.now is None else f"It is {self.now} now"
        return _LEFT[self.what]


class MergeNotFound(errors.NotFound):
    """No such merge, or none that the caller may know of: said alike."""

    slug = "asset-merge-not-found"
    title = "There is no such merge within your scope"


class MergeWithItself(errors.Invalid):
    """One asset is named twice."""

    slug = "merge-with-itself"
    title = "An asset is not merged with itself"


class MergeChoiceUnknown(errors.Invalid):
    """What is to be taken from the duplicate is no field of its kind."""

    slug = "merge-choice-unknown"
    title = "Some of what is to be taken is no field of this kind of kit"


class MergeAcrossSchools(errors.Conflict):
    """One thing stands at one school: its record there is the one that is right."""

    slug = "merge-across-schools"
    title = "These two assets are at different schools: move one of them first"


class MergeAcrossKinds(errors.Conflict):
    """Fields that only one of two kinds has would be lost."""

    slug = "merge-across-kinds"
    title = "These two assets are of different kinds: say first which kind it is"


class MergeOfDisposed(errors.Conflict):
    """How it left is a record of its own, which stays."""

    slug = "merge-of-disposed"
    title = "What was disposed of is not merged into what is there still"


class MergeSplit(errors.Conflict):
    """The two are two again."""

    slug = "asset-merge-split"
    title = "These two assets were split again already"


class KeptMerged(errors.Conflict):
    """The asset that was kept was merged itself: that is undone first."""

    slug = "kept-merged"
    title = "The asset that was kept was itself merged since: split that one first"

    def __init__(self, merged_into: UUID) -> None:
        super().__init__(merged_into=merged_into)


class SplitUnclear(errors.Conflict):
    """Some of what was moved or filled is not as the merge left it.

    `changed` says what it is now. Who says `leave_changed` leaves that with the asset
    that was kept, and gets back the rest.
    """

    slug = "split-unclear"
    title = "Some of what the merge moved has changed since"

    def __init__(self, since: Sequence[Since]) -> None:
        faults = [Fault(f"/{each.what}/{each.name}", each.told) for each in since]
        super().__init__(changed=list(since), errors=faults)


def require_one_thing(kept: Asset, duplicate: Asset) -> None:
    """Vouch that two assets may be the same thing.

    Raises:
        AssetMerged: one of them was merged already.
        AssetRetired: the one to be kept is out of use.
        MergeOfDisposed, MergeAcrossSchools, MergeAcrossKinds: as they say.
    """
    assets.working(kept)
    assets.present(duplicate)
    if duplicate.status == "disposed":
        raise MergeOfDisposed
    if duplicate.school_id != kept.school_id:
        raise MergeAcrossSchools
    if duplicate.category != kept.category:
        raise MergeAcrossKinds(kept=kept.category, duplicate=duplicate.category)


def require_fields(take: Sequence[str], known: Mapping[str, object]) -> None:
    """Refuse to take what is no field; `known` are those of the kind of kit.

    Raises:
        MergeChoiceUnknown: some are none.
    """
    names = {*FIELDS, OF_PLACE, *(f"{OF_DETAILS}{name}" for name in known)}
    faults = [
        Fault(f"/take/{at}", "There is no such field")
        for at, name in enumerate(take)
        if name not in names
    ]
    if faults:
        raise MergeChoiceUnknown(faults=faults)


def first_of(shared: Sequence[Shared]) -> list[Shared]:
    """Take serials for as long as no more than MOST_SUSPECTS assets bear them.

    Who bears one is told of whole, so that the first is taken whatever it counts.
    """
    bearing = accumulate(each.assets for each in shared)
    return [
        each
        for at, (each, total) in enumerate(zip(shared, bearing, strict=True))
        if at == 0 or total <= MOST_SUSPECTS
    ]


def differing(kept: Asset, duplicate: Asset) -> tuple[list[Differing], list[Differing]]:
    """Say in which fields the two differ, and which only the duplicate has."""
    ours, theirs = _told(kept), _told(duplicate)
    both: list[Differing] = []
    only: list[Differing] = []
    for name, theirs_is in theirs.items():
        ours_is = ours.get(name)
        if theirs_is in _EMPTY or ours_is == theirs_is:
            continue
        found = Differing(name, ours_is, theirs_is)
        (only if ours_is in _EMPTY else both).append(found)
    return both, only


def filled(kept: Asset, duplicate: Asset, take: Sequence[str]) -> Asset:
    """Say what the asset that is kept becomes: its own, filled, with what is taken."""
    both, only = differing(kept, duplicate)
    names = {each.name for each in only} | ({each.name for each in both} & set(take))
    told: dict[str, Any] = {n: getattr(duplicate, n) for n in FIELDS if n in names}
    if OF_PLACE in names:
        told |= {name: getattr(duplicate, name) for name in PLACE}
    details = {
        name: value
        for name, value in duplicate.details.items()
        if f"{OF_DETAILS}{name}" in names
    }
    return replace(kept, **told, details={**kept.details, **details})


def in_repair(kept: Asset) -> Asset:
    """Let an asset be where its duplicate's open repair has it."""
    if kept.status in _REPAIRABLE:
        return replace(kept, status="in-repair")
    return kept


def merged(duplicate: Asset, kept: Asset) -> Asset:
    return replace(duplicate, status="cancelled", merged_into=kept.asset_id)


def beside(tag: str, moved: Moved, *, back: bool = False) -> Changes:
    """Say as a history has it with whom an asset was merged, and how much moved."""
    told = {
        "moved_devices": len(moved.devices),
        "moved_attachments": len(moved.attachments),
        "moved_repairs": len(moved.repairs),
        "moved_relations": len(moved.relations),
    }
    was, now = (tag, None) if back else (None, tag)
    said: Changes = {"merged_with": {"before": was, "after": now}}
    for name, count in told.items():
        if count:
            said[name] = {"before": None, "after": count}
    return said


def given_back(
    kept: Asset, changes: Changes, *, is_repaired: bool
) -> tuple[Asset, list[Since]]:
    """Take out of an asset what a merge put in; what changed since stays, and is said.

    `changes` is what its history tells of the merge. `is_repaired` says that it is
    being repaired itself, and so stays in that state.
    """
    now = {name: _as_kept(value) for name, value in assets.laid_out(kept).items()}
    fields = {
        name: each
        for name, each in changes.items()
        if name in now or name.startswith(OF_DETAILS)
    }
    other = {n for n, each in fields.items() if now.get(n) != each["after"]}
    if is_repaired:
        other |= {"status"} & fields.keys()
    if other & set(PLACE):
        other |= set(PLACE) & fields.keys()
    same = {name: each for name, each in fields.items() if name not in other}
    said = [name for name in fields if name in other and name != "status"]
    since = [Since("field", name, now.get(name)) for name in said]
    return replace(kept, **assets.before(kept, same)), since


def split_off(
    duplicate: Asset, changes: Changes, kept: Asset, *, is_repaired: bool
) -> Asset:
    """Let a duplicate be an asset of its own again, as it was.

    `is_repaired` says that what it was being repaired for is over.
    """
    status = changes.get("status", {}).get("before", duplicate.status)
    if status == "in-repair" and is_repaired:
        status = kept.status if kept.status in _REPAIRABLE else "in-store"
    told: dict[str, Any] = {"status": status, "merged_into": None}
    return replace(duplicate, **told)


def _told(asset: Asset) -> dict[str, object]:
    """Lay out what there is to choose of an asset."""
    place = ", ".join(part for n in PLACE if (part := getattr(asset, n)))
    own: dict[str, object] = {name: getattr(asset, name) for name in FIELDS}
    details = {f"{OF_DETAILS}{name}": each for name, each in asset.details.items()}
    return {**own, OF_PLACE: place, **details}


def _as_kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
