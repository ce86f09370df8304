"""May it be done then? Every reason against a window of work, not the first alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from servicedesk.calendar.model import days
from servicedesk.calendar.model.days import Day
from servicedesk.calendar.model.hours import Kind
from servicedesk.calendar.model.layers import Layer, written_years
from servicedesk.calendar.model.openings import LONDON, openings
from servicedesk.calendar.model.periods import Stretch, school_year

_WEEK = timedelta(weeks=1)


class Reason(StrEnum):
    """Why work should not be done in a window."""

    LESSONS = "lessons"
    """Pupils are at school while somebody is there."""
    EXAMS = "exams"
    CENSUS = "census"
    INSPECTION = "inspection"
    TRAINING = "training"
    """Staff are trained after school, and need what they are trained on."""
    END_OF_TERM = "end-of-term"
    """Too near the last days of a term for what takes time to settle."""
    NOT_WRITTEN = "not-written"
    """No terms of that school year are written: nobody can say."""


_MARKED = {
    Stretch.EXAMS: Reason.EXAMS,
    Stretch.CENSUS: Reason.CENSUS,
    Stretch.INSPECTION: Reason.INSPECTION,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a kind of work avoids."""

    avoids: frozenset[Reason]
    weeks_before_end_of_term: int = 0


SMALL = Rules(frozenset({Reason.INSPECTION, Reason.EXAMS, Reason.CENSUS}))
"""A change that nobody in a lesson notices."""
DISRUPTIVE = Rules(frozenset(Reason), weeks_before_end_of_term=3)
"""A suite rebuilt, a network cut: not while pupils need it, nor near a term's end."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason against, and the first of the days to which it applies."""

    reason: Reason
    day: date
    name: str
    """What the day or period is called, where it has a name."""


def objections(
    layer: Layer, start: datetime, end: datetime, rules: Rules, zone: ZoneInfo = LONDON
) -> list[Objection]:
    """Say all that speaks against work from one instant up to another; none: do it.

    Raises:
        ValueError: the window ends before it begins.
    """
    if end <= start:
        raise ValueError("A window ends after it begins")
    first = start.astimezone(zone).date()
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    told: dict[Reason, Objection] = {}
    for day in days.each(layer, first, last):
        for reason, name in _against(layer, day, start, end, rules, zone):
            if reason in rules.avoids or reason is Reason.NOT_WRITTEN:
                told.setdefault(reason, Objection(reason, day.day, name))
    return [told[reason] for reason in Reason if reason in told]


def _against(
    layer: Layer,
    day: Day,
    start: datetime,
    end: datetime,
    rules: Rules,
    zone: ZoneInfo,
) -> Iterator[tuple[Reason, str]]:
    if school_year(day.day) not in written_years(layer):
        yield Reason.NOT_WRITTEN, ""
    if day.kind is Kind.SCHOOL_DAY and _meets([day], start, end, zone):
        yield Reason.LESSONS, day.name
    for mark in day.marks:
        yield _MARKED[mark], _name(layer, mark, day.day)
    if day.twilight is not None:
        alone = Day(day.day, day.kind, "", (day.twilight.span,), 0, day.marks, None)
        if _meets([alone], start, end, zone):
            yield Reason.TRAINING, day.twilight.name
    for term in layer.periods:
        if term.kind is Stretch.TERM and _nears(term.last, day.day, rules):
            yield Reason.END_OF_TERM, term.name


def _meets(told: Sequence[Day], start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    return any(
        opens < end.timestamp() and start.timestamp() < closes
        for opens, closes in openings(told, zone)
    )


def _nears(last: date, day: date, rules: Rules) -> bool:
    return last - rules.weeks_before_end_of_term * _WEEK < day <= last


def _name(layer: Layer, mark: Stretch, day: date) -> str:
    return next(p.name for p in layer.periods if p.kind is mark and p.holds(day))
