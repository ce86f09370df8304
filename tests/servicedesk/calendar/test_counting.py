"""380 sessions and five days of training, by real schools' published dates."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from servicedesk.calendar.model.counting import count
from servicedesk.calendar.model.hours import Kind, Span
from servicedesk.calendar.model.layers import Layer, faults
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from tests.servicedesk.calendar import reference

KINDS = {
    "pupils": Stretch.TERM,
    "term": Stretch.TERM,
    "half_term": Stretch.HALF_TERM,
    "inset": Stretch.INSET,
}


def published(real_data: Path, school: str, year: str) -> Layer:
    content = (real_data / "calendars" / "school_term_dates.csv").read_text("utf-8")
    periods = [
        Period(
            KINDS[row["kind"]],
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
        )
        for row in csv.DictReader(content.splitlines())
        if row["school"].startswith(school) and row["year"] == year
        # Bank holidays are known without being written.
        if row["kind"] in KINDS
    ]
    assert periods
    return Layer(tuple(periods))


def test_denton_has_190_days_to_the_day(real_data: Path) -> None:
    said = published(real_data, "Denton", "2025-26")

    found = count(said, 2025)

    assert faults(said) == []
    assert (found.days, found.sessions, found.inset_half_days) == (190, 380, 10)
    assert (found.first, found.last) == (date(2025, 9, 3), date(2026, 7, 17))
    assert found.lacking_days == found.lacking_sessions == 0
    assert found.lacking_inset_half_days == 0


@pytest.mark.parametrize(
    ("school", "year", "days", "inset_half_days"),
    [
        ("Purbrook", "2025-26", 190, 10),
        ("OWPS", "2026-27", 188, 14),
        # Its page says no INSET days: they are among these.
        ("Hasland", "2026-27", 195, 0),
    ],
)
def test_other_schools_hold_what_their_pages_say(
    real_data: Path, school: str, year: str, days: int, inset_half_days: int
) -> None:
    said = published(real_data, school, year)

    found = count(said, int(year[:4]))

    assert faults(said) == []
    assert (found.days, found.inset_half_days) == (days, inset_half_days)
    autumn = date(int(year[:4]), 8, 1)
    kinds = [reference.kind_of(said, autumn + timedelta(n)) for n in range(365)]
    assert kinds.count(Kind.SCHOOL_DAY) == days


def test_half_days_and_twilights_count_as_halves(real_data: Path) -> None:
    whole = published(real_data, "Denton", "2025-26")
    parts = (
        DayPart(Part.HALF_DAY, date(2025, 12, 19), Span(480, 720)),
        DayPart(Part.TWILIGHT, date(2025, 11, 5), Span(960, 1080)),
        # On a day of the holidays nobody leaves early.
        DayPart(Part.HALF_DAY, date(2025, 12, 22), Span(480, 720)),
    )

    found = count(Layer(whole.periods, parts), 2025)

    assert (found.days, found.sessions, found.inset_half_days) == (190, 379, 11)
    assert found.lacking_sessions == 1


def test_a_year_of_which_nothing_is_written_lacks_all(real_data: Path) -> None:
    found = count(published(real_data, "Denton", "2025-26"), 2026)

    assert (found.lacking_days, found.lacking_sessions) == (190, 380)
    assert (found.first, found.last) == (None, None)
