"""When work may be done, and every reason why not."""

from datetime import date

import pytest

from servicedesk.calendar.model.hours import Span
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from servicedesk.calendar.model.windows import (
    DISRUPTIVE,
    SMALL,
    Objection,
    Reason,
    Rules,
    objections,
)
from tests.servicedesk.calendar.world import at, layer

EXAMS = Period(Stretch.EXAMS, date(2026, 5, 11), date(2026, 6, 26), "GCSEs")
CENSUS = Period(Stretch.CENSUS, date(2025, 10, 2), date(2025, 10, 2), "Autumn census")
VISIT = Period(Stretch.INSPECTION, date(2025, 10, 2), date(2025, 10, 3), "Ofsted")
SAID = layer(EXAMS, CENSUS, VISIT)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (("2025-10-29", "09:00"), ("2025-10-29", "17:00")),
        (("2025-09-10", "16:00"), ("2025-09-11", "08:00")),
        (("2025-09-06", "09:00"), ("2025-09-07", "17:00")),
    ],
    ids=["half-term", "overnight", "weekend"],
)
def test_where_nothing_speaks_against_it_a_suite_is_rebuilt(
    start: tuple[str, str], end: tuple[str, str]
) -> None:
    assert objections(SAID, at(*start), at(*end), DISRUPTIVE) == []


def test_every_reason_is_told_once_with_the_first_day_it_holds() -> None:
    found = objections(
        SAID, at("2025-10-01", "17:00"), at("2025-10-03", "12:00"), DISRUPTIVE
    )

    assert found == [
        Objection(Reason.LESSONS, date(2025, 10, 2), "Autumn"),
        Objection(Reason.CENSUS, date(2025, 10, 2), "Autumn census"),
        Objection(Reason.INSPECTION, date(2025, 10, 2), "Ofsted"),
    ]


def test_a_small_change_waits_for_exams_and_not_for_lessons() -> None:
    lesson = at("2025-09-10", "10:00"), at("2025-09-10", "11:00")
    exam = at("2026-05-12", "17:00"), at("2026-05-12", "18:00")

    assert objections(SAID, *lesson, SMALL) == []
    assert [each.reason for each in objections(SAID, *exam, SMALL)] == [Reason.EXAMS]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2025-11-28", []),
        ("2025-11-29", [Reason.END_OF_TERM]),
        ("2025-12-19", [Reason.END_OF_TERM]),
        ("2025-12-20", []),
    ],
)
def test_no_suite_is_rebuilt_three_weeks_before_a_term_ends(
    day: str, wanted: list[Reason]
) -> None:
    evening = at(day, "18:00"), at(day, "22:00")
    found = objections(SAID, *evening, DISRUPTIVE)
    assert [each.reason for each in found] == wanted


def test_training_after_school_needs_what_it_trains_on() -> None:
    day = date(2025, 9, 17)
    twilight = DayPart(Part.TWILIGHT, day, Span(960, 1080), "New markbook")
    said = Layer(SAID.periods, (twilight,), SAID.hours)

    during = objections(
        said, at("2025-09-17", "17:59"), at("2025-09-17", "20:00"), DISRUPTIVE
    )
    after = objections(
        said, at("2025-09-17", "18:00"), at("2025-09-17", "20:00"), DISRUPTIVE
    )

    assert during == [Objection(Reason.TRAINING, day, "New markbook")]
    assert after == []


def test_a_window_that_ends_at_midnight_is_not_of_the_next_day() -> None:
    evening = at("2025-10-01", "18:00"), at("2025-10-02", "00:00")
    assert objections(SAID, *evening, DISRUPTIVE) == []


@pytest.mark.parametrize("rules", [SMALL, DISRUPTIVE])
def test_of_a_year_without_terms_nobody_can_say(rules: Rules) -> None:
    august = at("2026-08-12", "09:00"), at("2026-08-12", "17:00")

    found = objections(SAID, *august, rules)

    assert found == [Objection(Reason.NOT_WRITTEN, date(2026, 8, 12), "")]


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it begins"):
        objections(SAID, at("2025-10-02", "09:00"), at("2025-10-02", "09:00"), SMALL)
