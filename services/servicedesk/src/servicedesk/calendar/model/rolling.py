"""Next year's dates, proposed from this year's: the same weekdays, 52 weeks on.

It is a draft for people to correct. Terms about Easter move with it in most places, and
each LA settles how; that is left to them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from servicedesk.calendar.model import bank_holidays
from servicedesk.calendar.model.layers import Layer, is_working
from servicedesk.calendar.model.periods import (
    DayPart,
    Period,
    Stretch,
    school_year,
    year_begins,
)

CARRIED = frozenset(
    {Stretch.TERM, Stretch.HALF_TERM, Stretch.INSET, Stretch.EXAMS, Stretch.CENSUS}
)
"""What comes back each year; closures and inspections do not."""
_WEEK = timedelta(weeks=1)
_YEAR = timedelta(weeks=52)
_SEPTEMBER = 9
_DAYS_OF_A_WEEK = 7


def has_year(layer: Layer, year: int) -> bool:
    """Say whether anything is written of a school year that comes back each year."""
    return any(True for _ in _of_year(layer, year))


def propose(layer: Layer, governs: Layer, year: int) -> Layer:
    """Add to a calendar what the school year after one may look like.

    `governs` is what holds at the place, its LA's words among them: a school's own days
    move with its terms, whoever wrote those.
    """
    shift = _shift(governs, year)
    return Layer(
        (*layer.periods, *(_moved(each, shift) for each in _of_year(layer, year))),
        (*layer.parts, *_moved_parts(layer, year, shift)),
        layer.hours,
    )


def _of_year(layer: Layer, year: int) -> Iterator[Period]:
    for each in layer.periods:
        if each.kind in CARRIED and school_year(each.first) == year:
            yield each


def _shift(governs: Layer, year: int) -> timedelta:
    """Say by how many weeks: one more where term would begin in August, and did not."""
    terms = [each for each in _of_year(governs, year) if each.kind is Stretch.TERM]
    first = min((each.first for each in terms), default=year_begins(year))
    is_early = first.month == _SEPTEMBER and (first + _YEAR).month < _SEPTEMBER
    return _YEAR + _WEEK if is_early else _YEAR


def _moved(period: Period, shift: timedelta) -> Period:
    if period.kind is Stretch.CENSUS and period.first == period.last:
        day = _same_weekday_of_month(period.first, shift)
        return replace(period, first=day, last=day)
    if period.kind is Stretch.HALF_TERM:
        shift = _with_its_bank_holiday(period, shift)
    first, last = period.first + shift, period.last + shift
    if period.kind is Stretch.INSET and first == last:
        first = last = _working(first)
    return replace(period, first=first, last=last)


def _same_weekday_of_month(day: date, shift: timedelta) -> date:
    """Find the first Thursday of next October for that of this one."""
    number = (day.day - 1) // _DAYS_OF_A_WEEK
    moved = day + shift
    # The weeks of a year may have carried it into a month beside its own.
    year = moved.year if abs(moved.month - day.month) <= 1 else moved.year - 1
    start = date(year, day.month, 1)
    ahead = (day.weekday() - start.weekday()) % _DAYS_OF_A_WEEK
    found = start + timedelta(ahead) + number * _WEEK
    return found if found.month == day.month else found - _WEEK


def _with_its_bank_holiday(period: Period, shift: timedelta) -> timedelta:
    """Keep the half-term of the last Monday in May with that Monday."""
    for day in period.days():
        name = bank_holidays.of(day.year).get(day)
        for other, called in bank_holidays.of(day.year + 1).items():
            if name is not None and called == name and other.weekday() == day.weekday():
                return other - day
    return shift


def _moved_parts(layer: Layer, year: int, shift: timedelta) -> Iterator[DayPart]:
    for part in layer.parts:
        if school_year(part.day) == year and is_working(part.day + shift):
            yield replace(part, day=part.day + shift)


def _working(day: date) -> date:
    while not is_working(day):
        day += timedelta(1)
    return day
