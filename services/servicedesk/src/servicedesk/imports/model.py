"""How a ticket went, from its few known times; nothing here touches the world."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from servicedesk.schools.model import School
from servicedesk.tickets import model as tickets
from servicedesk.tickets.model import HistoryEntry, Status, Ticket, WorkingStatus

MOST = 500
"""Items of one request: they are one transaction."""
IMPORTERS = frozenset({roles.LA_MANAGER, roles.RBC_SYSTEM})
ACCESS = Access(read=tickets.ACCESS.read, write=IMPORTERS, own=tickets.ACCESS.own)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Course:
    """When what happened to a ticket; what did not happen has no time."""

    status: WorkingStatus | None
    opened_at: datetime
    started_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    commented_at: Sequence[datetime] = ()

    @property
    def is_settled(self) -> bool:
        return self.resolved_at is not None or self.closed_at is not None

    @property
    def ends_as(self) -> Status:
        if self.closed_at is not None:
            return "closed"
        return "resolved" if self.resolved_at is not None else self.worked_as

    @property
    def worked_as(self) -> WorkingStatus:
        return self.status or ("in-progress" if self.started_at else "open")


@dataclass(frozen=True, slots=True)
class TicketKey:
    """A ticket as it was stored."""

    ticket_id: UUID
    school_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Counter:
    """The last number given out at a school."""

    school_id: UUID
    last_number: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A ticket as it was taken in."""

    ticket_id: UUID
    school_urn: int
    number: int


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that one request brought, in its order."""

    items: list[Imported]


class CourseImpossible(errors.Invalid):
    """Some tickets cannot have gone so; the times that are wrong are pointed at."""

    slug = "ticket-course-impossible"
    title = "A ticket cannot have gone like this"


def faults(course: Course, now: datetime) -> Iterator[errors.Fault]:
    """Say which times or status cannot be, by their pointer within the item."""
    if course.is_settled and course.status is not None:
        yield errors.Fault("/status", "It is settled: leave its status out")
    if course.started_at is None and course.status in {"in-progress", "waiting"}:
        yield errors.Fault("/started_at", f"It is {course.status}: say since when")
    steps = {
        "opened_at": course.opened_at,
        "started_at": course.started_at,
        "resolved_at": course.resolved_at,
        "closed_at": course.closed_at,
    }
    before, then = "2000", EARLIEST
    for name, at in steps.items():
        if at is None:
            continue
        yield from _misplaced(f"/{name}", at, then, before, now)
        before, then = name, max(then, at)
    for place, at in enumerate(course.commented_at):
        pointer = f"/comments/{place}/commented_at"
        yield from _misplaced(pointer, at, course.opened_at, "opened_at", now)


def _misplaced(
    pointer: str, at: datetime, then: datetime, before: str, now: datetime
) -> Iterator[errors.Fault]:
    if at > now:
        yield errors.Fault(pointer, "This is in the future")
    elif at < then:
        yield errors.Fault(pointer, f"This is before {before}")


def draft(
    school: School, values: dict[str, object], course: Course, by: str
) -> tuple[Ticket, list[HistoryEntry]]:
    """Make a ticket as it stands now, but for id and number, and how it got there."""
    assignee = values["assignee_id"]
    opened = Ticket(
        ticket_id=_NOBODY,
        number=0,
        school_id=school.school_id,
        school_urn=school.urn,
        la_code=school.la_code,
        kind=str(values["kind"]),
        summary=str(values["summary"]),
        description=str(values["description"]),
        impact=str(values["impact"]),
        urgency=str(values["urgency"]),
        priority=tickets.priority_of(str(values["impact"]), str(values["urgency"])),
        status="open",
        requester_id=str(values["requester_id"] or by),
        assignee_id=None if assignee is None else str(assignee),
        asset_id=None if values["asset_id"] is None else UUID(str(values["asset_id"])),
        party="la",
        agreement_id=None,
        waits_for=None,
        due_at=None,
        due_for=None,
        version=1,
        opened_at=course.opened_at,
        resolved_at=None,
        changed_at=course.opened_at,
    )
    return _gone_through(opened, course, opened.assignee_id or by)


def _gone_through(
    opened: Ticket, course: Course, worker: str
) -> tuple[Ticket, list[HistoryEntry]]:
    """Take a ticket through its course; who works on it is known since work began."""
    entries = [HistoryEntry(1, "opened", opened.requester_id, course.opened_at, {})]
    ticket = opened
    if course.started_at is not None:
        ticket = replace(opened, assignee_id=None)
        waits_for = "requester" if course.worked_as == "waiting" else None
        begun = replace(opened, status=course.worked_as, waits_for=waits_for)
        if begun != ticket:
            ticket = _next(ticket, begun, "changed", worker, course.started_at, entries)
    if course.resolved_at is not None:
        settled = replace(
            ticket,
            status="resolved",
            waits_for=None,
            resolved_at=course.resolved_at,
        )
        ticket = _next(ticket, settled, "resolved", worker, course.resolved_at, entries)
    if course.closed_at is not None:
        over = replace(ticket, status="closed", waits_for=None)
        ticket = _next(ticket, over, "closed", worker, course.closed_at, entries)
    return ticket, entries


def _next(
    old: Ticket,
    new: Ticket,
    fact: tickets.Happened,
    worker: str,
    at: datetime,
    entries: list[HistoryEntry],
) -> Ticket:
    version = old.version + 1
    entries.append(HistoryEntry(version, fact, worker, at, tickets.changes(old, new)))
    return replace(new, version=version, changed_at=at)
