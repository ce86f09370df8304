"""Both changes of the clocks: an hour that is not there, and one that comes twice."""

from datetime import date

import pytest

from servicedesk.calendar.model.hours import ALWAYS, Kind, Span, Week
from servicedesk.calendar.model.layers import Layer
from tests.servicedesk.calendar.world import at, compiled, hours, layer

FORWARD, BACK = date(2026, 3, 29), date(2025, 10, 26)


def open_in(week: Week) -> Layer:
    return Layer((), (), dict.fromkeys(Kind, week))


@pytest.mark.parametrize(("day", "wanted"), [(FORWARD, 23), (BACK, 25)])
def test_a_desk_that_never_closes_works_the_hours_that_there_are(
    day: date, wanted: int
) -> None:
    clock = compiled(open_in(ALWAYS), date(2025, 8, 1), date(2026, 7, 31))
    shown = day.isoformat()
    following = date.fromordinal(day.toordinal() + 1).isoformat()

    assert clock.elapsed(at(shown, "00:00"), at(following, "00:00")) == hours(wanted)
    assert clock.opens == (clock.begins,)


def test_an_hour_that_no_clock_shows_is_not_worked() -> None:
    """Open from 1am to 2am, on the night when 1am is 2am at once."""
    clock = compiled(open_in(((Span(60, 120),),) * 7), FORWARD, date(2026, 3, 30))

    night = at("2026-03-29", "00:00"), at("2026-03-29", "12:00")
    assert clock.elapsed(*night) == hours(0)
    assert clock.next_opening(at("2026-03-29", "00:30")) == at("2026-03-30", "01:00")


def test_an_hour_that_is_shown_twice_is_worked_twice() -> None:
    """Open from 1.15am to 1.45am, which comes twice, with a break between."""
    clock = compiled(open_in(((Span(75, 105),),) * 7), BACK, BACK)

    night = at("2025-10-26", "00:00"), at("2025-10-26", "12:00")
    assert clock.elapsed(*night) == hours(1)
    assert clock.is_open(at("2025-10-26", "01:30"))
    assert clock.is_open(at("2025-10-26", "01:30", again=True))
    assert not clock.is_open(at("2025-10-26", "01:50"))
    assert clock.next_opening(at("2025-10-26", "01:50")) == at(
        "2025-10-26", "01:15", again=True
    )


def test_a_school_opens_at_8_by_the_clock_on_its_wall_before_and_after() -> None:
    clock = compiled(layer(), date(2025, 8, 1), date(2026, 7, 31))
    friday, monday = at("2026-03-27", "15:00"), at("2026-04-13", "08:00")

    assert clock.next_opening(at("2026-03-27", "16:00")) == monday
    assert clock.add(friday, hours(2)) == at("2026-04-13", "09:00")
    assert clock.elapsed(friday, monday) == hours(1)
