"""What counts as an open ticket, and what of a ticket a comparison needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.servicedesk import TicketDeparted, TicketFact

OPEN_STATUSES = frozenset({"open", "in-progress", "waiting"})
OPEN_TICKETS = "tickets that are open, in progress or waiting"
"""Open tickets in words, as every formula says them."""


DEPARTED = "departed"
"""Of this LA's row only: the ticket went with its school to another LA."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What one LA knows of a ticket at `version`."""

    la_code: str
    school_id: UUID
    ticket_id: UUID
    kind: str
    status: str
    priority: int
    asset_id: UUID | None
    opened_at: datetime
    resolved_at: datetime | None
    version: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class TicketMonth:
    """What came to a school's desk in a month, and what was settled in it."""

    in_month: date
    opened: int
    resolved: int


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """How many tickets of a priority are open."""

    priority: int
    tickets: int


def as_said(fact: TicketFact) -> Ticket:
    """Read a ticket from a fact; one that left the LA stays, as a mark of that."""
    status = DEPARTED if isinstance(fact, TicketDeparted) else fact.status
    return Ticket(
        la_code=fact.la_code,
        school_id=fact.school_id,
        ticket_id=fact.entity_id,
        kind=fact.kind,
        status=status,
        priority=fact.priority,
        asset_id=fact.asset_id,
        opened_at=fact.opened_at,
        resolved_at=fact.resolved_at,
        version=fact.entity_version,
        is_open=status in OPEN_STATUSES,
    )


def tickets_of(facts: Iterable[TicketFact]) -> list[Ticket]:
    return [as_said(fact) for fact in facts]
