"""The use cases of the time log."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from servicedesk.schools import service as schools
from servicedesk.tickets import model as tickets_model
from servicedesk.tickets import service as tickets
from servicedesk.tickets.model import Ticket
from servicedesk.timelog import model, schemas, store
from servicedesk.timelog.model import ACCESS, TimeAsked, TimeEntry, TimeSum


@dataclass(frozen=True, slots=True)
class _OfTicket:
    """A command together with the ticket that its address names."""

    ticket_id: UUID
    command: schemas.LogTime


async def list_time(
    database: db.Database, actor: Actor, ticket_id: UUID, page: PageRequest
) -> Page[TimeEntry]:
    """List the time of a ticket.

    Raises:
        TicketNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await tickets.ticket_of(tx, ticket_id)
        return await store.list_entries(tx, ticket_id, page)


async def log_time(
    database: db.Database,
    actor: Actor,
    ticket_id: UUID,
    command: schemas.LogTime,
    key: str | None,
    today: date,
) -> TimeEntry:
    """Write down how long one worked; a repeat with the same key adds nothing.

    A settled ticket takes time as well: most write it down when they are done.

    Raises:
        TicketNotFound: it is not within the scope.
        errors.Forbidden: the actor does not work on it.
        TimeImpossible: the day is not there yet.
    """
    repeatable = _OfTicket(ticket_id, command)
    async with database.begin(actor, ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, repeatable, TimeEntry):
            return earlier
        ticket = await tickets.ticket_of(tx, ticket_id)
        tickets_model.require_worker(actor, ticket)
        model.require_done(command.worked_on, today)
        entry = await store.insert_entry(tx, ticket, command.model_dump())
        said = {k: v for k, v in asdict(entry).items() if k in _TOLD}
        await audit.record(tx, "ticket.time-logged", _target(ticket), after=said)
        await idempotency.keep(tx, key, entry)
    return entry


_TOLD = frozenset({"time_entry_id", "kind", "minutes", "worked_on"})


async def take_back(
    database: db.Database, actor: Actor, ticket_id: UUID, time_entry_id: UUID
) -> TimeEntry:
    """Let an entry of one's own count no more; a manager puts others' right.

    Raises:
        TicketNotFound, TimeEntryNotFound: it is not within the scope.
        errors.Forbidden: it is somebody else's.
        TimeTakenBack: it is taken back already.
    """
    async with database.begin(actor, ACCESS) as tx:
        ticket = await tickets.ticket_of(tx, ticket_id)
        tickets_model.require_worker(actor, ticket)
        entry = await store.get_entry(tx, ticket_id, time_entry_id)
        if entry is None:
            raise model.TimeEntryNotFound
        model.require_own(actor, ticket, entry)
        taken = await store.take_back_entry(tx, entry)
        said = {"time_entry_id": time_entry_id, "minutes": entry.minutes}
        await audit.record(tx, "ticket.time-taken-back", _target(ticket), before=said)
    return taken


async def sum_time(
    database: db.Database, actor: Actor, asked: TimeAsked
) -> list[TimeSum]:
    """Sum the time of some days within the scope, of a school or of an LA.

    Raises:
        SchoolNotFound: the school is not within the scope.
        TimeImpossible: the days are none, or too many.
    """
    model.require_days(asked.first, asked.last)
    async with database.read(actor, ACCESS) as tx:
        if asked.school_urn is None:
            return await store.sum_time(tx, asked, asked.la_code, None)
        school = await schools.school_of(tx, asked.school_urn)
        if asked.la_code not in {None, school.la_code}:
            return []
        return await store.sum_time(tx, asked, school.la_code, school.school_id)


async def time_of(
    tx: db.Tx, asked: TimeAsked, la_code: str | None, school_id: UUID | None
) -> list[TimeSum]:
    """Sum the time of some days, of a place that is found already."""
    return await store.sum_time(tx, asked, la_code, school_id)


def _target(ticket: Ticket) -> Target:
    return Target("ticket", ticket.ticket_id, ticket.la_code, ticket.school_id)
