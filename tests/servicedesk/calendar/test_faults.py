"""What no calendar can be is told by its place, all of it at once."""

from datetime import date

import pytest

from servicedesk.calendar.model.hours import Kind, Span, weekdays
from servicedesk.calendar.model.layers import Layer, faults
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from tests.servicedesk.calendar.world import AUTUMN, OCTOBER, layer

SATURDAY = date(2025, 9, 6)


def test_a_sound_calendar_has_no_fault() -> None:
    assert (
        faults(layer(Period(Stretch.INSET, date(2025, 9, 1), date(2025, 9, 2)))) == []
    )


@pytest.mark.parametrize(
    ("periods", "pointer", "word"),
    [
        ([Period(Stretch.TERM, AUTUMN.last, AUTUMN.first)], "/periods/0/last", "after"),
        (
            [AUTUMN, Period(Stretch.TERM, AUTUMN.last, date(2026, 3, 27))],
            "/periods/1/first",
            "overlaps the term at /periods/0",
        ),
        (
            [Period(Stretch.TERM, SATURDAY, date(2025, 9, 7))],
            "/periods/0",
            "a day that pupils come",
        ),
        (
            [
                Period(Stretch.TERM, OCTOBER.first, OCTOBER.last),
                OCTOBER,
            ],
            "/periods/0",
            "a day that pupils come",
        ),
        ([OCTOBER], "/periods/0", "within a term"),
        ([Period(Stretch.INSET, SATURDAY, SATURDAY)], "/periods/0", "no weekend"),
        (
            [Period(Stretch.INSET, date(2026, 5, 4), date(2026, 5, 4))],
            "/periods/0",
            "no bank holiday",
        ),
        (
            [Period(Stretch.CLOSURE, date(1999, 12, 31), date(2000, 1, 1))],
            "/periods/0/last",
            "2000 to 2099",
        ),
        (
            [
                Period(Stretch.EXAMS, date(2026, 5, 11), date(2026, 6, 26)),
                Period(Stretch.EXAMS, date(2026, 6, 26), date(2026, 6, 27)),
            ],
            "/periods/1/first",
            "overlaps the exams",
        ),
    ],
)
def test_a_period_that_cannot_be_is_told_by_its_place(
    periods: list[Period], pointer: str, word: str
) -> None:
    [fault] = faults(Layer(tuple(periods)))

    assert fault.pointer == pointer
    assert word in fault.detail


def test_periods_of_two_kinds_may_lie_over_each_other() -> None:
    exams = Period(Stretch.EXAMS, date(2025, 11, 3), date(2025, 11, 14))
    assert faults(layer(exams)) == []


@pytest.mark.parametrize(
    "spans",
    [
        (Span(600, 600),),
        (Span(-1, 600),),
        (Span(600, 1441),),
        (Span(480, 720), Span(720, 960)),
        (Span(720, 960), Span(480, 700)),
    ],
)
def test_hours_that_cannot_be_are_told_by_the_kind_of_day(
    spans: tuple[Span, ...],
) -> None:
    week = (spans, *weekdays(480, 960)[1:])

    [fault] = faults(Layer((), (), {Kind.SCHOOL_DAY: week}))

    assert fault.pointer == "/hours/school-day"


def test_a_week_of_six_days_is_none() -> None:
    [fault] = faults(Layer((), (), {Kind.INSET: weekdays(480, 960)[:6]}))
    assert fault.pointer == "/hours/inset"


def test_parts_that_cannot_be_are_told_by_their_place() -> None:
    day = date(2025, 9, 4)
    parts = (
        DayPart(Part.HALF_DAY, day, Span(480, 720)),
        DayPart(Part.TWILIGHT, day, Span(960, 900)),
        DayPart(Part.HALF_DAY, day, Span(720, 960)),
        DayPart(Part.HALF_DAY, SATURDAY, Span(480, 720)),
    )

    found = [fault.pointer for fault in faults(Layer((), parts))]

    assert found == ["/parts/1/closes", "/parts/2/day", "/parts/3/day"]


def test_all_faults_are_told_at_once() -> None:
    said = Layer(
        (Period(Stretch.TERM, AUTUMN.last, AUTUMN.first), OCTOBER),
        (DayPart(Part.TWILIGHT, SATURDAY, Span(960, 900)),),
        {Kind.INSET: ()},
    )
    assert len(faults(said)) == 5
