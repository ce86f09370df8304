"""What an asset is, and what may be done with it; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Access
from contracts import roles
from inventory.history.model import Changes, Happened, Happening

Category = Literal[
    "desktop",
    "laptop",
    "tablet",
    "server",
    "network",
    "wireless",
    "printer",
    "scanner",
    "audio-visual",
    "camera",
    "peripheral",
]
WorkingStatus = Literal["in-use", "in-store", "in-repair"]
Status = Literal["in-use", "in-store", "in-repair", "retired"]
Sort = Literal[
    "tag", "-tag", "model", "-model", "-changed_at", "purchased_on", "-purchased_on"
]

CATEGORIES: tuple[Category, ...] = get_args(Category)
MOST_COUNTED = 100_000
_NOT_CHANGES = frozenset({"version", "changed_at", "registered_at"})
_TOLD = (
    *("school_urn", "tag", "category", "manufacturer", "model"),
    *("serial", "room", "status", "purchased_on"),
)

WRITERS = frozenset(
    {
        roles.SCHOOL_TECHNICIAN,
        roles.LA_TECHNICIAN,
        roles.LA_MANAGER,
        roles.RBC_SYSTEM,
    }
)
ACCESS = Access(
    read=WRITERS | {roles.SCHOOL_LEADER, roles.AUDITOR},
    write=WRITERS,
)
REGISTERING = Access(read=roles.NAMED_SCHOOLS, write=WRITERS)
"""Who may not register is told so (403) where they know the school, else 404."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One piece of kit, as it stands at `version`. Times are UTC."""

    asset_id: UUID
    school_id: UUID
    school_urn: int
    la_code: str
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None
    room: str | None
    status: str
    purchased_on: date | None
    version: int
    registered_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    category: Category | None = None
    status: Status | None = None
    room: str | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many a listing holds in all; at least so many where it is not exact."""

    count: int
    is_exact: bool


class AssetNotFound(errors.NotFound):
    """No such asset, or none that the caller may know of: said alike."""

    slug = "asset-not-found"
    title = "There is no such asset within your scope"


class AssetTagTaken(errors.Conflict):
    """Another asset of the school bears the tag."""

    slug = "asset-tag-taken"
    title = "Another asset of this school has this tag"


class AssetRetired(errors.Conflict):
    """A retired asset stays as it was, unless it is reinstated."""

    slug = "asset-retired"
    title = "This asset is retired and stays as it was"


class AssetNotRetired(errors.Conflict):
    """Only a retired asset can be reinstated."""

    slug = "asset-not-retired"
    title = "This asset is not retired"


def tag_taken(tag: str) -> AssetTagTaken:
    return AssetTagTaken(tag=tag, errors=[errors.Fault("/tag", f"{tag} is taken")])


def working(asset: Asset) -> Asset:
    """Vouch that an asset may still be changed, moved or retired.

    Raises:
        AssetRetired: it is out of use for good.
    """
    if asset.status == "retired":
        raise AssetRetired
    return asset


def retired(asset: Asset) -> Asset:
    """Take an asset out of use; it has no place any more."""
    return replace(working(asset), status="retired", room=None)


def reinstated(asset: Asset, retirement: Changes | None) -> Asset:
    """Bring an asset back as it was before it was retired, at any time.

    Where nothing of that was kept, it is in store and in no room.

    Raises:
        AssetNotRetired: it is in use as it is.
    """
    if asset.status != "retired":
        raise AssetNotRetired
    return replace(asset, **({"status": "in-store"} | before(retirement or {})))


def before(changes: Mapping[str, Mapping[str, object]]) -> dict[str, Any]:
    """Read the values that some changes put others in the place of."""
    found: dict[str, Any] = {name: each["before"] for name, each in changes.items()}
    for name, kind in (("school_id", UUID), ("purchased_on", date.fromisoformat)):
        if found.get(name) is not None:
            found[name] = kind(str(found[name]))
    return found


def happening(fact: Happened, old: Asset, new: Asset) -> Happening:
    """Say what made an asset the version that it is."""
    names = [f.name for f in fields(Asset) if f.name not in _NOT_CHANGES]
    changed = {
        name: {"before": getattr(old, name), "after": getattr(new, name)}
        for name in names
        if getattr(old, name) != getattr(new, name)
    }
    return Happening(
        new.la_code, new.school_id, new.asset_id, new.version, fact, changed
    )


def registration(asset: Asset) -> Entry:
    """Say as the audit has it that an asset was registered, and as what."""
    values = {name: getattr(asset, name) for name in _TOLD}
    target = Target("asset", asset.asset_id, asset.la_code, asset.school_id)
    return Entry("asset.registered", target, after=values)
