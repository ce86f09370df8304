"""An asset, who may read and write it, and why one is refused."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from inventory.kinds.model.categories import Category
from inventory.kinds.model.fields import Value

Status = Literal[
    "ordered",
    "in-use",
    "in-store",
    "in-repair",
    "missing",
    "retired",
    "disposed",
    "cancelled",
]
CfrCode = Literal["E20A", "E20B", "E20C", "E20D", "E20E", "E20F", "E20G"]
"""What was bought, by the DfE's Consistent Financial Reporting framework."""
DisposalMethod = Literal[
    "recycled", "sold", "donated", "returned", "scrapped", "written-off"
]
Match = Literal["exact", "near"]
Sort = Literal[
    "tag", "-tag", "model", "-model", "-changed_at", "purchased_on", "-purchased_on"
]

MOST_COUNTED = 100_000

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
    """One piece of kit, as it stands at `version`. Times are UTC, money is pence.

    `expected_years` is how long such kit lasts by the school's policy, or else the
    LA's, and `replace_on` follows from it: neither is stored with the asset.
    """

    asset_id: UUID
    school_id: UUID
    school_urn: int
    la_code: str
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None
    site: str | None
    building: str | None
    room: str | None
    status: Status
    order_number: str | None
    ordered_on: date | None
    purchased_on: date | None
    price_pence: int | None
    supplier: str | None
    funding_line: str | None
    cfr_code: CfrCode | None
    warranty_until: date | None
    support_until: date | None
    expected_years: int | None
    replace_on: date | None
    disposed_on: date | None
    disposal_method: DisposalMethod | None
    disposal_reference: str | None
    details: Mapping[str, Value]
    version: int
    registered_at: datetime
    changed_at: datetime
    merged_into: UUID | None = None
    """The asset that this duplicate is, in the end; it is cancelled then."""


@dataclass(frozen=True, slots=True)
class Written:
    """A make and model as they are written on kit of an LA, and as lists sort them."""

    la_code: str
    manufacturer: str
    model: str
    sort_model: str

    @property
    def key(self) -> str:
        """Say all of it in one text, as the database compares it."""
        return f"{self.la_code}\n{self.manufacturer}\n{self.model}"


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    category: Category | None = None
    status: Status | None = None
    room: str | None = None
    q: str | None = None
    warranty_by: date | None = None
    """Those whose warranty ends on that day at the latest."""
    match: Match = "exact"
    """Whether the words of `q` are taken as typed, or with one letter wrong in each."""
    held: bool | None = None
    """False: out of use, that is retired, disposed of or cancelled; True: all else."""
    written: Sequence[Written] | None = None
    """Those that bear a make and model in one of these ways."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many a listing holds in all; at least so many where it is not exact."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag, in small letters, at a school: of one asset at most."""

    school_id: UUID
    tag: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A tag that goes wherever an asset goes, since a duplicate of it bears it."""

    asset_id: UUID
    tag: str


@dataclass(frozen=True, slots=True)
class Going:
    """An asset as it is to be at another school, and all the tags that go with it."""

    asset: Asset
    tags: Sequence[str]

    def taken(self, used: Container[Tagged]) -> str | None:
        """Name a tag of it that is used where it goes, or None."""
        at = self.asset.school_id
        return next((t for t in self.tags if Tagged(at, t.lower()) in used), None)


class AssetNotFound(errors.NotFound):
    """No such asset, or none that the caller may know of: said alike."""

    slug = "asset-not-found"
    title = "There is no such asset within your scope"


class AssetTagTaken(errors.Conflict):
    """Another asset of the school bears the tag."""

    slug = "asset-tag-taken"
    title = "Another asset of this school has this tag"


class AssetOut(errors.Conflict):
    """Somebody has the asset; `detail` says who, where one may know."""

    slug = "asset-out"
    title = "This asset is out: take it back first"


def tag_taken(tag: str) -> AssetTagTaken:
    return AssetTagTaken(tag=tag, errors=[errors.Fault("/tag", f"{tag} is taken")])
