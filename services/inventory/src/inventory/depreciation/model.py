"""Depreciation in a straight line, month by month; nothing here touches the world.

What kit cost is written off in equal parts over its expected life (FRS 102, 17.22),
from the month of its purchase on, which counts in full; nothing is left at the end. The
years are the school's policy, else its LA's, else custom. Each part is what is due by
then less what was due before, in whole pence: they sum to the price.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from inventory.kinds.model.categories import Category

Begins = Literal["april", "september"]
"""When a financial year begins: of maintained schools, and of academies."""
BEGINS: dict[Begins, int] = {"april": 3, "september": 8}
"""As months after January."""
AHEAD = 5
"""Years that are told, from that of the day that is asked on."""
Lack = Literal["price", "purchase-date", "expected-life", "not-held"]
_OF_A_YEAR = 12
NOT_HELD = frozenset({"ordered", "cancelled", "disposed"})
"""States of what a school does not have: it counts in no sum."""
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""What is said to be bought on another day is a slip: nothing follows from it."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What there is to write off: pence, from a month on, over so many months.

    Months are counted from the first of the year 0.
    """

    price_pence: int
    first_month: int
    months: int

    def written_off(self, month: int) -> int:
        """Say in pence what is written off at the end of a month."""
        past = min(max(month - self.first_month + 1, 0), self.months)
        return self.price_pence * past // self.months


@dataclass(frozen=True, slots=True)
class Year:
    """A financial year, its last month, and that before its first."""

    begins: date
    ends: date
    month_before: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Charge:
    """What a year writes off, and what is left at its end; all in pence.

    `disposal_pence` is what was left when the asset went, and is written off with it.
    """

    begins: date
    ends: date
    charge_pence: int
    disposal_pence: int
    book_value_pence: int


@dataclass(frozen=True, slots=True)
class Valued:
    """An asset as far as its value goes."""

    asset_id: UUID
    price_pence: int | None
    purchased_on: date | None
    expected_years: int | None
    status: str
    disposed_on: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What an asset is worth on a day, and what each year writes off of it.

    Where something is lacking there are no years, and no value.
    """

    asset_id: UUID
    as_of: date
    price_pence: int | None
    expected_years: int | None
    book_value_pence: int | None
    lacks: list[Lack]
    years: list[Charge]


@dataclass(frozen=True, slots=True)
class OfYear:
    """What a year writes off of all kit that a place has now."""

    place: int
    charge_pence: int
    book_value_pence: int


@dataclass(frozen=True, slots=True)
class OfCategory:
    """What the kit of a kind cost and is worth now; None counts all."""

    category: Category | None
    assets: int
    valued: int
    no_price: int
    no_purchase_date: int
    cost_pence: int
    book_value_pence: int


@dataclass(frozen=True, slots=True)
class YearOfAll:
    """A financial year of all kit that a place has now, in pence."""

    begins: date
    ends: date
    charge_pence: int
    book_value_pence: int


@dataclass(frozen=True, slots=True)
class BookValue:
    """What the kit of a place cost and is worth, and what years to come write off."""

    as_of: date
    assets: int
    valued: int
    no_price: int
    no_purchase_date: int
    cost_pence: int
    book_value_pence: int
    years: list[YearOfAll]
    by_category: list[OfCategory]


def month_of(day: date) -> int:
    return day.year * _OF_A_YEAR + day.month - 1


def year_of(day: date, begins: Begins) -> Year:
    """Find the financial year that a day is in."""
    first = month_of(day) - (day.month - 1 - BEGINS[begins]) % _OF_A_YEAR
    return _year(first)


def years_from(day: date, begins: Begins, count: int = AHEAD) -> list[Year]:
    """Give the year that a day is in, and those after it."""
    first = year_of(day, begins).month_before + 1
    return [_year(first + nth * _OF_A_YEAR) for nth in range(count)]


def _year(first_month: int) -> Year:
    after = first_month + _OF_A_YEAR
    ends = _first_of(after) - timedelta(days=1)
    return Year(_first_of(first_month), ends, first_month - 1, after - 1)


def _first_of(month: int) -> date:
    return date(month // _OF_A_YEAR, month % _OF_A_YEAR + 1, 1)


def schedule(asset: Valued, as_of: date, begins: Begins) -> Schedule:
    """Say what an asset is worth on a day, and what each year writes off of it."""
    worth, lacks = _worth(asset)
    if worth is None:
        told = (asset.asset_id, as_of, asset.price_pence, asset.expected_years)
        return Schedule(*told, None, lacks, [])
    gone = asset.disposed_on is not None and asset.disposed_on <= as_of
    left = 0 if gone else worth.price_pence - worth.written_off(month_of(as_of))
    return Schedule(
        asset.asset_id,
        as_of,
        asset.price_pence,
        asset.expected_years,
        left,
        [],
        list(_charges(worth, asset.disposed_on, begins)),
    )


def _worth(asset: Valued) -> tuple[Worth | None, list[Lack]]:
    if asset.status in NOT_HELD and asset.disposed_on is None:
        return None, ["not-held"]
    price, years = asset.price_pence, asset.expected_years
    bought = asset.purchased_on
    if bought is not None and not EARLIEST <= bought <= LATEST:
        bought = None
    if price is not None and bought is not None and years is not None:
        return Worth(price, month_of(bought), years * _OF_A_YEAR), []
    lacks: list[tuple[Lack, object]] = [
        ("price", price),
        ("purchase-date", bought),
        ("expected-life", years),
    ]
    return None, [name for name, value in lacks if value is None]


def _charges(
    worth: Worth, disposed_on: date | None, begins: Begins
) -> Iterator[Charge]:
    """Go through the years of an asset until nothing of it is left."""
    last = worth.first_month + worth.months - 1
    gone = None if disposed_on is None else month_of(disposed_on)
    if gone is not None:
        last = min(last, max(gone, worth.first_month))
    year = year_of(_first_of(worth.first_month), begins)
    while year.month_before < last:
        until = min(year.last_month, last)
        before = worth.written_off(year.month_before)
        charge = worth.written_off(until) - before
        left = worth.price_pence - before - charge
        disposal = left if gone is not None and until == last else 0
        yield Charge(year.begins, year.ends, charge, disposal, left - disposal)
        year = _year(year.last_month + 1)


def book_value(
    as_of: date,
    years: Sequence[Year],
    of_years: Sequence[OfYear],
    of_categories: Sequence[OfCategory],
) -> BookValue:
    """Put what was counted of a place beside its years; what is missing is nothing."""
    by_place = {each.place: each for each in of_years}
    [whole] = [each for each in of_categories if each.category is None]
    return BookValue(
        as_of,
        whole.assets,
        whole.valued,
        whole.no_price,
        whole.no_purchase_date,
        whole.cost_pence,
        whole.book_value_pence,
        [_told(year, by_place.get(nth)) for nth, year in enumerate(years)],
        [each for each in of_categories if each.category is not None],
    )


def _told(year: Year, counted: OfYear | None) -> YearOfAll:
    if counted is None:
        return YearOfAll(year.begins, year.ends, 0, 0)
    return YearOfAll(
        year.begins, year.ends, counted.charge_pence, counted.book_value_pence
    )
