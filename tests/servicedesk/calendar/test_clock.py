"""Working time against a slow, obvious reference, and at its edges."""

import random
from datetime import date, datetime, timedelta

import pytest

from servicedesk.calendar.model.clock import NotCovered
from servicedesk.calendar.model.layers import Layer
from tests.servicedesk.calendar import reference
from tests.servicedesk.calendar.world import at, compiled, hours, year

CALENDARS, INTERVALS, DAYS = 2000, 50, 12
QUARTERS = 96 * (DAYS - 1)


@pytest.mark.parametrize("seed", range(4))
def test_100_000_random_intervals_are_measured_as_step_by_step(seed: int) -> None:
    """The clock adds up; the reference looks at each quarter of an hour."""
    rng = random.Random(seed)
    for _ in range(CALENDARS // 4):
        first = reference.beginning(rng)
        layer = reference.layer(rng, first, DAYS)
        clock = compiled(layer, first, first + timedelta(DAYS))
        origin = reference.instant(first) + timedelta(hours=1)
        worked = reference.steps(layer, origin, QUARTERS)
        for _ in range(INTERVALS):
            begins, ends = sorted(rng.choices(range(QUARTERS + 1), k=2))
            start = origin + begins * reference.STEP
            end = origin + ends * reference.STEP
            wanted = sum(worked[begins:ends]) * reference.STEP

            assert clock.elapsed(start, end) == wanted, (layer, start, end)
            assert begins == QUARTERS or clock.is_open(start) == worked[begins]
            if wanted:
                over = clock.add(start, wanted)
                assert over <= end
                assert all(not each for each in worked[quarter(origin, over) : ends])
                assert worked[quarter(origin, over) - 1]


def quarter(origin: datetime, instant: datetime) -> int:
    number, rest = divmod(instant - origin, reference.STEP)
    assert not rest
    return number


def test_to_the_second_what_is_added_has_elapsed_and_no_sooner() -> None:
    rng = random.Random(11)
    for _ in range(300):
        first = reference.beginning(rng)
        clock = compiled(
            reference.layer(rng, first, DAYS), first, first + timedelta(DAYS)
        )
        start = reference.instant(first) + timedelta(
            seconds=rng.randrange(3600, 86400 * DAYS)
        )
        end = start + timedelta(seconds=rng.randrange(86400))
        end = min(end, reference.instant(first) + timedelta(DAYS))
        work = clock.elapsed(min(start, end), end)
        if work:
            over = clock.add(start, work)
            assert clock.elapsed(start, over) == work
            before = over - timedelta(seconds=1)
            assert clock.elapsed(start, before) == work - timedelta(seconds=1)


def test_a_day_is_over_when_it_closes_and_not_when_the_next_opens() -> None:
    assert year().add(at("2025-09-03", "08:00"), hours(8)) == at("2025-09-03", "16:00")


def test_a_second_more_is_the_next_school_day() -> None:
    friday = at("2025-09-05", "08:00")

    over = year().add(friday, hours(8) + timedelta(seconds=1))

    assert over == at("2025-09-08", "08:00") + timedelta(seconds=1)


def test_no_work_is_over_at_once_even_at_night() -> None:
    night = at("2025-09-06", "23:00")
    assert year().add(night, timedelta(0)) == night


def test_a_pause_over_a_weekend_credits_what_school_time_it_held() -> None:
    """Paused from Friday 3pm to Monday 9am: two hours of school, not 66."""
    clock, opened = year(), at("2025-09-05", "13:00")
    paused, resumed = at("2025-09-05", "15:00"), at("2025-09-08", "09:00")

    credit = clock.elapsed(paused, resumed)

    assert credit == hours(2)
    assert clock.add(opened, hours(8) + credit) == at("2025-09-08", "15:00")


def test_what_is_reported_in_the_holidays_begins_when_school_does() -> None:
    august = at("2025-08-20", "11:00")

    assert year().next_opening(august) == at("2025-09-03", "08:00")
    assert year().add(august, hours(1)) == at("2025-09-03", "09:00")
    assert year().elapsed(august, at("2025-09-03", "08:30")) == hours(0.5)


def test_it_is_open_from_the_first_second_up_to_the_last() -> None:
    clock = year()
    edges = {"07:59:59": False, "08:00:00": True, "15:59:59": True, "16:00:00": False}

    for shown, wanted in edges.items():
        assert clock.is_open(at("2025-09-03", shown)) is wanted, shown
    assert clock.next_opening(at("2025-09-03", "12:00")) == at("2025-09-03", "12:00")
    assert clock.next_opening(at("2025-09-03", "16:00")) == at("2025-09-04", "08:00")


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(ValueError, match="backwards"):
        year().elapsed(at("2025-09-04", "09:00"), at("2025-09-03", "09:00"))
    with pytest.raises(ValueError, match="not less than none"):
        year().add(at("2025-09-04", "09:00"), timedelta(hours=-1))


def test_beyond_what_is_written_nothing_is_guessed() -> None:
    july = at("2026-07-22", "15:00")

    with pytest.raises(NotCovered, match=r"2025-07-31T23.* to 2026-07-31T23"):
        year().add(july, hours(2))
    with pytest.raises(NotCovered):
        year().next_opening(at("2026-07-22", "16:00"))
    with pytest.raises(NotCovered):
        year().elapsed(july, at("2026-08-01", "09:00"))
    with pytest.raises(NotCovered):
        year().is_open(at("2025-07-31", "23:00"))
    assert year().elapsed(july, at("2026-08-01", "00:00")) == hours(1)


def test_a_calendar_without_hours_is_never_open() -> None:
    clock = compiled(Layer(), date(2025, 9, 1), date(2025, 9, 30))

    all_of_it = at("2025-09-01", "00:00"), at("2025-10-01", "00:00")
    assert clock.elapsed(*all_of_it) == hours(0)
    with pytest.raises(NotCovered):
        clock.add(at("2025-09-01", "09:00"), hours(1))
