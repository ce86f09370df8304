"""Straight-line depreciation: every penny of the price, over the months of a life."""

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.depreciation import model
from inventory.depreciation.model import Begins, Valued

TODAY = date(2026, 7, 20)
PRICES = st.integers(0, 10_000_000_000)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
BEGINNINGS = st.sampled_from(list(model.BEGINS))


def bought(
    price: int | None = 60_000,
    on: date | None = date(2024, 1, 31),
    years: int | None = 5,
    gone: date | None = None,
    status: str = "in-use",
) -> Valued:
    return Valued(UUID(int=1), price, on, years, status, gone)


def slow(price: int, on: date, years: int, until: date) -> int:
    """Write off month by month, as one would with a pencil: what is due so far."""
    due, at = 0, (on.year, on.month)
    months = years * 12
    for nth in range(1, months + 1):
        if at > (until.year, until.month):
            break
        due = price * nth // months
        at = (at[0] + 1, 1) if at[1] == 12 else (at[0], at[1] + 1)
    return due


def test_five_years_of_a_laptop_as_a_school_writes_them() -> None:
    found = model.schedule(bought(), TODAY, "april")

    told = [
        (y.begins.isoformat(), y.charge_pence, y.book_value_pence) for y in found.years
    ]
    assert told == [
        ("2023-04-01", 3_000, 57_000),
        ("2024-04-01", 12_000, 45_000),
        ("2025-04-01", 12_000, 33_000),
        ("2026-04-01", 12_000, 21_000),
        ("2027-04-01", 12_000, 9_000),
        ("2028-04-01", 9_000, 0),
    ]
    # January 2024 to July 2026 are 31 of its 60 months.
    assert found.book_value_pence == 60_000 - 31_000


def test_an_academys_year_begins_in_september() -> None:
    found = model.schedule(bought(on=date(2024, 9, 1), years=1), TODAY, "september")

    [only] = found.years
    assert (only.begins, only.ends) == (date(2024, 9, 1), date(2025, 8, 31))
    assert (only.charge_pence, only.book_value_pence) == (60_000, 0)
    assert found.book_value_pence == 0


@given(PRICES, DAYS, st.integers(1, 30), BEGINNINGS)
def test_the_years_sum_to_the_price_to_the_penny(
    price: int, on: date, years: int, begins: Begins
) -> None:
    found = model.schedule(bought(price, on, years), on, begins).years

    assert sum(y.charge_pence for y in found) == price
    assert found[-1].book_value_pence == 0
    assert all(y.charge_pence >= 0 == y.disposal_pence for y in found)
    assert found[0].begins <= on <= found[0].ends
    assert len(found) in {years, years + 1}
    for before, after in pairwise(found):
        assert (after.begins - before.ends).days == 1
        assert before.book_value_pence - after.charge_pence == after.book_value_pence


@given(PRICES, DAYS, st.integers(1, 30), DAYS, BEGINNINGS)
def test_a_value_is_what_the_pencil_leaves(
    price: int, on: date, years: int, today: date, begins: Begins
) -> None:
    found = model.schedule(bought(price, on, years), today, begins)

    assert found.book_value_pence == price - slow(price, on, years, today)
    for each in found.years:
        assert each.book_value_pence == price - slow(price, on, years, each.ends)


@given(PRICES, DAYS, st.integers(1, 30), st.integers(0, 15_000), BEGINNINGS)
def test_what_is_left_goes_when_the_asset_goes(
    price: int, on: date, years: int, days: int, begins: Begins
) -> None:
    gone = date.fromordinal(on.toordinal() + days)
    found = model.schedule(bought(price, on, years, gone), gone, begins)

    assert found.book_value_pence == 0
    charged = sum(y.charge_pence + y.disposal_pence for y in found.years)
    assert charged == price
    assert found.years[-1].book_value_pence == 0
    assert all(y.disposal_pence == 0 for y in found.years[:-1])
    assert found.years[-1].begins <= max(gone, on)


def test_one_that_is_sold_later_has_its_value_until_then() -> None:
    found = model.schedule(bought(gone=date(2027, 1, 1)), TODAY, "april")

    assert found.book_value_pence == 29_000
    last = found.years[-1]
    assert (last.begins, last.charge_pence) == (date(2026, 4, 1), 10_000)
    assert (last.disposal_pence, last.book_value_pence) == (23_000, 0)


@pytest.mark.parametrize(
    ("asset", "lacks"),
    [
        (bought(price=None), ["price"]),
        (bought(on=None), ["purchase-date"]),
        (bought(price=None, years=None), ["price", "expected-life"]),
        (bought(on=date.min), ["purchase-date"]),
        (bought(on=date.max), ["purchase-date"]),
        (bought(status="ordered"), ["not-held"]),
        (bought(status="cancelled"), ["not-held"]),
    ],
)
def test_what_is_lacking_is_named(asset: Valued, lacks: list[str]) -> None:
    found = model.schedule(asset, TODAY, "april")

    assert (found.lacks, found.years, found.book_value_pence) == (lacks, [], None)
