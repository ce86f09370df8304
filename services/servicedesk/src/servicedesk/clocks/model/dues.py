"""By when something is due."""

from collections.abc import Sequence
from datetime import datetime

from servicedesk.clocks.model.states import (
    MEASURES,
    Due,
    Measure,
    Promise,
    SchoolTimes,
    Turn,
    banked,
    target_of,
)


def due(promise: Promise, turns: Sequence[Turn], times: SchoolTimes) -> Due:
    """Say what is due next by a promise, where its party's turn runs.

    It is counted from where the turn began, so it is the same whenever it is asked.
    Of two at one moment, the first of response, update and fix.
    """
    turn = turns[-1]
    if turn.ended_at is not None or not turn.ran or not turn.is_of(promise):
        return Due()
    found: list[tuple[datetime, Measure]] = [
        (at, measure)
        for measure in MEASURES
        if (at := due_of(measure, promise, turns, times)) is not None
    ]
    if not found:
        return Due()
    at, measure = min(found, key=lambda each: each[0])
    return Due(at, measure)


def due_of(
    measure: Measure, promise: Promise, turns: Sequence[Turn], times: SchoolTimes
) -> datetime | None:
    """Say when one of a promise's clocks is over, if it runs in the last turn."""
    target = target_of(promise, measure)
    turn = turns[-1]
    if target is None or (measure == "response" and promise.responded_at is not None):
        return None
    if measure == "update":
        since = max(turn.began_at, promise.told_at or turn.began_at)
        return times.over(since, target)
    # What was used up in earlier turns is late from where this one began.
    left = max(0, target - banked(promise, turns))
    return times.over(turn.began_at, left)
