"""What is asked of a school's calendar: how much working time, by when, and may it be.

Each question is answered by the versions that governed at each of its moments, and only
where terms are written: beyond them nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Self

from chassis import errors
from chassis.errors import Fault
from servicedesk.calendar.model import versions, windows
from servicedesk.calendar.model.calendars import (
    Place,
    WindowImpossible,
    Written,
    effective,
)
from servicedesk.calendar.model.clock import NotCovered, SchoolTime
from servicedesk.calendar.model.layers import (
    EARLIEST,
    LATEST,
    Layer,
    covered_until,
)
from servicedesk.calendar.model.openings import LONDON
from servicedesk.calendar.model.plain import layer_of
from servicedesk.calendar.model.versions import Version
from servicedesk.calendar.model.windows import Rules

Work = Literal["small", "disruptive"]
RULES: dict[Work, Rules] = {"small": windows.SMALL, "disruptive": windows.DISRUPTIVE}
MOST_MINUTES = 60 * 24 * 190
LONGEST_WINDOW = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much working time lies between two moments, in seconds."""

    school_urn: int | None
    start: datetime
    end: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Due:
    """When some working time is over, and from when on the clock runs."""

    school_urn: int | None
    start: datetime
    minutes: int
    runs_from: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Objections:
    """All that speaks against work in a window; nothing: it may be done."""

    school_urn: int | None
    is_allowed: bool
    items: list[windows.Objection]


class TimeNotCovered(errors.Conflict):
    """No terms are written of the school year that was asked about, or of its end."""

    slug = "calendar-not-written"
    title = "The calendar is not written so far"


@dataclass(frozen=True, slots=True)
class Times:
    """A school's time since a moment, by each version that governed since, in order.

    It is worked out no further than a question reaches: most are over within weeks.
    """

    versions: tuple[Version, ...]
    newest: Layer

    @classmethod
    def of(cls, written: Sequence[Written]) -> Self:
        """Lay what a school and its LA wrote, oldest first, over each other."""
        school = [_version(each) for each in written if each.school_id is not None]
        authority = [_version(each) for each in written if each.school_id is None]
        governed = tuple(versions.together(authority, school))
        return cls(governed, governed[-1].layer if governed else Layer())

    def elapsed(self, start: datetime, end: datetime) -> int | None:
        """Count the seconds of school time between two moments; None: not written."""
        covered = self.covered(start)
        if covered is None or end < start:
            return None
        last = min(covered, end.astimezone(LONDON).date())
        try:
            worked = self.clock(start, last).elapsed(start, end)
        except NotCovered:
            return None
        return int(worked.total_seconds())

    def over(self, start: datetime, seconds: int) -> datetime | None:
        """Say when some seconds of school time are over; None: that is not written."""
        covered = self.covered(start)
        if covered is None:
            return None
        first = start.astimezone(LONDON).date()
        reach = _FIRST_REACH
        while True:
            last = min(covered, first + reach)
            try:
                return self.clock(start, last).add(start, timedelta(seconds=seconds))
            except NotCovered:
                if last == covered:
                    return None
            reach *= _FURTHER

    def covered(self, start: datetime) -> date | None:
        """Say until when terms are written from the school year of a moment on."""
        return covered_until(self.newest, start.astimezone(LONDON).date())

    def clock(self, start: datetime, last: date) -> SchoolTime:
        """Work out the school's time from the day of a moment to another day."""
        first = start.astimezone(LONDON).date()
        return versions.school_time(self.versions, first, last)


UNWRITTEN = Times((), Layer())
"""The time of a school of which nothing is known."""
_FIRST_REACH, _FURTHER = timedelta(days=28), 4


def require_window(start: datetime, end: datetime, longest: timedelta | None) -> None:
    """Refuse what ends before it begins, lies beyond all calendars, or is too long.

    Raises:
        WindowImpossible: it does.
    """
    if not EARLIEST.year <= start.year <= end.year <= LATEST.year:
        detail = f"Give moments of the years {EARLIEST.year} to {LATEST.year}, in order"
        raise WindowImpossible(faults=[Fault("/start", detail)])
    if end < start or (longest is not None and (end == start or end - start > longest)):
        detail = "Give a moment after the start"
        if longest is not None:
            detail += f", and at most {longest.days} days on"
        raise WindowImpossible(faults=[Fault("/end", detail)])


def elapsed(
    place: Place, written: Sequence[Written], start: datetime, end: datetime
) -> Elapsed:
    """Say how much working time lies between two moments.

    Raises:
        TimeNotCovered: no terms are written of some of it.
    """
    clock = _clock(written, start)
    try:
        worked = clock.elapsed(start, end)
    except NotCovered as reason:
        raise TimeNotCovered(str(reason)) from None
    return Elapsed(place.school_urn, start, end, int(worked.total_seconds()))


def due(place: Place, written: Sequence[Written], start: datetime, minutes: int) -> Due:
    """Say when some working time is over.

    Raises:
        TimeNotCovered: it is not over before the written terms are.
    """
    clock = _clock(written, start)
    try:
        runs_from = clock.next_opening(start)
        over = clock.add(start, timedelta(minutes=minutes))
    except NotCovered as reason:
        raise TimeNotCovered(str(reason)) from None
    return Due(place.school_urn, start, minutes, runs_from, over)


def objections(
    place: Place,
    written: Sequence[Written],
    window: tuple[datetime, datetime],
    work: Work,
) -> Objections:
    """Say all that speaks against work in a window, by what governs now."""
    found = windows.objections(effective(written), *window, RULES[work])
    return Objections(place.school_urn, not found, found)


def _clock(written: Sequence[Written], start: datetime) -> SchoolTime:
    """Work out a school's time from the day of a moment to the end of its terms."""
    times = Times.of(written)
    last = times.covered(start)
    if last is None:
        raise TimeNotCovered
    return times.clock(start, last)


def _version(written: Written) -> Version:
    return Version(written.since.astimezone(UTC), layer_of(written.said))
