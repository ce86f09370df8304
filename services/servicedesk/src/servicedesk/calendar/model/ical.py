"""Calendars as other programs have them: iCalendar (RFC 5545), out and in.

What we wrote says its kind as a category, and comes back as it was. What others wrote
is known by its words, as schools use them; what is not known is passed over, and told.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

import icalendar

from chassis import errors
from chassis.errors import Fault
from servicedesk.calendar.model.hours import MINUTES_OF_A_DAY, Span
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.openings import LONDON
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch

_LONGEST_NAME = 80
_HOUR = 60
_DAY = timedelta(1)
_KINDS: dict[str, Stretch | Part] = {kind.value: kind for kind in (*Stretch, *Part)}
_WORDS: tuple[tuple[str, Stretch], ...] = (
    (r"\binset\b|training day|staff day|non[- ]pupil", Stretch.INSET),
    (r"half[- ]term", Stretch.HALF_TERM),
    (r"\bexam(ination)?s?\b|\bmocks?\b|\bgcses?\b", Stretch.EXAMS),
    (r"\bcensus\b", Stretch.CENSUS),
    (r"\bofsted\b|\binspection\b", Stretch.INSPECTION),
    (r"\bclosed\b|\bclosure\b", Stretch.CLOSURE),
    (r"\bterm\b", Stretch.TERM),
)
"""What a summary speaks of, in small letters; the first that fits."""
_EDGE = r"\b(starts?|begins?|ends?|finish(es)?|first|last|returns?)\b"
_BANK_HOLIDAY = r"bank holiday|good friday|easter monday|boxing day"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An event that was not taken, and why."""

    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: periods and parts of days, and what was passed over."""

    layer: Layer
    passed_over: list[PassedOver]


class Unreadable(errors.Invalid):
    """What came has not the form of RFC 5545."""

    slug = "ical-unreadable"
    title = "This is no iCalendar file"


class _Unknown(ValueError):
    """The event says nothing of school time, and why."""


def write(layer: Layer, urn: int, stamp: datetime) -> bytes:
    """Write the days of a school as events; `stamp` is when they were last said."""
    calendar = icalendar.Calendar()
    _say(calendar, prodid="-//Joinedup//School calendar//EN", version="2.0")
    for period in layer.periods:
        days = period.first, period.last + _DAY
        calendar.add_component(_event(period, days, f"{period.first}@{urn}", stamp))
    for part in layer.parts:
        span = _at(part.day, part.span.opens), _at(part.day, part.span.closes)
        calendar.add_component(_event(part, span, f"{part.day}@{urn}", stamp))
    return calendar.to_ical()


def read(text: str) -> Reading:
    """Read terms, training and the like from a file.

    Raises:
        Unreadable: it has not the form of one.
    """
    try:
        # It says that it makes a calendar, and makes what the text begins with.
        calendar = cast("object", icalendar.Calendar.from_ical(text))
    except ValueError as reason:
        raise Unreadable(faults=[Fault("/ical", _line(str(reason)))]) from None
    if not isinstance(calendar, icalendar.Calendar):
        raise Unreadable(faults=[Fault("/ical", "It begins with BEGIN:VCALENDAR")])
    return _reading(calendar.events)


def _event(
    said: Period | DayPart, when: tuple[date, date], uid: str, stamp: datetime
) -> icalendar.Event:
    event = icalendar.Event()
    _say(
        event,
        uid=f"{said.kind.value}-{uid}",
        dtstamp=stamp.astimezone(UTC),
        dtstart=when[0],
        dtend=when[1],
        summary=said.name or said.kind.value.capitalize(),
        categories=[said.kind.value],
        transp="TRANSPARENT",
    )
    return event


def _say(component: Any, **said: object) -> None:
    """Set properties, by a method of the library that is not typed."""
    for name, value in said.items():
        component.add(name, value)


def _reading(events: Iterable[icalendar.Event]) -> Reading:
    periods: list[Period] = []
    parts: list[DayPart] = []
    passed: list[PassedOver] = []
    for event in events:
        summary = _line(str(event.get("SUMMARY", "")))
        try:
            taken = _taken(event, summary)
        except _Unknown as reason:
            passed.append(PassedOver(summary, str(reason)))
        except (ValueError, OverflowError):
            passed.append(PassedOver(summary, "Its days cannot be read"))
        else:
            if isinstance(taken, Period):
                periods.append(taken)
            else:
                parts.append(taken)
    return Reading(Layer(tuple(periods), tuple(parts)), passed)


def _taken(event: icalendar.Event, summary: str) -> Period | DayPart:
    if "RRULE" in event:
        raise _Unknown("It comes again and again: write its days one by one")
    kind = _kind(event, summary)
    name = "" if summary.lower() == kind.value else summary
    start, end = event.start, event.end
    if isinstance(kind, Part):
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise _Unknown("Part of a day has times")
        return _part(kind, start, end, name)
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise _Unknown("It has times: only whole days are taken of its kind")
    return Period(kind, start, max(start, end - _DAY), name)


def _kind(event: icalendar.Event, summary: str) -> Stretch | Part:
    """Find what an event is: by its categories, or by the words of its summary."""
    for category in event.categories:
        if kind := _KINDS.get(str(category)):
            return kind
    said = summary.lower()
    if re.search(_BANK_HOLIDAY, said):
        raise _Unknown("Bank holidays are known")
    if re.search(_EDGE, said):
        raise _Unknown("It tells of one end of a period: write the whole of it")
    for words, kind in _WORDS:
        if re.search(words, said):
            return kind
    raise _Unknown("Its words tell no kind of period")


def _part(kind: Part, start: datetime, end: datetime, name: str) -> DayPart:
    opens, closes = _shown(start), _shown(end)
    day = opens.date()
    until = _minute(closes)
    if closes.date() == day + _DAY and until == 0:
        until = MINUTES_OF_A_DAY
    elif closes.date() != day:
        raise _Unknown("Part of a day ends on that day")
    return DayPart(kind, day, Span(_minute(opens), until), name)


def _at(day: date, minute: int) -> datetime:
    """Say when the clock on the wall shows a minute of a day; 24:00 is the next day."""
    days, rest = divmod(minute, MINUTES_OF_A_DAY)
    shown = time(rest // _HOUR, rest % _HOUR)
    return datetime.combine(day + days * _DAY, shown, LONDON).astimezone(UTC)


def _shown(moment: datetime) -> datetime:
    """Say what the clock on the wall shows; without a zone, it is that already."""
    return moment if moment.tzinfo is None else moment.astimezone(LONDON)


def _minute(shown: datetime) -> int:
    return shown.hour * _HOUR + shown.minute


def _line(text: str) -> str:
    """Make one line of a text, without what no page shows."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:_LONGEST_NAME].rstrip()
