"""A ticket's turns and promises as they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from servicedesk.agreements.model import Party
from servicedesk.schools.model import School

Cause = Literal["requester", "parts", "access", "change"]
"""What a ticket may wait for: nobody's clock runs meanwhile."""
Measure = Literal["response", "update", "fix"]
MEASURES: tuple[Measure, ...] = ("response", "update", "fix")


class SchoolTimes(Protocol):
    """A school's own time; None where no terms are written."""

    def elapsed(self, start: datetime, end: datetime) -> int | None:
        """Count the seconds of school time between two moments."""
        ...

    def over(self, start: datetime, seconds: int) -> datetime | None:
        """Say when some seconds of school time are over."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a ticket its clocks go by, as it stands since `at`."""

    school: School
    ticket_id: UUID
    requester_id: str
    party: Party
    agreement_id: UUID | None
    priority: int
    waits_for: str | None
    is_settled: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a ticket's life; `worked_seconds` is known once it is over."""

    ticket_id: UUID
    number: int
    party: Party
    agreement_id: UUID | None
    waits_for: str | None
    reason: str
    actor_id: str
    began_at: datetime
    ended_at: datetime | None
    worked_seconds: int | None

    @property
    def ran(self) -> bool:
        return self.waits_for is None

    def is_of(self, promise: "Promise") -> bool:
        """Say whether it counts for a promise."""
        return (self.party, self.agreement_id) == (promise.party, promise.agreement_id)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a party promised for a ticket, in seconds of school time, and kept of it."""

    ticket_id: UUID
    party: Party
    agreement_id: UUID | None
    """The agreement with a supplier; None: the party's own."""
    priority: int
    response: int | None
    update: int | None
    fix: int | None
    responded_at: datetime | None = None
    responded_in: int | None = None
    told_at: datetime | None = None
    """When the requester was last told something, or the ticket came in."""
    fixed_in: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What comes next of what was promised: by when, and which of them."""

    at: datetime | None = None
    measure: Measure | None = None


def is_turned(old: Standing, new: Standing) -> bool:
    """Say whether one turn ends where a ticket stands anew."""
    return _turn_of(old) != _turn_of(new)


def _turn_of(standing: Standing) -> tuple[object, ...]:
    return (
        standing.party,
        standing.agreement_id,
        standing.waits_for,
        standing.is_settled,
    )


def banked(promise: Promise, turns: Iterable[Turn]) -> int:
    """Sum what a party's turns took that are over; what was not counted is none."""
    return sum(
        turn.worked_seconds or 0 for turn in turns if turn.is_of(promise) and turn.ran
    )


def target_of(promise: Promise, measure: Measure) -> int | None:
    match measure:
        case "response":
            return promise.response
        case "update":
            return promise.update
        case "fix":
            return promise.fix
