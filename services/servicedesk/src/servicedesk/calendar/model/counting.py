"""Does a school year hold what the law asks? 380 sessions, and five days of training.

A maintained school meets for at least 380 sessions in a school year (The Education
(School Day and School Year) (England) Regulations 1999, regulation 3), which is 190
days; teachers are there for five more (School Teachers' Pay and Conditions Document).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from servicedesk.calendar.model import days
from servicedesk.calendar.model.hours import Kind
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import year_begins

DAYS, SESSIONS = 190, 380
INSET_HALF_DAYS = 10


@dataclass(frozen=True, slots=True)
class Count:
    """What a school year holds; what it is short of is not less than nothing."""

    year: int
    """The year in whose autumn it begins."""
    days: int
    """Days that pupils come to school, a half day among them."""
    sessions: int
    inset_half_days: int
    """Two for each day of training, and one for each twilight."""
    first: date | None
    """The first day that pupils come."""
    last: date | None

    @property
    def lacking_days(self) -> int:
        return max(DAYS - self.days, 0)

    @property
    def lacking_sessions(self) -> int:
        return max(SESSIONS - self.sessions, 0)

    @property
    def lacking_inset_half_days(self) -> int:
        return max(INSET_HALF_DAYS - self.inset_half_days, 0)


def count(layer: Layer, year: int) -> Count:
    """Count a school year, from August to July."""
    told = list(
        days.each(layer, year_begins(year), year_begins(year + 1) - timedelta(1))
    )
    taught = [day for day in told if day.kind is Kind.SCHOOL_DAY]
    return Count(
        year,
        len(taught),
        sum(day.sessions for day in taught),
        sum(2 * (day.kind is Kind.INSET) + (day.twilight is not None) for day in told),
        taught[0].day if taught else None,
        taught[-1].day if taught else None,
    )
