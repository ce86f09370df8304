"""What each day is to a school, why, and when somebody is there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from servicedesk.calendar.model import bank_holidays
from servicedesk.calendar.model.hours import Kind, Span
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import (
    WEEKEND,
    DayPart,
    Part,
    Period,
    Stretch,
)

SESSIONS_OF_A_DAY = 2
"""Morning and afternoon (the 1999 Regulations, regulation 3)."""
MARKS = frozenset({Stretch.EXAMS, Stretch.CENSUS, Stretch.INSPECTION})
"""What falls on a day and leaves it the kind it is."""
_KINDS = {
    Stretch.INSET: Kind.INSET,
    Stretch.HALF_TERM: Kind.HALF_TERM,
    Stretch.TERM: Kind.SCHOOL_DAY,
}
"""What makes a working day what it is; the first that holds."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its kind and what it is called, when it is open, and what falls on it."""

    day: date
    kind: Kind
    name: str
    spans: tuple[Span, ...]
    sessions: int
    """Half days that pupils are at school: 0, 1 or 2."""
    marks: frozenset[Stretch]
    """Exams, a census or an inspection."""
    twilight: DayPart | None


@dataclass(slots=True)
class _Written:
    """What is written of each day, so that no day looks through all periods."""

    of_day: dict[date, dict[Stretch, Period]] = field(default_factory=dict)
    parts: dict[date, dict[Part, DayPart]] = field(default_factory=dict)


def each(layer: Layer, first: date, last: date) -> Iterator[Day]:
    """Tell the days from the first to the last, both included."""
    written = _Written()
    for period in layer.periods:
        for day in period.within(first, last):
            written.of_day.setdefault(day, {})[period.kind] = period
    for part in layer.parts:
        written.parts.setdefault(part.day, {})[part.kind] = part
    for number in range((last - first).days + 1):
        yield _day(layer, written, first + timedelta(number))


def _day(layer: Layer, written: _Written, day: date) -> Day:
    periods = written.of_day.get(day, {})
    parts = written.parts.get(day, {})
    kind, name = _kind(periods, day)
    week = layer.hours.get(kind)
    spans = week[day.weekday()] if week else ()
    sessions = SESSIONS_OF_A_DAY if kind is Kind.SCHOOL_DAY else 0
    half = parts.get(Part.HALF_DAY)
    if half is not None and sessions:
        spans = tuple(cut for span in spans if (cut := span.cut_to(half.span)))
        sessions = 1
    return Day(
        day,
        kind,
        name,
        spans,
        sessions,
        frozenset(periods) & MARKS,
        parts.get(Part.TWILIGHT),
    )


def _kind(periods: dict[Stretch, Period], day: date) -> tuple[Kind, str]:
    """Find the first of the kinds that holds, in their order."""
    if closure := periods.get(Stretch.CLOSURE):
        return Kind.CLOSED, closure.name
    if holiday := bank_holidays.of(day.year).get(day):
        return Kind.BANK_HOLIDAY, holiday
    if day.weekday() >= WEEKEND:
        return Kind.WEEKEND, ""
    for stretch, kind in _KINDS.items():
        if stretch in periods:
            return kind, periods[stretch].name
    return Kind.HOLIDAY, ""
