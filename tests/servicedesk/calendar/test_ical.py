"""Calendars go out as iCalendar and come back; what others wrote is known by words."""

import random
from datetime import UTC, date, datetime

import icalendar
import pytest

from servicedesk.calendar.model.hours import Span
from servicedesk.calendar.model.ical import Unreadable, read, write
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch
from tests.servicedesk.calendar import reference

ALONE = "BEGIN:VEVENT\nSUMMARY:INSET\nEND:VEVENT"
STAMP = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)


def file_of(*events: str) -> str:
    said = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{said}END:VCALENDAR\n"


def all_day(summary: str, first: str = "20260907", until: str = "20260908") -> str:
    days = f"DTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{until}"
    return f"SUMMARY:{summary}\n{days}"


def test_what_goes_out_comes_back_as_it_was() -> None:
    rng = random.Random(8)
    for _ in range(50):
        first = reference.beginning(rng)
        drawn = reference.layer(rng, first, 12)
        parts = tuple(part for part in drawn.parts if part.day not in reference.CHANGES)

        found = read(write(Layer(drawn.periods, parts), 900001, STAMP).decode())

        assert found.passed_over == []
        assert found.layer.periods == drawn.periods
        assert found.layer.parts == parts


def test_other_programs_find_days_times_and_names() -> None:
    training = Period(
        Stretch.INSET, date(2026, 9, 1), date(2026, 9, 2), "Safety, §1; é"
    )
    twilight = DayPart(Part.TWILIGHT, date(2026, 11, 4), Span(960, 1440), "")

    written = write(Layer((training,), (twilight,)), 900001, STAMP)

    [one, other] = icalendar.Calendar.from_ical(written.decode()).events
    assert (one.start, one.end) == (date(2026, 9, 1), date(2026, 9, 3))
    assert str(one["SUMMARY"]) == "Safety, §1; é"
    assert str(one["UID"]) == "inset-2026-09-01@900001"
    assert other.start == datetime(2026, 11, 4, 16, tzinfo=UTC)
    assert other.end == datetime(2026, 11, 5, tzinfo=UTC)
    assert str(other["SUMMARY"]) == "Twilight"
    # No line is longer than 75 bytes (RFC 5545, section 3.1).
    assert max(map(len, written.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("INSET Day - school closed to pupils", Stretch.INSET),
        ("Staff Training Day", Stretch.INSET),
        ("October Half Term", Stretch.HALF_TERM),
        ("Autumn Half-term holiday", Stretch.HALF_TERM),
        ("Year 11 mock exams", Stretch.EXAMS),
        ("School census", Stretch.CENSUS),
        ("School closed: election", Stretch.CLOSURE),
        ("Autumn Term 1", Stretch.TERM),
    ],
)
def test_words_of_schools_are_known(summary: str, kind: Stretch) -> None:
    found = read(file_of(all_day(summary)))

    day = date(2026, 9, 7)
    assert found.layer.periods == (Period(kind, day, day, summary),)


@pytest.mark.parametrize(
    ("event", "word"),
    [
        (all_day("Term starts"), "one end"),
        (all_day("Last day of term"), "one end"),
        (all_day("May Bank Holiday"), "are known"),
        (all_day("Year 7 disco"), "no kind"),
        (all_day("INSET") + "\nRRULE:FREQ=WEEKLY", "again and again"),
        ("SUMMARY:INSET\nDTSTART:20260907T090000Z\nDTEND:20260907T100000Z", "times"),
        ("SUMMARY:INSET", "cannot be read"),
        ("SUMMARY:INSET\nDTSTART:soon", "cannot be read"),
        (all_day("x") + "\nCATEGORIES:twilight", "has times"),
    ],
)
def test_what_is_not_taken_is_told_with_the_reason(event: str, word: str) -> None:
    found = read(file_of(event, all_day("INSET")))

    [passed] = found.passed_over
    assert word in passed.why
    assert len(found.layer.periods) == 1


def test_an_event_without_an_end_is_a_day() -> None:
    [period] = read(file_of("SUMMARY:INSET\nDTSTART;VALUE=DATE:20260907")).layer.periods
    assert period.last == period.first == date(2026, 9, 7)


def test_a_name_is_one_line_of_what_pages_show() -> None:
    [period] = read(file_of(all_day("INSET\\nfor\u202e all" + "x" * 200))).layer.periods
    assert period.name.startswith("INSET for all")
    assert len(period.name) == 80


@pytest.mark.parametrize("text", ["x", "BEGIN:VCALENDAR", "END:VEVENT", "{}", ALONE])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_no_text_breaks_the_reading() -> None:
    rng = random.Random(9)
    whole = write(
        Layer((Period(Stretch.TERM, date(2026, 9, 2), date(2026, 12, 18)),)), 1, STAMP
    )
    for _ in range(300):
        spoilt = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(10, 127)
        try:
            found = read(spoilt.decode())
        except Unreadable:
            continue
        assert len(found.layer.periods) + len(found.passed_over) <= 1


@pytest.mark.parametrize(
    "when",
    [
        "DTSTART;VALUE=DATE:99991231",
        "DTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:00010101",
        "DTSTART:00010101T000000Z\nDTEND:99991231T235959Z\nCATEGORIES:twilight",
        "DTSTART;VALUE=DATE:20260907\nDTSTART;VALUE=DATE:20260908",
        "DTSTART;VALUE=DATE:20260907\nDTEND:20260908T090000",
        "DTSTART;VALUE=DATE:20260907\nDURATION:P9999999D",
        "DTSTART;VALUE=TIME:090000\nCATEGORIES:twilight",
        "DTSTART;VALUE=PERIOD:20260907T090000Z/PT1H\nCATEGORIES:half-day",
        "DTSTART;TZID=No/Where:20260907T090000\nDTEND:20260907T100000Z",
        "DTSTART;VALUE=DATE:20260907\nCATEGORIES:\nCATEGORIES:x\nSUMMARY:again",
    ],
)
def test_days_that_are_none_are_passed_over(when: str) -> None:
    found = read(file_of(f"SUMMARY:INSET\n{when}"))
    assert len(found.passed_over) + len(found.layer.periods) == 1
