"""What each day is, and how a school's words lie over its LA's."""

from datetime import date

from servicedesk.calendar.model import days
from servicedesk.calendar.model.hours import Kind, Span, weekdays
from servicedesk.calendar.model.layers import Layer, inherit
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from tests.servicedesk.calendar.world import AUTUMN, layer


def told(said: Layer, day: date) -> days.Day:
    [found] = days.each(said, day, day)
    return found


def on(kind: Stretch, day: date, name: str = "") -> Period:
    return Period(kind, day, day, name)


def test_the_first_kind_that_holds_is_the_days() -> None:
    said = layer(
        on(Stretch.INSET, date(2025, 9, 1), "Safeguarding"),
        on(Stretch.CLOSURE, date(2026, 1, 8), "Snow"),
        on(Stretch.INSET, date(2026, 1, 8)),
    )
    wanted = {
        date(2025, 9, 1): (Kind.INSET, "Safeguarding"),
        date(2025, 9, 2): (Kind.HOLIDAY, ""),
        date(2025, 9, 3): (Kind.SCHOOL_DAY, "Autumn"),
        date(2025, 9, 6): (Kind.WEEKEND, ""),
        date(2025, 10, 28): (Kind.HALF_TERM, ""),
        date(2025, 12, 25): (Kind.BANK_HOLIDAY, "Christmas Day"),
        date(2026, 1, 8): (Kind.CLOSED, "Snow"),
        date(2026, 5, 4): (Kind.BANK_HOLIDAY, "May Day"),
    }

    found = {day: told(said, day) for day in wanted}

    assert {day: (d.kind, d.name) for day, d in found.items()} == wanted


def test_a_half_day_is_one_session_and_open_within_its_span() -> None:
    last = date(2025, 12, 19)
    half = DayPart(Part.HALF_DAY, last, Span(0, 13 * 60))
    said = Layer((AUTUMN,), (half,), {Kind.SCHOOL_DAY: weekdays(480, 960)})

    assert told(said, last).sessions == 1
    assert told(said, last).spans == (Span(480, 780),)
    assert told(said, date(2025, 12, 18)).sessions == 2


def test_what_falls_on_a_day_leaves_it_the_kind_it_is() -> None:
    census = date(2025, 10, 2)
    twilight = DayPart(Part.TWILIGHT, census, Span(16 * 60, 18 * 60))
    said = Layer((AUTUMN, on(Stretch.CENSUS, census)), (twilight,), {})

    found = told(said, census)

    assert found.kind is Kind.SCHOOL_DAY
    assert found.marks == {Stretch.CENSUS}
    assert found.twilight == twilight


def test_a_school_adds_its_inset_days_to_its_las() -> None:
    authority = layer(on(Stretch.INSET, date(2025, 9, 2)))
    school = Layer((on(Stretch.INSET, date(2025, 11, 3)),))

    said = inherit(authority, school)

    assert told(said, date(2025, 9, 2)).kind is Kind.INSET
    assert told(said, date(2025, 11, 3)).kind is Kind.INSET
    assert told(authority, date(2025, 11, 3)).kind is Kind.SCHOOL_DAY


def test_a_school_with_terms_of_its_own_has_its_las_in_no_part_of_that_year() -> None:
    authority = layer(
        on(Stretch.INSET, date(2025, 9, 2)),
        on(Stretch.CENSUS, date(2025, 10, 2)),
        Period(Stretch.TERM, date(2026, 9, 2), date(2026, 12, 18), "Next autumn"),
    )
    school = Layer((Period(Stretch.TERM, date(2025, 8, 20), date(2025, 12, 10)),))

    said = inherit(authority, school)

    assert told(said, date(2025, 9, 2)).kind is Kind.SCHOOL_DAY
    assert told(said, date(2025, 10, 28)).kind is Kind.SCHOOL_DAY
    assert told(said, date(2025, 12, 11)).kind is Kind.HOLIDAY
    assert told(said, date(2026, 1, 6)).kind is Kind.HOLIDAY
    assert told(said, date(2025, 10, 2)).marks == {Stretch.CENSUS}
    assert told(said, date(2026, 9, 2)).name == "Next autumn"


def test_hours_are_taken_over_for_each_kind_of_day_alone() -> None:
    school = Layer((), (), {Kind.INSET: weekdays(540, 720)})

    said = inherit(layer(), school)

    assert said.hours[Kind.INSET] == weekdays(540, 720)
    assert said.hours[Kind.SCHOOL_DAY] == weekdays(480, 960)
