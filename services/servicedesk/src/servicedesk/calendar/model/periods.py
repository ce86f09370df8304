"""What is written into a calendar: stretches of days, and parts of single days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from servicedesk.calendar.model.hours import Span

_AUGUST = 8
WEEKEND = 5
"""The first weekday of a weekend, as `date.weekday` counts."""


class Stretch(StrEnum):
    """What a stretch of days is."""

    TERM = "term"
    HALF_TERM = "half-term"
    """The week without school in the middle of a term."""
    INSET = "inset"
    """In-service training: staff are there, and pupils are not."""
    CLOSURE = "closure"
    """Nobody is there: snow, a burst pipe, a polling station."""
    EXAMS = "exams"
    CENSUS = "census"
    INSPECTION = "inspection"


class Part(StrEnum):
    """What a part of a day is."""

    HALF_DAY = "half-day"
    """The school is open within the span alone, and holds one session."""
    TWILIGHT = "twilight"
    """Training after school: half a day of INSET, and school all the same."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days, the first and the last included."""

    kind: Stretch
    first: date
    last: date
    name: str = ""

    def days(self) -> Iterator[date]:
        return self.within(self.first, self.last)

    def within(self, first: date, last: date) -> Iterator[date]:
        """Tell those of its days that lie between two days, both included."""
        begins, ends = max(first, self.first), min(last, self.last)
        for number in range((ends - begins).days + 1):
            yield begins + timedelta(number)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class DayPart:
    """Part of one day, by the wall clock."""

    kind: Part
    day: date
    span: Span
    name: str = ""


def school_year(day: date) -> int:
    """Say in which year the school year of a day began.

    It begins with the first term after July (Education Act 1996, section 579): that
    term is of the year that begins then, as is all of the August before it.
    """
    return day.year if day.month >= _AUGUST else day.year - 1


def year_begins(year: int) -> date:
    return date(year, _AUGUST, 1)
