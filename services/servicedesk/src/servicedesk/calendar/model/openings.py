"""From the clock on the wall to instants: when somebody is there, in UTC.

Somebody is there while the clock on the wall of the school shows a time within a span
of that day. Where the clocks go forward, the hour that no clock shows is not there to
work in; where they go back, an hour that is shown twice is worked twice.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from servicedesk.calendar.model.days import Day

LONDON = ZoneInfo("Europe/London")
Opening = tuple[int, int]
"""From a second up to another, the end left out; seconds since 1970 in UTC."""
_MINUTE = 60


def joined(pieces: Iterable[Opening]) -> Iterator[Opening]:
    """Make one opening of those that touch; they come in order."""
    held: Opening | None = None
    for piece in pieces:
        if held is not None and held[1] == piece[0]:
            held = (held[0], piece[1])
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def openings(days: Iterable[Day], zone: ZoneInfo = LONDON) -> Iterator[Opening]:
    """Tell when somebody is there, in order."""
    for day in days:
        if not day.spans:
            continue
        # By the wall clock as if it were UTC: what it shows less what it is ahead.
        shown = int(datetime.combine(day.day, time(), UTC).timestamp())
        for begins, ends, ahead in _stretches(day.day, zone):
            for span in day.spans:
                opens = max(shown + span.opens * _MINUTE - ahead, begins)
                closes = min(shown + span.closes * _MINUTE - ahead, ends)
                if opens < closes:
                    yield opens, closes


def midnight(day: date, zone: ZoneInfo = LONDON) -> int:
    """Say when a day begins."""
    return int(datetime.combine(day, time(), zone).timestamp())


def _stretches(day: date, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Cut a day where its clock is changed; each part with what it is ahead of UTC."""
    begins, ends = midnight(day, zone), midnight(day + timedelta(1), zone)
    ahead, then = _ahead(begins, zone), _ahead(ends, zone)
    # On the day before a change at midnight, the end is another day's.
    if ahead != then and (turn := _turn(begins, ends, zone)) < ends:
        yield begins, turn, ahead
        yield turn, ends, then
    else:
        yield begins, ends, ahead


def _turn(begins: int, ends: int, zone: ZoneInfo) -> int:
    """Find the second at which the clock is changed, by halving."""
    before = _ahead(begins, zone)
    while begins + 1 < ends:
        middle = (begins + ends) // 2
        if _ahead(middle, zone) == before:
            begins = middle
        else:
            ends = middle
    return ends


def _ahead(instant: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def moments(
    first: date | None, last: date | None
) -> tuple[datetime | None, datetime | None]:
    """Say when days in England begin, and when they are over; None: of no end."""
    begins = datetime.combine(first, time(), LONDON) if first else None
    ends = datetime.combine(last + timedelta(1), time(), LONDON) if last else None
    return begins, ends
