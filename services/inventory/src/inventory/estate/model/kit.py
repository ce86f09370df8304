"""Kit in use as it is counted, and why a piece of it deserves a look."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from inventory.assets.model import Status
from inventory.kinds.model.categories import Category

Age = Literal["under-1", "1", "2", "3", "4", "5", "6", "7-and-over", "unknown"]
_IN_ORDER: tuple[Age, ...] = get_args(Age)
UNKNOWN = -1
AGES: Mapping[int, Age] = {
    **dict(enumerate(_IN_ORDER[:-1])),
    UNKNOWN: _IN_ORDER[-1],
}
"""By whole years since the purchase, as the queries count them."""
YEARS: Mapping[Age, int] = {age: years for years, age in AGES.items()}
Concern = Literal[
    "past-life",
    "life-ending",
    "out-of-warranty",
    "warranty-ending",
    "out-of-support",
    "support-ending",
    "unseen",
    "missed",
    "gaps",
    "no-serial",
    "no-room",
    "no-purchase-date",
    "no-price",
]
KitSort = Literal["tag", "-tag"]
UNSEEN = timedelta(days=30)
"""So long a machine that reports may be silent."""
SOON = timedelta(days=90)
LATELY = timedelta(days=7)
_ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment that a question is asked at, and what follows from it."""

    now: datetime

    @property
    def today(self) -> date:
        """The day in England: in summer it begins an hour before that of UTC."""
        return self.now.astimezone(_ENGLAND).date()

    @property
    def soon(self) -> date:
        return self.today + SOON

    @property
    def since(self) -> datetime:
        """Midnight of a week ago in England: all day an answer stays the same."""
        began = datetime.combine(self.today - LATELY, time(), _ENGLAND)
        return began.astimezone(UTC)

    def told(self) -> dict[str, date | datetime]:
        """Say it as the queries take it."""
        return {
            "today": self.today,
            "soon": self.soon,
            "unseen_before": self.now - UNSEEN,
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of some kit in use.

    Each count stands beside the kit that it can be said of: `past_life` of those
    `dated`, `out_of_warranty` of those `warranted`, `out_of_support` of those
    `supported`, `unseen` of those `reporting`, the gaps of those that are `physical`.
    `lasting` are those of a kind with an expected life, `missed` those that were not
    where they should be as people last counted.
    """

    assets: int = 0
    lasting: int = 0
    dated: int = 0
    past_life: int = 0
    life_ending: int = 0
    warranted: int = 0
    out_of_warranty: int = 0
    warranty_ending: int = 0
    supported: int = 0
    out_of_support: int = 0
    support_ending: int = 0
    reporting: int = 0
    unseen: int = 0
    missed: int = 0
    physical: int = 0
    gaps: int = 0
    no_serial: int = 0
    no_room: int = 0
    no_purchase_date: int = 0
    no_price: int = 0


@dataclass(frozen=True, slots=True)
class Kit:
    """A piece of kit in use, with what makes it deserve a look. Times are UTC."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    sort_tag: str
    category: Category
    manufacturer: str
    model: str
    serial: str | None
    room: str | None
    purchased_on: date | None
    price_pence: int | None
    warranty_until: date | None
    support_until: date | None
    replace_on: date | None
    seen_at: datetime | None
    seen_on: date | None
    missed_on: date | None


@dataclass(frozen=True, slots=True)
class KitFilter:
    """Which kit in use a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    category: Category | None = None
    age: Age | None = None
    room: str | None = None
    concern: Concern | None = None
    model: str | None = None
    """A make and model as they are written, whatever their case."""
    month: str | None = None
    """Such as 2026-09: in which what ends is to end, in place of the next 90 days."""


def ends_between(clock: Clock, month: str | None) -> tuple[date, date]:
    """Say between which days what ends is to end, the two among them."""
    if month is None:
        return clock.today, clock.soon
    year, number = map(int, month.split("-"))
    _, days = monthrange(year, number)
    first = date(year, number, 1)
    return max(first, clock.today), first.replace(day=days)


Counted = Literal["all", "age", "category", "room", "status"]


@dataclass(frozen=True, slots=True)
class Group(Figures):
    """What is counted of all kit, or of one age, kind, room or status of it.

    `number` is all that has the status, in use or not; the age is in years.
    """

    counted: Counted = "all"
    name: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class OfStatus:
    """How many assets have a status."""

    status: Status
    assets: int
