"""What an entry of the time log is, and who takes one back: pure decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Access, Actor
from contracts import roles
from servicedesk.tickets import model as tickets

Kind = Literal["reactive", "proactive", "project", "extra"]
"""FITS parts reactive from proactive work; `extra` is what a school asks beside ICT."""
By = Literal["school", "person", "month"]
ACCESS = Access(read=tickets.ACCESS.read, write=tickets.WORKERS)
CORRECTORS = frozenset({roles.LA_MANAGER})
MOST_MINUTES = 24 * 60
MOST_DAYS = 400
"""Days that are summed at once: a school year, and some of the next."""
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """How many minutes somebody worked on a ticket on a day."""

    time_entry_id: UUID
    ticket_id: UUID
    person_id: str
    kind: str
    minutes: int
    worked_on: date
    logged_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class TimeSum:
    """The minutes of one kind that were worked for one school, by one person, or so."""

    of: str
    """A school's URN, a person's id, or the first day of a month."""
    kind: str
    minutes: int
    entries: int
    tickets: int


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """Which time is summed, and by what; None means any."""

    la_code: str | None
    school_urn: int | None
    first: date
    last: date
    by: By


class TimeEntryNotFound(errors.NotFound):
    """No such entry of the ticket."""

    slug = "time-entry-not-found"
    title = "The ticket has no such entry of time"


class TimeTakenBack(errors.Conflict):
    """An entry is taken back once."""

    slug = "time-taken-back"
    title = "The entry has been taken back already"


class TimeImpossible(errors.Invalid):
    """Work that is not done yet, or days that cannot be summed."""

    slug = "time-impossible"
    title = "Nobody can have worked so"


def require_done(worked_on: date, today: date) -> None:
    """Refuse time of a day that is not there yet, or long before anybody logged any.

    Raises:
        TimeImpossible: it is.
    """
    if not EARLIEST <= worked_on <= today:
        detail = "Give today or a day before it, from 2000 on"
        raise TimeImpossible(faults=[errors.Fault("/worked_on", detail)])


def require_days(first: date, last: date) -> None:
    """Refuse days that are none, or too many to be summed at once.

    Raises:
        TimeImpossible: they are.
    """
    if faults := list(_faults(first, last)):
        raise TimeImpossible(faults=faults)


def _faults(first: date, last: date) -> Iterator[errors.Fault]:
    if not 0 <= (last - first).days < MOST_DAYS:
        detail = f"Give a last day from the first on, of {MOST_DAYS} days at most"
        yield errors.Fault("/last", detail)


def require_own(actor: Actor, ticket: tickets.Ticket, entry: TimeEntry) -> None:
    """Refuse whoever neither logged an entry nor puts others' right.

    Raises:
        errors.Forbidden: it is somebody else's.
        TimeTakenBack: it is taken back.
    """
    if entry.person_id != actor.principal:
        actor.require(CORRECTORS, ticket.la_code, ticket.school_id)
    if entry.taken_back_at is not None:
        raise TimeTakenBack
