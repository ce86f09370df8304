"""What is said of how a ticket went, and who says it: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Access, Actor
from servicedesk.tickets import model as tickets

View = Literal["requester", "worker"]
Score = Literal["good", "fair", "poor"]
Obstacle = Literal[
    "information",
    "access",
    "parts",
    "supplier",
    "permission",
    "knowledge",
    "time",
    "kit",
]
"""What stood in the way: too little was said, nobody let them in, and so on."""
By = Literal["school", "month"]
ACCESS = tickets.ACCESS
READING = Access(read=tickets.ACCESS.read)
"""Whose the view over many tickets is: a requester's is of their own alone."""
MOST_DAYS = 400
"""Days that are summed at once: a school year, and some of the next."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says of how a ticket went."""

    view: View
    score: str | None
    """Of who asked; of who worked on it there is none."""
    obstacles: Sequence[str]
    comment: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person said of how a ticket went, and which ticket it is."""

    ticket_id: UUID
    number: int
    summary: str
    school_urn: int
    view: str
    person_id: str
    score: str | None
    obstacles: list[str]
    comment: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackFilter:
    """Which feedback a listing shows; None means any."""

    la_code: str | None
    school_urn: int | None
    view: View | None
    score: Score | None
    obstacle: Obstacle | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class SumsAsked:
    """Whose feedback of which days is summed, and by what; None means any."""

    la_code: str | None
    school_urn: int | None
    first: date
    last: date
    by: By


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """How many of a school's or a month's tickets were found good, fair and poor."""

    of: str
    """A school's URN, or the first day of a month."""
    good: int
    fair: int
    poor: int


@dataclass(frozen=True, slots=True)
class ObstacleSum:
    """For how many tickets of a school or a month something stood in the way."""

    of: str
    obstacle: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What was said of the tickets of some days."""

    scores: list[ScoreSum]
    obstacles: list[ObstacleSum]


class TicketUnderWay(errors.Conflict):
    """How something went is said once it is over."""

    slug = "ticket-under-way"
    title = "The ticket is still under way"

    def __init__(self, status: str) -> None:
        super().__init__(
            "Say how it went once the ticket is resolved or closed",
            ticket_status=status,
        )


class DaysImpossible(errors.Invalid):
    """Days that cannot be summed."""

    slug = "feedback-days-impossible"
    title = "Nothing can be summed over these days"


def require_rater(actor: Actor, ticket: tickets.Ticket) -> None:
    """Refuse whoever did not ask for a ticket, or asks before it is settled.

    Raises:
        errors.Forbidden: somebody else asked for it.
        TicketUnderWay: it is neither resolved nor closed.
    """
    tickets.require_party(actor, ticket)
    if ticket.requester_id != actor.principal:
        raise errors.Forbidden
    if ticket.status not in tickets.SETTLED:
        raise TicketUnderWay(ticket.status)


def require_days(first: date, last: date) -> None:
    """Refuse days that are none, or too many to be summed at once.

    Raises:
        DaysImpossible: they are.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        detail = f"Give a last day from the first on, of {MOST_DAYS} days at most"
        raise DaysImpossible(faults=[errors.Fault("/last", detail)])
