"""How the portal writes values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from gateway.portal.templates import formats


def test_a_date_is_written_out_without_a_leading_zero() -> None:
    assert formats.day(date(2026, 9, 3)) == "3 September 2026"


@pytest.mark.parametrize(
    ("utc", "written"),
    [
        (datetime(2026, 7, 1, 13, 5, tzinfo=UTC), "1 July 2026 at 2:05pm"),
        (datetime(2026, 1, 1, 13, 5, tzinfo=UTC), "1 January 2026 at 1:05pm"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026 at 12:30am"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "1 December 2026 at 12:00pm"),
    ],
    ids=["summer time", "winter time", "past midnight in London", "noon"],
)
def test_a_moment_is_on_the_clock_of_london(utc: datetime, written: str) -> None:
    assert formats.moment(utc) == written


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234567, 0, "1,234,567"),
        (2.25, 1, "2.3"),
        (0.05, 1, "0.1"),
        (-1234.5, 1, "\u22121,234.5"),
        (None, 1, "\u2013"),
    ],
)
def test_a_number_has_separators_and_rounds_half_up(
    value: float | None, places: int, written: str
) -> None:
    assert formats.number(value, places) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (0, "£0.00"),
        (Decimal("-3.999"), "\u2212£4.00"),
    ],
)
def test_money_is_pounds_and_pence(value: Decimal | int, written: str) -> None:
    assert formats.pounds(value) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        *((0, "1 KB"), (1, "1 KB"), (1_536, "2 KB"), (1_023 << 10, "1,023 KB")),
        *(((1 << 20) - 1, "1 MB"), (1 << 20, "1 MB"), (3_565_158, "3.4 MB")),
        (10 << 20, "10 MB"),
    ],
)
def test_a_size_is_told_in_the_unit_that_suits(size: int, written: str) -> None:
    assert formats.size(size) == written


def test_a_count_agrees_with_its_noun() -> None:
    assert formats.count(1, "school") == "1 school"
    assert formats.count(1200, "school") == "1,200 schools"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_in_a_cell_is_never_a_formula(start: str) -> None:
    assert formats.csv_cell(f"{start}1+1") == f"'{start}1+1"


def test_a_negative_number_in_a_cell_stays_a_number() -> None:
    assert formats.csv_cell(-1.5) == "-1.5"
    assert formats.csv_cell(None) == ""
