"""What an LA writes for all of its schools, and what a school writes for itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from chassis.errors import Fault
from servicedesk.calendar.model import bank_holidays, hours
from servicedesk.calendar.model.hours import Hours, Kind, Week
from servicedesk.calendar.model.periods import (
    WEEKEND,
    DayPart,
    Period,
    Stretch,
    school_year,
    year_begins,
)

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
MOST = 400
"""Periods, and parts of days, of one calendar."""
LONGEST = timedelta(366)
"""What lasts longer than a year is a slip of the pen."""
_SHAPE = {Stretch.TERM, Stretch.HALF_TERM, Stretch.INSET}
"""What a school that sets its own terms sets with them."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A calendar as somebody wrote it: an LA's, a school's, or the two together."""

    periods: tuple[Period, ...] = ()
    parts: tuple[DayPart, ...] = ()
    hours: Hours = field(default_factory=dict[Kind, Week])


def written_years(layer: Layer) -> set[int]:
    """Say of which school years terms are written; of others nothing is known."""
    return {school_year(p.first) for p in layer.periods if p.kind is Stretch.TERM}


def covered_until(layer: Layer, day: date) -> date | None:
    """Say up to which day terms are written, year after year, from that of a day on."""
    years, year = written_years(layer), school_year(day)
    if year not in years:
        return None
    while year + 1 in years:
        year += 1
    return year_begins(year + 1) - timedelta(1)


def inherit(authority: Layer, school: Layer) -> Layer:
    """Lay a school's own words over its LA's.

    A school that sets terms for a school year sets all of its shape, with half-terms
    and INSET days; else its INSET days stand beside the LA's. Hours are set for one
    kind of day at a time. Whatever else is written holds together.
    """
    own = written_years(school)
    kept = [
        period
        for period in authority.periods
        if period.kind not in _SHAPE or school_year(period.first) not in own
    ]
    return Layer(
        (*kept, *school.periods),
        (*authority.parts, *school.parts),
        {**authority.hours, **school.hours},
    )


def faults(layer: Layer) -> list[Fault]:
    """Say all that is wrong with what somebody wrote; nothing if it is sound."""
    if max(len(layer.periods), len(layer.parts)) > MOST:
        return [Fault("/periods", f"It has {MOST} periods and parts of days at most")]
    return [
        *_faults_of_hours(layer.hours),
        *_faults_of_periods(layer.periods),
        *_faults_of_parts(layer.parts),
    ]


def _faults_of_hours(said: Hours) -> Iterator[Fault]:
    for kind, week in said.items():
        detail = hours.fault_of(week)
        if detail is not None:
            yield Fault(f"/hours/{kind}", detail)


def _faults_of_periods(periods: tuple[Period, ...]) -> Iterator[Fault]:
    terms = [each for each in periods if each.kind is Stretch.TERM]
    breaks = [each for each in periods if each.kind is Stretch.HALF_TERM]
    earlier: dict[Stretch, list[tuple[int, Period]]] = {}
    for number, period in enumerate(periods):
        where = f"/periods/{number}"
        if not EARLIEST <= period.first <= period.last <= LATEST:
            yield Fault(
                f"{where}/last",
                "It ends on or after the day it begins, in the years 2000 to 2099",
            )
            continue
        if period.last - period.first >= LONGEST:
            yield Fault(f"{where}/last", "It lasts no longer than a year")
            continue
        for other, one in earlier.setdefault(period.kind, []):
            if one.first <= period.last and period.first <= one.last:
                detail = f"It overlaps the {period.kind} at /periods/{other}"
                yield Fault(f"{where}/first", detail)
        earlier[period.kind].append((number, period))
        if period.kind is Stretch.TERM and not _has_a_school_day(period, breaks):
            yield Fault(where, "A term has a day that pupils come to school")
        if period.kind is Stretch.HALF_TERM and not any(
            term.holds(period.first) and term.holds(period.last) for term in terms
        ):
            yield Fault(where, "A half-term lies within a term that is written with it")
        if period.kind is Stretch.INSET and not any(map(is_working, period.days())):
            yield Fault(where, "An INSET day is no weekend and no bank holiday")


def _has_a_school_day(term: Period, breaks: list[Period]) -> bool:
    return any(
        is_working(day) and not any(each.holds(day) for each in breaks)
        for day in term.days()
    )


def is_working(day: date) -> bool:
    """Say whether a day is neither of a weekend nor a bank holiday."""
    return day.weekday() < WEEKEND and day not in bank_holidays.of(day.year)


def _faults_of_parts(parts: tuple[DayPart, ...]) -> Iterator[Fault]:
    seen: dict[tuple[date, str], int] = {}
    for number, part in enumerate(parts):
        where = f"/parts/{number}"
        if not part.span.is_sound():
            yield Fault(f"{where}/closes", "It opens before it closes, within one day")
        if not (EARLIEST <= part.day <= LATEST and is_working(part.day)):
            yield Fault(f"{where}/day", "It is no weekend and no bank holiday")
        other = seen.setdefault((part.day, part.kind), number)
        if other != number:
            yield Fault(f"{where}/day", f"/parts/{other} is a {part.kind} of that day")
