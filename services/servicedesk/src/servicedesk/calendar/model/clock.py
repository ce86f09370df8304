"""Working time: how much of it lies between two instants, and when some of it is over.

A calendar is worked out once into its openings and a running sum; each question is then
one or two bisections. Instants are aware of their zone; a clock counts whole seconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Self

from servicedesk.calendar.model.openings import Opening


class NotCovered(Exception):
    """The calendar does not reach so far: nothing is guessed."""

    def __init__(self, begins: int, ends: int) -> None:
        self.begins, self.ends = _instant(begins), _instant(ends)
        told = f"{self.begins.isoformat()} to {self.ends.isoformat()}"
        super().__init__(f"The calendar is written from {told}")


@dataclass(frozen=True, slots=True)
class SchoolTime:
    """A calendar's openings, in order and apart, and the working time before each.

    All in seconds since 1970 in UTC. Nothing is known before `begins` or after `ends`.
    """

    begins: int
    ends: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]
    """Seconds of working time from `begins` up to each opening."""

    @classmethod
    def of(cls, begins: int, ends: int, openings: Iterable[Opening]) -> Self:
        pairs = tuple(openings)
        lengths = (closes - opens for opens, closes in pairs)
        sums = tuple(accumulate(lengths, initial=0))
        return cls(
            begins,
            ends,
            tuple(opens for opens, _ in pairs),
            tuple(closes for _, closes in pairs),
            sums[:-1],
        )

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Say how much working time lies between two instants.

        Raises:
            ValueError: the end is before the start.
            NotCovered: the calendar does not hold them both.
        """
        first, last = self._second(start), self._second(end)
        if last < first:
            raise ValueError("A clock does not run backwards: the end is too early")
        return timedelta(seconds=self._worked(last) - self._worked(first))

    def add(self, start: datetime, work: timedelta) -> datetime:
        """Say at which instant some working time is over: the first such instant.

        Eight hours of a day from 8am to 4pm are over at 4pm, not at 8am of the next.

        Raises:
            ValueError: the working time is less than none.
            NotCovered: it is not over before the calendar ends.
        """
        first, seconds = self._second(start), int(work.total_seconds())
        if seconds < 0:
            raise ValueError("Working time is not less than none")
        if seconds == 0:
            return _instant(first)
        target = self._worked(first) + seconds
        place = bisect_left(self.before, target) - 1
        over = self.opens[place] + target - self.before[place] if place >= 0 else None
        if over is None or over > self.closes[place]:
            raise NotCovered(self.begins, self.ends)
        return _instant(over)

    def next_opening(self, at: datetime) -> datetime:
        """Say from when somebody is there: that instant, or the next opening.

        Raises:
            NotCovered: nobody is, before the calendar ends.
        """
        second = self._second(at)
        place = bisect_right(self.closes, second)
        if place == len(self.opens):
            raise NotCovered(self.begins, self.ends)
        return _instant(max(second, self.opens[place]))

    def is_open(self, at: datetime) -> bool:
        """Say whether somebody is there."""
        place = bisect_right(self.closes, self._second(at))
        return place < len(self.opens) and self.opens[place] <= self._second(at)

    def _worked(self, second: int) -> int:
        """Say how many seconds were worked from the beginning up to an instant."""
        place = bisect_right(self.opens, second) - 1
        if place < 0:
            return 0
        until = min(second, self.closes[place])
        return self.before[place] + until - self.opens[place]

    def _second(self, at: datetime) -> int:
        second = int(at.timestamp() // 1)
        if not self.begins <= second <= self.ends:
            raise NotCovered(self.begins, self.ends)
        return second


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
