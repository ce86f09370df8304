"""When somebody is there, by the clock on the wall: each weekday of a kind of day."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

MINUTES_OF_A_DAY = 24 * 60
_DAYS_OF_A_WEEK = 7


class Kind(StrEnum):
    """What a day is to a school; in this order, the first that holds."""

    CLOSED = "closed"
    BANK_HOLIDAY = "bank-holiday"
    WEEKEND = "weekend"
    INSET = "inset"
    """Staff are trained; pupils stay at home."""
    HALF_TERM = "half-term"
    SCHOOL_DAY = "school-day"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of a day up to another, by the wall clock, the end left out.

    480 to 960 is 8am to 4pm; 0 to 1,440 is the whole day.
    """

    opens: int
    closes: int

    def is_sound(self) -> bool:
        return 0 <= self.opens < self.closes <= MINUTES_OF_A_DAY

    def cut_to(self, other: "Span") -> "Span | None":
        """Say what of it lies in another; nothing where they do not meet."""
        opens, closes = max(self.opens, other.opens), min(self.closes, other.closes)
        return Span(opens, closes) if opens < closes else None


Week = tuple[tuple[Span, ...], ...]
"""The spans of each weekday, Monday first; they are in order and do not touch."""
Hours = Mapping[Kind, Week]
"""The week of each kind of day; a kind that is not named is closed."""


def weekdays(opens: int, closes: int) -> Week:
    """Make a week that is open from Monday to Friday at the same minutes."""
    return ((Span(opens, closes),),) * 5 + ((),) * 2


ALWAYS: Week = ((Span(0, MINUTES_OF_A_DAY),),) * _DAYS_OF_A_WEEK
"""A desk that never closes."""


def fault_of(week: Week) -> str | None:
    """Say what is wrong with a week, if anything."""
    if len(week) != _DAYS_OF_A_WEEK:
        return "A week has seven days, Monday first"
    for spans in week:
        if not all(span.is_sound() for span in spans):
            return "A span opens before it closes, within one day"
        for one, following in pairwise(spans):
            if following.opens <= one.closes:
                return "The spans of a day are in order, with time between them"
    return None
