"""A calendar that changes: what was written at a moment governs from that moment on.

Yesterday was measured by what was written then, and stays so: a snow day that is
written down at 7am takes nothing from the clocks of the day before, and one that is
written down a week late takes nothing from any. Who wants time back says so at the
ticket.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from servicedesk.calendar.model import days
from servicedesk.calendar.model.clock import SchoolTime
from servicedesk.calendar.model.layers import Layer, inherit
from servicedesk.calendar.model.openings import (
    LONDON,
    Opening,
    joined,
    midnight,
    openings,
)


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody wrote, and since when it governs."""

    since: datetime
    layer: Layer


def together(
    authority: Sequence[Version], school: Sequence[Version]
) -> Iterator[Version]:
    """Tell each calendar that a school had, as its LA or it wrote a new one."""
    for since in sorted({version.since for version in (*authority, *school)}):
        layer = inherit(in_force(authority, since), in_force(school, since))
        yield Version(since, layer)


def in_force(versions: Sequence[Version], at: datetime) -> Layer:
    """Say what governs at an instant: the newest that was written by then, if any.

    Of two that were written in one instant, the one that stands later.
    """
    governs = Layer()
    newest: datetime | None = None
    for version in versions:
        if version.since <= at and (newest is None or newest <= version.since):
            governs, newest = version.layer, version.since
    return governs


def school_time(
    versions: Sequence[Version], first: date, last: date, zone: ZoneInfo = LONDON
) -> SchoolTime:
    """Work out the openings of some days, each by the version that governed then.

    The versions are in order of time. What lies before the first was written by nobody:
    it is judged by the first, as if that had always been so.
    """
    begins = midnight(first, zone)
    ends = midnight(last + timedelta(1), zone)
    return SchoolTime.of(begins, ends, joined(_spliced(versions, begins, ends, zone)))


def _spliced(
    versions: Sequence[Version], begins: int, ends: int, zone: ZoneInfo
) -> Iterator[Opening]:
    turns = [int(version.since.timestamp()) for version in versions]
    for number, version in enumerate(versions):
        start = begins if number == 0 else max(turns[number], begins)
        end = min(turns[number + 1], ends) if number + 1 < len(turns) else ends
        if start < end:
            first = datetime.fromtimestamp(start, zone).date()
            last = datetime.fromtimestamp(end - 1, zone).date()
            governed = days.each(version.layer, first, last)
            for opens, closes in openings(governed, zone):
                if max(opens, start) < min(closes, end):
                    yield max(opens, start), min(closes, end)
