"""Next year's dates are drafted from this year's, weekday by weekday."""

from datetime import date

import pytest

from servicedesk.calendar.model.counting import count
from servicedesk.calendar.model.hours import Span
from servicedesk.calendar.model.layers import Layer, faults
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from servicedesk.calendar.model.rolling import has_year, propose
from tests.servicedesk.calendar.world import AUTUMN, OCTOBER, SPRING, layer

MAY = Period(Stretch.HALF_TERM, date(2026, 5, 25), date(2026, 5, 29))


def drafted(*more: Period, parts: tuple[DayPart, ...] = ()) -> Layer:
    said = layer(MAY, *more)
    said = Layer(said.periods, parts, said.hours)
    return propose(said, said, 2025)


def of_kind(said: Layer, kind: Stretch) -> list[tuple[date, date]]:
    return [
        (each.first, each.last)
        for each in said.periods
        if each.kind is kind and each.first >= date(2026, 8, 1)
    ]


def test_terms_keep_their_weekdays_and_nothing_of_this_year_is_lost() -> None:
    said = drafted()

    assert of_kind(said, Stretch.TERM) == [
        (date(2026, 9, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 3, 26)),
        (date(2027, 4, 12), date(2027, 7, 21)),
    ]
    assert {AUTUMN, SPRING, OCTOBER, MAY} <= set(said.periods)
    assert faults(said) == []
    assert count(said, 2026).days > 180
    assert has_year(said, 2026)
    assert not has_year(said, 2027)


def test_the_half_term_in_may_stays_with_its_bank_holiday() -> None:
    """31 May 2027 is 53 weeks after 25 May 2026."""
    assert of_kind(drafted(), Stretch.HALF_TERM) == [
        (date(2026, 10, 26), date(2026, 10, 30)),
        (date(2027, 5, 31), date(2027, 6, 4)),
    ]


def test_a_year_that_began_in_september_does_not_begin_in_august() -> None:
    term = Period(Stretch.TERM, date(2026, 9, 1), date(2026, 12, 18))
    said = propose(Layer((term,)), Layer((term,)), 2026)

    assert of_kind(said, Stretch.TERM)[-1] == (date(2027, 9, 7), date(2027, 12, 24))


def test_a_schools_own_days_move_with_its_las_terms() -> None:
    """The LA's year moves by 53 weeks, so the school's INSET day does, too."""
    term = Period(Stretch.TERM, date(2026, 9, 1), date(2026, 12, 18))
    own = Layer((Period(Stretch.INSET, date(2026, 10, 2), date(2026, 10, 2)),))

    said = propose(own, Layer((term, *own.periods)), 2026)

    assert said.periods[-1].first == date(2027, 10, 8)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2025, 10, 2), date(2026, 10, 1)),
        (date(2026, 1, 15), date(2027, 1, 21)),
        (date(2026, 5, 21), date(2027, 5, 20)),
        (date(2026, 5, 31), date(2027, 5, 30)),
    ],
    ids=["first Thursday", "third Thursday", "third of May", "a fifth Sunday"],
)
def test_a_census_keeps_its_place_in_the_month(day: date, wanted: date) -> None:
    found = of_kind(drafted(Period(Stretch.CENSUS, day, day)), Stretch.CENSUS)
    assert found == [(wanted, wanted)]


def test_what_happened_once_is_not_drafted() -> None:
    snow = Period(Stretch.CLOSURE, date(2026, 1, 8), date(2026, 1, 8))
    visit = Period(Stretch.INSPECTION, date(2026, 2, 3), date(2026, 2, 4))

    said = drafted(snow, visit)

    assert of_kind(said, Stretch.CLOSURE) == of_kind(said, Stretch.INSPECTION) == []


def test_training_on_what_will_be_a_bank_holiday_is_a_day_later() -> None:
    """28 December 2026 stands in for Boxing Day, which is a Saturday."""
    training = Period(Stretch.INSET, date(2025, 12, 29), date(2025, 12, 29))

    assert of_kind(drafted(training), Stretch.INSET) == [
        (date(2026, 12, 29), date(2026, 12, 29))
    ]


def test_half_days_move_and_are_left_out_where_nobody_comes() -> None:
    parts = (
        DayPart(Part.HALF_DAY, date(2025, 12, 19), Span(480, 720)),
        DayPart(Part.TWILIGHT, date(2025, 12, 29), Span(960, 1080)),
    )

    said = drafted(parts=parts)

    assert [part.day for part in said.parts] == [
        date(2025, 12, 19),
        date(2025, 12, 29),
        date(2026, 12, 18),
    ]
