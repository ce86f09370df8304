"""What electricity costs, place by place; nothing here touches the world.

An LA says what its schools pay from a day on; a school that has a contract of its own
says so itself, and from the first day of that its own prices hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from chassis.errors import Fault
from inventory.assets.model import ACCESS as ASSETS
from inventory.kinds.model import lives

MOST_PENCE_PER_MWH = 1_000_000
"""Ten pounds a kilowatt-hour."""
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
MOST = 200
"""Prices of one place."""
ACCESS = Access(read=ASSETS.read, write=lives.ACCESS.write)
AUTHORITY_WRITERS = lives.AUTHORITY_WRITERS
"""As with the years that kit lasts: each school may say its own."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a megawatt-hour costs from a day on, in pence; of an LA, or of a school."""

    la_code: str
    school_id: UUID | None
    starts_on: date
    pence_per_mwh: int


@dataclass(frozen=True, slots=True)
class Said:
    """A price of a place that is known, in pence for a megawatt-hour."""

    starts_on: date
    pence_per_mwh: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of a place, the newest first, and which of them holds today.

    `authority` are those of the LA, which hold where a school has none of its own.
    """

    own: list[Said]
    authority: list[Said]
    pence_per_mwh: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """Days with one price, of an LA or of a school: from the first, before the last."""

    la_code: str
    school_id: UUID | None
    starts_on: date
    ends_on: date
    pence_per_mwh: int


class TooManyPrices(errors.Conflict):
    """A place changes its supplier now and then, not every day."""

    slug = "too-many-prices"
    title = (
        f"More than {MOST} prices are kept of no school or LA: remove old ones first"
    )


class PriceDayUnlikely(errors.Invalid):
    """A price that is said to begin then is a slip: nothing could follow from it."""

    slug = "price-day-unlikely"
    title = "A price does not begin on this day"


def require_likely(starts_on: date) -> None:
    """Refuse a day on which no price begins that anybody reckons with.

    Raises:
        PriceDayUnlikely: it is too long ago, or too far ahead.
    """
    if not EARLIEST <= starts_on <= LATEST:
        detail = f"Give a day from {EARLIEST.isoformat()} to {LATEST.isoformat()}"
        raise PriceDayUnlikely(faults=[Fault("/starts_on", detail)])


def require_room(
    prices: Iterable[Price],
    school_id: UUID | None,
    before: Price | None,
    pence_per_mwh: int | None,
) -> None:
    """Refuse one more price than is kept of a place.

    Raises:
        TooManyPrices: it has them all.
    """
    own = sum(price.school_id == school_id for price in prices)
    if before is None and pence_per_mwh is not None and own >= MOST:
        raise TooManyPrices


def told(prices: Sequence[Price], school_id: UUID | None, today: date) -> Tariff:
    """Lay out the prices of a school, or of an LA where none is named."""
    newest = sorted(prices, key=lambda price: price.starts_on, reverse=True)
    authority = [price for price in newest if price.school_id is None]
    own = [price for price in newest if price.school_id == school_id]
    begun = [price for price in own if price.starts_on <= today]
    begun += [price for price in authority if price.starts_on <= today]
    holds = begun[0].pence_per_mwh if begun else None
    of_authority = authority if school_id else []
    return Tariff(_said(own), _said(of_authority), holds)


def _said(prices: Iterable[Price]) -> list[Said]:
    return [Said(price.starts_on, price.pence_per_mwh) for price in prices]


def spans(said: Iterable[Price]) -> list[Span]:
    """Say which price holds when, of each LA and of each school with its own."""
    authorities: dict[str, list[Price]] = {}
    schools: dict[UUID, list[Price]] = {}
    for price in sorted(said, key=lambda price: price.starts_on):
        if price.school_id is None:
            authorities.setdefault(price.la_code, []).append(price)
        else:
            schools.setdefault(price.school_id, []).append(price)
    found = [
        span
        for prices in authorities.values()
        for span in _in_a_row(prices, None, LATEST)
    ]
    for school_id, own in schools.items():
        first = own[0].starts_on
        of_authority = authorities.get(own[0].la_code, [])
        before = [price for price in of_authority if price.starts_on < first]
        found += _in_a_row(before, school_id, first)
        found += _in_a_row(own, school_id, LATEST)
    return found


def _in_a_row(
    prices: Sequence[Price], school_id: UUID | None, until: date
) -> list[Span]:
    ends = [*(price.starts_on for price in prices[1:]), until]
    return [
        Span(price.la_code, school_id, price.starts_on, end, price.pence_per_mwh)
        for price, end in zip(prices, ends, strict=False)
    ]


def changed(price: Price | None, pence_per_mwh: int | None) -> bool:
    """Say whether a price becomes another; None is none."""
    return (price.pence_per_mwh if price else None) != pence_per_mwh


def at(prices: Iterable[Price], school_id: UUID | None, day: date) -> Price | None:
    """Find what a place itself says from a day on."""
    found = (p for p in prices if p.school_id == school_id and p.starts_on == day)
    return next(found, None)
