"""A calendar as it is kept: whose it is, who may write it, and why one is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from chassis import errors
from chassis.audit.model import Target
from chassis.auth import Access
from chassis.errors import Fault
from contracts import roles
from servicedesk.calendar.model import counting, days, rolling
from servicedesk.calendar.model.counting import Count
from servicedesk.calendar.model.layers import Layer, inherit
from servicedesk.calendar.model.periods import Stretch
from servicedesk.calendar.model.plain import Plain, layer_of, plain, span_told
from servicedesk.schools.model import School

AUTHORITY_WRITERS = frozenset({roles.LA_MANAGER})
SCHOOL_WRITERS = AUTHORITY_WRITERS | {roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN}
ACCESS = Access(read=roles.NAMED_SCHOOLS, write=SCHOOL_WRITERS)
"""When school is on is no secret within it; each school may write its own."""
_AUTHORITIES = UUID("0d3d1a3e-5b1c-4a5c-9a53-6f6e3b7b8f11")
MOST_SCHOOLS = 500
"""Schools of one addition: it is one transaction."""
MOST_DAYS = 400
"""Days that are told at once: a school year, and some of the next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose calendar: an LA's, or a school's."""

    la_code: str
    school_id: UUID | None = None
    school_urn: int | None = None

    @property
    def entity_id(self) -> UUID:
        """Say by which id the calendar's facts know it."""
        return self.school_id or uuid5(_AUTHORITIES, self.la_code)

    @property
    def target(self) -> Target:
        """Say as the audit has it what is written to."""
        id_ = self.la_code if self.school_id is None else self.school_id
        return Target("calendar", id_, self.la_code, self.school_id)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a calendar, and since when it governs; of an LA or a school.

    The first version is 1; `said` is in plain form.
    """

    school_id: UUID | None
    version: int
    since: datetime
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenAt:
    """The same, with the LA that wrote it or whose school did."""

    la_code: str
    school_id: UUID | None
    version: int
    since: datetime
    said: dict[str, Any]

    @property
    def written(self) -> Written:
        return Written(self.school_id, self.version, self.since, self.said)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What governs at a place: what it says for itself, and with its LA's under that.

    At version 0 it has said nothing. All but `version` and `since` is in plain form.
    """

    la_code: str
    school_urn: int | None
    version: int
    since: datetime | None
    periods: list[Plain]
    parts: list[Plain]
    hours: Plain
    effective: Plain


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day: what it is and why, when somebody is there, and what falls on it."""

    day: date
    kind: str
    name: str
    spans: list[dict[str, str]]
    sessions: int
    marks: list[str]
    twilight: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class DaysTold:
    """Days of a school, in order."""

    school_urn: int | None
    items: list[DayTold]


@dataclass(frozen=True, slots=True)
class YearTold:
    """What a school year holds of what the law asks, and what it lacks of that."""

    school_urn: int | None
    year: int
    days: int
    sessions: int
    inset_half_days: int
    first: date | None
    last: date | None
    lacking_days: int
    lacking_sessions: int
    lacking_inset_half_days: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A calendar with a draft of its next school year, and what that year would hold.

    It can be written as it is, but for what people correct of it.
    """

    periods: list[Plain]
    parts: list[Plain]
    hours: Plain
    year: YearTold


@dataclass(frozen=True, slots=True)
class AddedAt:
    """The version at which a school's calendar holds what was added."""

    school_urn: int
    version: int


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an addition at each school, in the order of the request."""

    items: list[AddedAt]


class AuthorityNotFound(errors.NotFound):
    """No such LA, or none that the caller may know all of: said alike."""

    slug = "authority-not-found"
    title = "There is no such LA within your scope"


class CalendarImpossible(errors.Invalid):
    """Periods overlap, a term has no days, hours end before they begin, or the like."""

    slug = "calendar-impossible"
    title = "No calendar can be like this"


class YearNotRolled(errors.Conflict):
    """Nothing is written of the school year, or something is of the next already."""

    slug = "calendar-year-not-rolled"
    title = "The next school year cannot be drafted from this one"


class WindowImpossible(errors.Invalid):
    """What is asked for ends before it begins, or is too long."""

    slug = "calendar-window-impossible"
    title = "These days or moments cannot be asked for"


def place_of(school: School) -> Place:
    return Place(school.la_code, school.school_id, school.urn)


def require_days(first: date, last: date) -> None:
    """Refuse days that are too many to tell, or none.

    Raises:
        WindowImpossible: they are.
    """
    if not first <= last < first + timedelta(MOST_DAYS):
        detail = f"Give a last day from the first on, of {MOST_DAYS} days at most"
        raise WindowImpossible(faults=[Fault("/last", detail)])


def effective(written: Sequence[Written]) -> Layer:
    """Lay the newest words of a school, if any are there, over those of its LA."""
    authority, school = Layer(), Layer()
    for each in written:
        if each.school_id is None:
            authority = layer_of(each.said)
        else:
            school = layer_of(each.said)
    return inherit(authority, school)


def told(place: Place, written: Sequence[Written]) -> Calendar:
    """Say what governs at a place by all that was written for it, oldest first."""
    own = newest(place, written)
    said = own.said if own else plain(Layer())
    return Calendar(
        place.la_code,
        place.school_urn,
        own.version if own else 0,
        own.since if own else None,
        **said,
        effective=plain(effective(written)),
    )


def newest(place: Place, written: Sequence[Written]) -> Written | None:
    """Find what a place itself said last."""
    own = [each for each in written if each.school_id == place.school_id]
    return own[-1] if own else None


def days_told(
    place: Place, written: Sequence[Written], first: date, last: date
) -> DaysTold:
    found = days.each(effective(written), first, last)
    return DaysTold(place.school_urn, [_day(each) for each in found])


def year_told(place: Place, found: Count) -> YearTold:
    return YearTold(
        place.school_urn,
        found.year,
        found.days,
        found.sessions,
        found.inset_half_days,
        found.first,
        found.last,
        found.lacking_days,
        found.lacking_sessions,
        found.lacking_inset_half_days,
    )


def proposal(place: Place, written: Sequence[Written], year: int) -> Proposal:
    """Draft the school year after one.

    Raises:
        YearNotRolled: there is nothing to draft it from, or it is written.
    """
    own = newest(place, written)
    if own is None or not rolling.has_year(layer_of(own.said), year):
        raise YearNotRolled(f"Nothing is written of the school year {year}")
    if rolling.has_year(layer_of(own.said), year + 1):
        raise YearNotRolled(f"The school year {year + 1} is written already")
    draft = plain(rolling.propose(layer_of(own.said), effective(written), year))
    drafted = replace(own, said=draft)
    holds = counting.count(effective([*written, drafted]), year + 1)
    return Proposal(**draft, year=year_told(place, holds))


def with_more(own: Written | None, more: Plain) -> Plain:
    """Add periods and parts of days to what a place said; what is there stays once."""
    said = own.said if own else plain(Layer())
    kinds = ("periods", "parts")
    fresh = {kind: [e for e in more[kind] if e not in said[kind]] for kind in kinds}
    return {**said, **{kind: [*said[kind], *fresh[kind]] for kind in kinds}}


def _day(each: days.Day) -> DayTold:
    twilight = each.twilight
    return DayTold(
        each.day,
        each.kind.value,
        each.name,
        [span_told(span) for span in each.spans],
        each.sessions,
        [mark.value for mark in Stretch if mark in each.marks],
        span_told(twilight.span) | {"name": twilight.name} if twilight else None,
    )
