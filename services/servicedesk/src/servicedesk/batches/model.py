"""What is asked of many tickets at once, and what comes of each; no I/O here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Actor
from servicedesk.tickets import model as tickets
from servicedesk.tickets.model import Changes, Happened, Ticket

Result = Literal[
    "done", "unchanged", "stale", "not-found", "forbidden", "illegal", "repeated"
]

MOST = 500
_SET = frozenset({"impact", "urgency", "assignee_id"})
"""What a change of many sets; the priority follows."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to happen to each."""

    happened: Happened
    values: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one of those asked for: where it was asked, and how it went."""

    pointer: str
    result: Result
    version: int | None = None
    """The version that it has since, where it is changed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of all of them, in the order in which they were asked for."""

    batch_id: UUID
    results: list[Outcome]


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """What a change of many did to one of them."""

    ticket_id: UUID
    version: int
    fact: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Kept:
    """Something to be kept in a ticket's history."""

    la_code: str
    school_id: UUID
    ticket_id: UUID
    requester_id: str
    version: int
    fact: Happened
    changes: Changes


class BatchNotFound(errors.NotFound):
    """No such change of many, or none of the caller's: said alike."""

    slug = "batch-not-found"
    title = "There is no such change of yours to take back"


def decided(
    actor: Actor, ticket: Ticket | None, version: int, change: Change | None
) -> Ticket | Result:
    """Say what a ticket becomes, or why it stays as it is."""
    if ticket is None:
        return "not-found"
    if not actor.may(tickets.WORKERS, ticket.la_code, ticket.school_id):
        return "forbidden"
    if ticket.version != version:
        return "stale"
    if change is None:
        return "illegal"
    try:
        new = _new(ticket, change)
    except (tickets.TicketMoveRefused, tickets.TicketSettled):
        return "illegal"
    return new if new != ticket else "unchanged"


def _new(ticket: Ticket, change: Change) -> Ticket:
    match change.happened:
        case "resolved" | "closed":
            return tickets.moved(ticket, change.happened)
        case "reopened":
            return tickets.reopened(ticket)
        case _:
            return tickets.revised(ticket, change.values)


def back(entry: BatchEntry) -> Change | None:
    """Say what takes a change back; what is closed is closed for good."""
    match entry.fact:
        case "resolved":
            return Change("reopened")
        case "reopened":
            return Change("resolved")
        case "changed":
            before = {name: each["before"] for name, each in entry.changes.items()}
            return Change("changed", {n: v for n, v in before.items() if n in _SET})
        case _:
            return None


def kept(old: Ticket, new: Ticket, happened: Happened) -> Kept:
    return Kept(
        new.la_code,
        new.school_id,
        new.ticket_id,
        new.requester_id,
        new.version,
        happened,
        tickets.changes(old, new),
    )
