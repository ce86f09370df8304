"""What left together, and how its data stands; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID
from zlib import crc32

from chassis import errors
from inventory.assets.model import DisposalMethod
from inventory.kinds.model.categories import Category
from inventory.wipes.model import HOLDS_DATA, Method

Sort = Literal["disposed_on", "-disposed_on", "assets", "-assets"]
WasteCategory = Literal[3, 4]
"""Of the UK's Waste Electrical and Electronic Equipment Regulations 2013 (S.I. 3113),
schedule 3: IT and telecommunications equipment, and consumer equipment."""
WASTE_CATEGORIES: Mapping[Category, WasteCategory] = {
    "desktop": 3,
    "laptop": 3,
    "tablet": 3,
    "phone": 3,
    "server": 3,
    "storage": 3,
    "network": 3,
    "wireless": 3,
    "printer": 3,
    "scanner": 3,
    "peripheral": 3,
    "audio-visual": 4,
    "music-media": 4,
    "camera": 4,
}
Data = Literal["erased", "not-verified", "not-erased", "none-known"]
"""How the data on kit stands: erased and seen to be gone, erased as somebody says, not
erased although such kit holds some, or of a kind that is not known to hold any."""


@dataclass(frozen=True, slots=True)
class Disposal:
    """What left a school on one day, in one way and under one reference.

    `holding` of the assets are of a kind that holds data; of `erased` it is seen to be
    gone.
    """

    school_urn: int
    school_name: str
    disposed_on: date
    method: DisposalMethod
    reference: str | None
    assets: int
    holding: int
    erased: int


@dataclass(frozen=True, slots=True)
class Gone:
    """An asset that left, and the last that is known of its data."""

    asset_id: UUID
    school_urn: int
    tag: str
    sort_tag: str
    category: Category
    manufacturer: str
    model: str
    serial: str | None
    wiped_on: date | None
    wipe_method: Method | None
    is_verified: bool | None
    done_by: str | None
    tool: str | None
    certificate: str | None

    @property
    def data(self) -> Data:
        """Say how its data stands, by the last that was written down of it."""
        if self.is_verified is not None:
            return "erased" if self.is_verified else "not-verified"
        return "not-erased" if self.category in HOLDS_DATA else "none-known"

    @property
    def waste_category(self) -> WasteCategory | None:
        """Say under which heading kit of its kind falls as waste; None of no kit."""
        return WASTE_CATEGORIES.get(self.category)


@dataclass(frozen=True, slots=True)
class DisposalFilter:
    """Which disposals a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    method: DisposalMethod | None = None
    q: str | None = None
    """A part of a reference."""


@dataclass(frozen=True, slots=True)
class Which:
    """One disposal of a school; one without a reference has none in any of it."""

    school_urn: int
    disposed_on: date
    method: DisposalMethod
    reference: str | None


class DisposalNotFound(errors.NotFound):
    """Nothing left so, or nothing that the caller may know of: said alike."""

    slug = "disposal-not-found"
    title = "Nothing left so within your scope"


def key_of(each: Disposal, sort: Sort) -> tuple[str | int, str, str]:
    day, which = each.disposed_on.isoformat(), crc32((each.reference or "").encode())
    rest = f"{each.school_urn} {each.method} {which:08x}"
    return (each.assets, day, rest) if sort.endswith("assets") else (day, "", rest)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    return int if sort.endswith("assets") else str, str, str
