"""A calendar changed later leaves past clocks as they were."""

import random
from datetime import UTC, date, timedelta

from servicedesk.calendar.model.hours import Kind, weekdays
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import Period, Stretch
from servicedesk.calendar.model.versions import Version, school_time, together
from tests.servicedesk.calendar import reference
from tests.servicedesk.calendar.world import LONG_AGO, at, hours, layer

FIRST, LAST = date(2025, 8, 1), date(2026, 7, 31)
SNOW = Period(Stretch.CLOSURE, date(2026, 1, 8), date(2026, 1, 8), "Snow")
WRITTEN = Version(LONG_AGO, layer())


def test_a_closure_written_at_noon_takes_the_afternoon_and_not_the_morning() -> None:
    noon = Version(at("2026-01-08", "12:00"), layer(SNOW))
    clock = school_time([WRITTEN, noon], FIRST, LAST)

    assert clock.elapsed(at("2026-01-08", "00:00"), at("2026-01-09", "00:00")) == hours(
        4
    )
    assert clock.add(at("2026-01-08", "11:00"), hours(2)) == at("2026-01-09", "09:00")


def test_a_closure_written_a_week_late_changes_no_clock() -> None:
    late = Version(at("2026-01-15", "09:00"), layer(SNOW))
    before = school_time([WRITTEN], FIRST, LAST)
    after = school_time([WRITTEN, late], FIRST, LAST)

    assert before == after


def test_an_opening_that_two_versions_share_is_one() -> None:
    again = Version(at("2025-09-04", "11:30"), layer())
    assert school_time([WRITTEN, again], FIRST, LAST) == school_time(
        [WRITTEN], FIRST, LAST
    )


def test_whatever_is_written_later_the_past_is_measured_as_it_was() -> None:
    rng = random.Random(5)
    for _ in range(200):
        first = reference.beginning(rng)
        start = reference.instant(first) + timedelta(hours=1)
        last = first + timedelta(12)
        written = [Version(start, reference.layer(rng, first, 12))]
        for _ in range(rng.randrange(1, 4)):
            since = written[-1].since + timedelta(seconds=rng.randrange(3 * 86400))
            before = school_time(written, first, last)
            written.append(Version(since, reference.layer(rng, first, 12)))
            after = school_time(written, first, last)
            for _ in range(20):
                one, other = (start + rng.random() * (since - start) for _ in range(2))
                begins, ends = min(one, other), max(one, other)
                assert before.elapsed(begins, ends) == after.elapsed(begins, ends)
                assert before.is_open(begins) == after.is_open(begins)


def test_each_moment_is_judged_by_what_was_written_then() -> None:
    rng = random.Random(6)
    for _ in range(100):
        first = reference.beginning(rng)
        start = reference.instant(first) + timedelta(hours=1)
        written = [
            Version(start + number * timedelta(days=2), reference.layer(rng, first, 12))
            for number in range(4)
        ]
        clock = school_time(written, first, first + timedelta(12))
        for _ in range(50):
            moment = start + rng.randrange(96 * 10) * reference.STEP
            governs = [each for each in written if each.since <= moment][-1]
            assert clock.is_open(moment) == reference.is_open(governs.layer, moment)


def test_a_school_has_a_new_calendar_when_its_la_or_it_writes_one() -> None:
    late_start = Layer((), (), {Kind.SCHOOL_DAY: weekdays(600, 960)})
    authority = [WRITTEN, Version(at("2026-01-08", "07:00"), layer(SNOW))]
    school = [Version(at("2025-11-03", "00:00"), late_start)]

    found = list(together(authority, school))

    assert [version.since.astimezone(UTC) for version in found] == [
        LONG_AGO.astimezone(UTC),
        at("2025-11-03", "00:00"),
        at("2026-01-08", "07:00"),
    ]
    clock = school_time(found, FIRST, LAST)
    assert clock.next_opening(at("2025-10-24", "00:00")) == at("2025-10-24", "08:00")
    assert clock.next_opening(at("2025-11-03", "00:00")) == at("2025-11-03", "10:00")
    assert clock.next_opening(at("2026-01-08", "07:00")) == at("2026-01-09", "10:00")
