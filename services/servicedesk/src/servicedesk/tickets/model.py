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
from servicedesk.agreements.model import Party
from servicedesk.calendar.model.pressing import Lift
from servicedesk.clocks.model.states import Standing
from servicedesk.schools.model import School

Kind = Literal["incident", "request"]
Level = Literal["low", "medium", "high"]
WorkingStatus = Literal["open", "in-progress", "waiting"]
Status = Literal["open", "in-progress", "waiting", "resolved", "closed"]
Sort = Literal["-opened_at", "opened_at", "priority", "-changed_at", "due_at"]
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
TEAM = frozenset({roles.SCHOOL_TECHNICIAN})
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

PARTIES: tuple[Party, ...] = ("school", "la", "supplier")
SETTLED = frozenset({"resolved", "closed"})
MOST_COUNTED = 100_000
_TOLD = (
    *("school_urn", "number", "kind", "summary", "description", "status"),
    *("impact", "urgency", "priority", "requester_id", "assignee_id", "asset_id"),
    *("party", "lifted_for"),
)
_NOT_CHANGES = frozenset({"version", "changed_at", "due_at", "due_for"})


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
    party: Party
    """Whose turn it is."""
    agreement_id: UUID | None
    """By which agreement, where it is a supplier's turn."""
    waits_for: str | None
    due_at: datetime | None
    due_for: str | None
    version: int
    opened_at: datetime
    resolved_at: datetime | None
    changed_at: datetime
    lifted_for: Lift | None = None
    """What lifted its priority when it was opened."""


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
    party: Party | None = None
    due_within: int | None = None
    """Of which something is due within so many minutes from now, or is late."""


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


class HandOverRefused(errors.Conflict):
    """A ticket is handed to another party than it is with."""

    slug = "ticket-hand-over-refused"
    title = "The ticket is with them already"

    def __init__(self, party: str) -> None:
        allowed = [each for each in PARTIES if each != party]
        super().__init__(
            f"It can be handed to {' or '.join(allowed)}, or to another supplier",
            party=party,
            allowed=allowed,
        )


class SupplierNotNamed(errors.Invalid):
    """A supplier works by an agreement, the school and its LA by their own."""

    slug = "ticket-supplier-not-named"
    title = "A ticket goes to a supplier by an agreement"


class WaitImpossible(errors.Invalid):
    """What a ticket waits for is said of one that waits."""

    slug = "ticket-wait-impossible"
    title = "A ticket that does not wait waits for nothing"


class TicketSettled(errors.Conflict):
    """A settled ticket stays as it was, unless it is reopened."""

    slug = "ticket-settled"
    title = "The ticket is settled and stays as it was"

    def __init__(self, status: str) -> None:
        super().__init__(ticket_status=status, allowed=list(MOVES[status]))


def school_of(ticket: Ticket) -> School:
    return School(ticket.school_id, ticket.la_code, ticket.school_urn)


def standing(ticket: Ticket) -> Standing:
    """Say what of a ticket its clocks go by."""
    return Standing(
        school_of(ticket),
        ticket.ticket_id,
        ticket.requester_id,
        ticket.party,
        ticket.agreement_id,
        ticket.priority,
        ticket.waits_for,
        ticket.status in SETTLED,
        ticket.changed_at,
    )


def first_party(actor: Actor, school: School, *, has_team: bool) -> Party:
    """Say whose turn a new ticket is.

    It begins at the school's own team where it has one. What its technician reports
    goes on to the LA's desk by itself: they would have settled it.
    """
    of_the_team = actor.may(TEAM, school.la_code, school.school_id)
    return "school" if has_team and not of_the_team else "la"


def priority_of(impact: str, urgency: str, lifted_for: Lift | None = None) -> int:
    """Say how much it presses: one more where the school is inspected, or the like."""
    priority = PRIORITIES[impact, urgency]
    return priority if lifted_for is None else max(1, priority - 1)


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
    return replace(ticket, status=status, waits_for=None)


def handed_over(ticket: Ticket, party: Party, agreement_id: UUID | None) -> Ticket:
    """Hand a ticket to another party: who works on it there is theirs to say.

    Raises:
        SupplierNotNamed: it is not said which supplier, or one is where none is meant.
        TicketSettled: it is resolved or closed.
        HandOverRefused: it is with them already.
    """
    if (party == "supplier") != (agreement_id is not None):
        detail = "Give the agreement of a supplier, and of nobody else"
        raise SupplierNotNamed(faults=[errors.Fault("/agreement_id", detail)])
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    if (ticket.party, ticket.agreement_id) == (party, agreement_id):
        raise HandOverRefused(party)
    return replace(
        ticket,
        party=party,
        agreement_id=agreement_id,
        status="open",
        waits_for=None,
        assignee_id=None,
    )


def answered_by_requester(ticket: Ticket) -> Ticket:
    """End a ticket's wait for its requester, who has said something."""
    if ticket.waits_for != "requester":
        return ticket
    return replace(ticket, status="open", waits_for=None)


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
        WaitImpossible: it is to wait for something, and to be under way.
    """
    if ticket.status in SETTLED:
        raise TicketSettled(ticket.status)
    new = replace(ticket, **{**values, **_wait(ticket, values)})
    priority = priority_of(new.impact, new.urgency, new.lifted_for)
    return replace(new, priority=priority)


def _wait(ticket: Ticket, values: Mapping[str, object]) -> dict[str, object]:
    """Bring status and what is waited for together; said alone, either says both."""
    wanted = values.get("waits_for")
    status = values.get("status", "waiting" if wanted else ticket.status)
    if status != "waiting":
        if wanted:
            detail = f"Leave it out, or say that the ticket waits: it is {status}"
            raise WaitImpossible(faults=[errors.Fault("/waits_for", detail)])
        return {"waits_for": None}
    return {"status": status, "waits_for": wanted or ticket.waits_for or "requester"}


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
