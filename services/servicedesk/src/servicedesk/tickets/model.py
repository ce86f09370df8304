"""What a ticket is, and what may be done with it; nothing here touches the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from contracts import roles

Kind = Literal["incident", "request"]
Level = Literal["low", "medium", "high"]
WorkingStatus = Literal["open", "in-progress", "waiting"]
Status = Literal["open", "in-progress", "waiting", "resolved", "closed"]
Sort = Literal["-opened_at", "opened_at", "priority", "-changed_at"]
Happened = Literal["opened", "changed", "resolved", "reopened", "closed", "moved"]
Changes = dict[str, dict[str, object]]
"""By field: its value `before` and `after`."""

WORKERS = frozenset(
    {
        roles.SCHOOL_TECHNICIAN,
        roles.LA_TECHNICIAN,
        roles.LA_MANAGER,
        roles.RBC_SYSTEM,
    }
)
REQUESTERS = frozenset({roles.SCHOOL_LEADER, roles.STAFF, roles.LEARNER})
OPENERS = WORKERS | REQUESTERS
ACCESS = Access(
    read=WORKERS | {roles.SCHOOL_LEADER, roles.AUDITOR},
    write=WORKERS,
    own=REQUESTERS,
)

PRIORITIES: Mapping[tuple[str, str], int] = {
    ("high", "high"): 1,
    ("high", "medium"): 2,
    ("medium", "high"): 2,
    ("high", "low"): 3,
    ("medium", "medium"): 3,
    ("low", "high"): 3,
    ("medium", "low"): 4,
    ("low", "medium"): 4,
    ("low", "low"): 4,
}
"""Impact x urgency, as FITS and ITIL have it; 1 is the most pressing."""

MOVES: Mapping[str, tuple[Status, ...]] = {
    "open": ("in-progress", "waiting", "resolved", "closed"),
    "in-progress": ("open", "waiting", "resolved", "closed"),
    "waiting": ("open", "in-progress", "resolved", "closed"),
    "resolved": ("open", "closed"),
    "closed": (),
}
"""From each status, those it may go to. Open again is reopened; closed is for good."""

MOST_COUNTED = 100_000
_TOLD = (
    *("school_urn", "number", "kind", "summary", "description", "status"),
    *("impact", "urgency", "priority", "requester_id", "assignee_id", "asset_id"),
)
_NOT_CHANGES = frozenset({"version", "changed_at"})


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fault or a wish of a school, as it stands at `version`. Times are UTC."""

    ticket_id: UUID
    number: int
    school_id: UUID
    school_urn: int
    la_code: str
    kind: str
    summary: str
    description: str
    impact: str
    urgency: str
    priority: int
    status: str
    requester_id: str
    assignee_id: str | None
    asset_id: UUID | None
    version: int
    opened_at: datetime
    resolved_at: datetime | None
    changed_at: datetime


def requester_of(ticket: Ticket) -> UUID | None:
    """Say which person asked; None where a system did."""
    try:
        return UUID(ticket.requester_id)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a ticket and made it the version it says."""

    version: int
    fact: str
    actor_id: str
    at: datetime
    changes: Changes
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    status: Status | None = None
    priority: int | None = None
    kind: Kind | None = None
    asset_ids: Sequence[UUID] | None = None
    q: str | None = None
    assignee_id: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many a listing holds in all; at least so many where it is not exact."""

    count: int
    is_exact: bool


class TicketNotFound(errors.NotFound):
    """No such ticket, or none that the caller may know of: said alike."""

    slug = "ticket-not-found"
    title = "There is no such ticket within your scope"


class TicketMoveRefused(errors.Conflict):
    """From its present status a ticket cannot go where it was to go."""

    slug = "ticket-move-refused"
    title = "The ticket cannot go to that status from where it stands"

    def __init__(self, status: str, wanted: str) -> None:
        allowed = MOVES[status]
        said = ", ".join(allowed) or "no other"
        super().__init__(
            f"A ticket that is {status} cannot become {wanted}, but {said}",
            ticket_status=status,
            allowed=list(allowed),
        )


class TicketSettled(errors.Conflict):
    """A settled ticket stays as it was, unless it is reopened."""

    slug = "ticket-settled"
    title = "The ticket is settled and stays as it was"

    def __init__(self, status: str) -> None:
        super().__init__(ticket_status=status, allowed=list(MOVES[status]))


def priority_of(impact: str, urgency: str) -> int:
    return PRIORITIES[impact, urgency]


def require_worker(actor: Actor, ticket: Ticket) -> None:
    """Refuse whoever does not work on the tickets of this school.

    Raises:
        errors.Forbidden: the actor holds no such role there.
    """
    actor.require(WORKERS, ticket.la_code, ticket.school_id)


def require_party(actor: Actor, ticket: Ticket) -> None:
    """Refuse who neither works on the ticket nor requested it.

    A requester must still hold a role at the school that may open tickets there.

    Raises:
        errors.Forbidden: the actor is no party of this ticket.
    """
    requested = ticket.requester_id == actor.principal
    actor.require(OPENERS if requested else WORKERS, ticket.la_code, ticket.school_id)


def moved(ticket: Ticket, status: Status) -> Ticket:
    """Take a ticket to another status.

    Raises:
        TicketMoveRefused: its present status does not allow that.
    """
    if status not in MOVES[ticket.status]:
        raise TicketMoveRefused(ticket.status, status)
    return replace(ticket, status=status)


def reopened(ticket: Ticket) -> Ticket:
    """Take a resolved ticket back to work; one that is under way is no such ticket.

    Raises:
        TicketMoveRefused: it is not resolved.
    """
    if ticket.status != "resolved":
        raise TicketMoveRefused(ticket.status, "reopened")
    return moved(ticket, "open")


def revised(ticket: Ticket, values: Mapping[str, object]) -> Ticket:
    """Give a ticket new values; its priority follows from impact and urgency.

    Raises:
        TicketSettled: it is resolved or closed.
    """
    if ticket.status in {"resolved", "closed"}:
        raise TicketSettled(ticket.status)
    new = replace(ticket, **values)
    return replace(new, priority=priority_of(new.impact, new.urgency))


def changes(old: Ticket, new: Ticket) -> Changes:
    """Say which values differ; a version and its time differ always and say nothing."""
    return {
        name: {"before": getattr(old, name), "after": getattr(new, name)}
        for name in (field.name for field in fields(Ticket))
        if name not in _NOT_CHANGES and getattr(old, name) != getattr(new, name)
    }


def recorded(ticket: Ticket, happened: str, changes: Changes) -> Entry:
    """Say it as the audit has it; of a ticket that is new, as what it began."""
    target = Target("ticket", ticket.ticket_id, ticket.la_code, ticket.school_id)
    if changes:
        return audit.changed(f"ticket.{happened}", target, changes)
    values = {name: getattr(ticket, name) for name in _TOLD}
    return Entry(f"ticket.{happened}", target, after=values)
