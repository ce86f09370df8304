"""What an asset is, and what may be done with it; nothing here touches the world."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles

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
Sort = Literal["tag", "model", "-changed_at"]

CATEGORIES: tuple[Category, ...] = get_args(Category)

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

    school_urn: int | None = None
    category: Category | None = None
    status: Status | None = None
    q: str | None = None


class AssetNotFound(errors.NotFound):
    """No such asset, or none that the caller may know of: said alike."""

    slug = "asset-not-found"
    title = "There is no such asset within your scope"


class AssetTagTaken(errors.Conflict):
    """Another asset of the school bears the tag."""

    slug = "asset-tag-taken"
    title = "Another asset of this school has this tag"

    def __init__(self, tag: str) -> None:
        fault = errors.Fault("/tag", f"{tag} is taken")
        super().__init__(tag=tag, errors=[fault])


class AssetRetired(errors.Conflict):
    """A retired asset stays as it was."""

    slug = "asset-retired"
    title = "This asset is retired and stays as it was"


def working(asset: Asset) -> Asset:
    """Vouch that an asset may still be changed, moved or retired.

    Raises:
        AssetRetired: it is out of use for good.
    """
    if asset.status == "retired":
        raise AssetRetired
    return asset


def retired(asset: Asset) -> Asset:
    """Take an asset out of use for good; it has no place any more."""
    return replace(working(asset), status="retired", room=None)
