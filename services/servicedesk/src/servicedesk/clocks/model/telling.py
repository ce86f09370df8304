"""How each clock of a ticket stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from servicedesk.agreements.model import Party
from servicedesk.clocks.model.dues import due_of
from servicedesk.clocks.model.states import (
    MEASURES,
    Measure,
    Promise,
    SchoolTimes,
    Turn,
    banked,
    target_of,
)

State = Literal["running", "paused", "kept", "missed"]
"""Of a clock: it runs in time, rests in time, ended in time; or it is or was late."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How one clock of a ticket stands: seconds of school time."""

    party: Party
    agreement_id: UUID | None
    measure: Measure
    target_seconds: int
    taken_seconds: int | None
    """None: no terms are written, so nothing can be counted."""
    due_at: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class Clocks:
    """A ticket's turns in order, and the clocks of each party that promised some."""

    turns: list[Turn]
    clocks: list[Clock]


def clocks(
    promises: Sequence[Promise],
    turns: Sequence[Turn],
    times: SchoolTimes,
    now: datetime,
) -> list[Clock]:
    """Say how each clock of a ticket stands at a moment."""
    return [
        clock
        for promise in promises
        for measure in MEASURES
        if (clock := _clock(measure, promise, turns, times, now)) is not None
    ]


def _clock(
    measure: Measure,
    promise: Promise,
    turns: Sequence[Turn],
    times: SchoolTimes,
    now: datetime,
) -> Clock | None:
    target = target_of(promise, measure)
    if target is None:
        return None
    turn = turns[-1]
    is_here = turn.ended_at is None and turn.is_of(promise)
    runs = is_here and turn.ran
    if measure == "update":
        if not is_here:
            # What is told now is told by others: there is no clock of it any more.
            return None
        since = max(turn.began_at, promise.told_at or turn.began_at)
        taken = times.elapsed(since, now) if runs and since <= now else 0
    elif _is_over(measure, promise):
        taken = _ended_in(measure, promise)
    else:
        running = times.elapsed(turn.began_at, now) if runs else 0
        taken = None if running is None else banked(promise, turns) + running
    is_over = _is_over(measure, promise)
    at = due_of(measure, promise, turns, times) if runs and not is_over else None
    state = _state(taken, target, is_over=is_over, runs=runs)
    return Clock(promise.party, promise.agreement_id, measure, target, taken, at, state)


def _is_over(measure: Measure, promise: Promise) -> bool:
    match measure:
        case "response":
            return promise.responded_at is not None
        case "update":
            return False
        case "fix":
            return promise.fixed_in is not None


def _ended_in(measure: Measure, promise: Promise) -> int | None:
    match measure:
        case "response":
            return promise.responded_in
        case "update":
            return None
        case "fix":
            return promise.fixed_in


def _state(taken: int | None, target: int, *, is_over: bool, runs: bool) -> State:
    if taken is not None and taken > target:
        return "missed"
    if is_over:
        return "kept"
    return "running" if runs else "paused"
