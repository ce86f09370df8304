"""The use cases of tickets: each opens the one transaction it needs."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis import conditional, db, errors, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import servicedesk as facts
from contracts.servicedesk import TicketFact
from servicedesk.agreements import service as agreements
from servicedesk.assets import service as assets
from servicedesk.calendar import service as calendar
from servicedesk.calendar.model.openings import LONDON
from servicedesk.clocks import service as clocks
from servicedesk.clocks.model.following import Move
from servicedesk.clocks.model.telling import Clocks
from servicedesk.schools import service as schools
from servicedesk.schools.model import Recorded
from servicedesk.tickets import model, schemas, store
from servicedesk.tickets.model import (
    Changes,
    Count,
    Happened,
    HistoryEntry,
    Sort,
    Ticket,
    TicketFilter,
)

_BATCH = 500
_FIRST = UUID(int=0)
_FACTS: dict[Happened, type[TicketFact]] = {
    "opened": facts.TicketOpened,
    "changed": facts.TicketChanged,
    "resolved": facts.TicketResolved,
    "reopened": facts.TicketReopened,
    "closed": facts.TicketClosed,
    "moved": facts.TicketRestated,
}


async def list_tickets(
    database: db.Database,
    actor: Actor,
    wanted: TicketFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Ticket]:
    """List tickets within the actor's scope; an unknown school is not an empty one.

    A school that is named by an earlier URN is found at the second try.
    """
    wanted = await _with_duplicates(database, actor, wanted)
    found = await store.list_tickets(database, actor, wanted, sort, page)
    if not found.items and wanted.school_urn is not None:
        async with database.read(actor, model.ACCESS) as tx:
            school = await schools.school_of(tx, wanted.school_urn)
        if school.urn != wanted.school_urn:
            present = replace(wanted, school_urn=school.urn)
            return await store.list_tickets(database, actor, present, sort, page)
    return found


async def count_tickets(
    database: db.Database, actor: Actor, wanted: TicketFilter
) -> Count:
    """Count what a listing holds; an unknown school is not an empty one."""
    wanted = await _with_duplicates(database, actor, wanted)
    found = await store.count_tickets(database, actor, wanted)
    if not found.count and wanted.school_urn is not None:
        async with database.read(actor, model.ACCESS) as tx:
            await schools.school_of(tx, wanted.school_urn)
    return found


async def get_ticket(database: db.Database, actor: Actor, ticket_id: UUID) -> Ticket:
    async with database.read(actor, model.ACCESS) as tx:
        return await ticket_of(tx, ticket_id)


async def open_ticket(
    database: db.Database,
    actor: Actor,
    command: schemas.OpenTicket,
    key: str | None,
    now: datetime,
) -> Ticket:
    """Open a ticket at a school; a repeat with the same key changes nothing."""
    async with database.begin(actor, model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Ticket):
            return earlier
        school = await schools.school_of(tx, command.school_urn)
        actor.require(model.OPENERS, school.la_code, school.school_id)
        if command.asset_id is not None:
            await assets.asset_of(tx, school.school_id, command.asset_id)
        today = now.astimezone(LONDON).date()
        has_team = await agreements.has_team(tx, school, today)
        lift = await calendar.lift_on(tx, school, today)
        decided = {
            "priority": model.priority_of(command.impact, command.urgency, lift),
            "lifted_for": lift,
            "party": model.first_party(actor, school, has_team=has_team),
        }
        ticket = await store.insert_ticket(
            tx, school, actor.principal, command.model_dump(), decided
        )
        opened = Move(None, model.standing(ticket), actor.principal)
        [ticket] = await follow(tx, [(opened, ticket)])
        await _record(tx, ticket, "opened", {})
        await idempotency.keep(tx, key, ticket)
    return ticket


async def change_ticket(
    database: db.Database,
    actor: Actor,
    ticket_id: UUID,
    version: int,
    command: schemas.ChangeTicket,
) -> Ticket:
    """Change some values of a ticket; nothing new makes no new version."""
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await ticket_of(tx, ticket_id)
        model.require_worker(actor, ticket)
        conditional.check(version, ticket.version)
        new = model.revised(ticket, command)
        if new.asset_id is not None and new.asset_id != ticket.asset_id:
            await assets.asset_of(tx, ticket.school_id, new.asset_id)
        if new == ticket:
            return ticket
        return await _store(tx, actor, ticket, new, "changed")


async def hand_over_ticket(
    database: db.Database,
    actor: Actor,
    which: tuple[UUID, int],
    command: schemas.HandOver,
    now: datetime,
) -> Ticket:
    """Hand a ticket to another party, or back, and say why.

    Raises:
        AgreementNotFound: there is no such supplier's for this school.
    """
    async with database.begin(actor, model.ACCESS) as tx:
        ticket_id, version = which
        ticket = await ticket_of(tx, ticket_id)
        model.require_worker(actor, ticket)
        conditional.check(version, ticket.version)
        new = model.handed_over(ticket, command.party, command.agreement_id)
        if command.agreement_id is not None:
            school = model.school_of(ticket)
            today = now.astimezone(LONDON).date()
            await agreements.require_supplier(tx, school, command.agreement_id, today)
        return await _store(tx, actor, ticket, new, "changed", command.reason)


async def get_clocks(
    database: db.Database, actor: Actor, ticket_id: UUID, now: datetime
) -> Clocks:
    """Say whose turn a ticket was and is, and how each clock stands."""
    async with database.read(actor, model.ACCESS) as tx:
        ticket = await ticket_of(tx, ticket_id)
        return await clocks.get_clocks(tx, model.standing(ticket), now)


async def tell(tx: db.Tx, actor: Actor, ticket: Ticket, at: datetime) -> None:
    """Let the clocks know that somebody said something; who was waited for has.

    The ticket is held first: nobody hands it over between the look and the word, and
    a word of the requester's is not refused because somebody else was at work.
    """
    await store.hold_ticket(tx, ticket.ticket_id)
    ticket = await ticket_of(tx, ticket.ticket_id)
    standing = replace(model.standing(ticket), at=at)
    if ticket.requester_id == actor.principal:
        new = model.answered_by_requester(ticket)
        if new != ticket:
            await _store(tx, actor, ticket, new, "changed")
        return
    move = Move(standing, standing, actor.principal, answers=True, tells=True)
    await clocks.follow(tx, [move])


async def follow(tx: db.Tx, moved: Sequence[tuple[Move, Ticket]]) -> list[Ticket]:
    """Keep the clocks of stored tickets, and say of each what is due next."""
    dues = await clocks.follow(tx, [move for move, _ in moved])
    said = [(ticket, dues[ticket.ticket_id]) for _, ticket in moved]
    return [replace(ticket, due_at=due.at, due_for=due.measure) for ticket, due in said]


async def resolve_ticket(
    database: db.Database, actor: Actor, ticket_id: UUID, version: int
) -> Ticket:
    """Hold a ticket to be settled: for those who work on it to say."""
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await ticket_of(tx, ticket_id)
        model.require_worker(actor, ticket)
        conditional.check(version, ticket.version)
        new = model.moved(ticket, "resolved")
        return await _store(tx, actor, ticket, new, "resolved")


async def reopen_ticket(
    database: db.Database, actor: Actor, ticket_id: UUID, version: int
) -> Ticket:
    """Take a resolved ticket back to work."""
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await _own_or_worked_on(tx, actor, ticket_id, version)
        return await _store(tx, actor, ticket, model.reopened(ticket), "reopened")


async def close_ticket(
    database: db.Database, actor: Actor, ticket_id: UUID, version: int
) -> Ticket:
    """End a ticket for good; a requester may withdraw one that is still open."""
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await _own_or_worked_on(tx, actor, ticket_id, version)
        return await _store(tx, actor, ticket, model.moved(ticket, "closed"), "closed")


async def list_history(
    database: db.Database, actor: Actor, ticket_id: UUID, page: PageRequest
) -> Page[HistoryEntry]:
    async with database.read(actor, model.ACCESS) as tx:
        await ticket_of(tx, ticket_id)
        return await store.list_history(tx, ticket_id, page)


async def follow_schools(tx: db.Tx, recorded: Sequence[Recorded]) -> None:
    """Say what went with its school to another LA, to both LAs.

    The rows are there already: the keys of the database took them along. Each is a new
    version, so that it replaces what either LA's listeners know of it.
    """
    for school in recorded:
        if school.old_la_code in {None, school.la_code}:
            continue
        changes: Changes = {
            "la_code": {"before": school.old_la_code, "after": school.la_code}
        }
        tickets = await store.renew_tickets(tx, school.school_id, changes)
        moved = [model.recorded(ticket, "moved", changes) for ticket in tickets]
        await audit.record_many(tx, moved)
        left = [replace(ticket, la_code=school.old_la_code) for ticket in tickets]
        await outbox.enqueue_many(
            tx,
            [
                *(said(facts.TicketDeparted, ticket) for ticket in left),
                *(said(_FACTS["moved"], ticket) for ticket in tickets),
            ],
        )


async def judge_anew(
    tx: db.Tx, la_code: str, school_ids: Collection[UUID] | None
) -> None:
    """Work out anew what is due of an LA's tickets under way, or of some schools'."""
    last = _FIRST
    while True:
        tickets = await store.list_under_way(tx, la_code, school_ids, last, _BATCH)
        if not tickets:
            return
        read = [(model.standing(t), t.version, t.due_at) for t in tickets]
        await clocks.judge_anew(tx, read)
        last = tickets[-1].ticket_id


async def restate_tickets(database: db.Database, actor: Actor) -> int:
    """Say the present state of every ticket of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            tickets = await store.restate_tickets(tx, last, _BATCH)
            if not tickets:
                return count
            await outbox.enqueue_many(
                tx, [said(facts.TicketRestated, ticket) for ticket in tickets]
            )
            count, last = count + len(tickets), tickets[-1].ticket_id


async def ticket_of(tx: db.Tx, ticket_id: UUID) -> Ticket:
    """Find a ticket of the transaction's scope.

    Raises:
        model.TicketNotFound: it does not exist or is not within the scope.
    """
    ticket = await store.get_ticket(tx, ticket_id)
    if ticket is None:
        raise model.TicketNotFound
    return ticket


async def _own_or_worked_on(
    tx: db.Tx, actor: Actor, ticket_id: UUID, version: int
) -> Ticket:
    ticket = await ticket_of(tx, ticket_id)
    model.require_party(actor, ticket)
    conditional.check(version, ticket.version)
    return ticket


async def _store(
    tx: db.Tx,
    actor: Actor,
    old: Ticket,
    new: Ticket,
    happened: Happened,
    reason: str = "",
) -> Ticket:
    stored = await store.update_ticket(tx, new)
    if stored is None:
        raise errors.Stale
    [stored] = await follow(tx, [(move_of(actor, old, stored, reason), stored)])
    await _record(tx, stored, happened, model.changes(old, stored))
    return stored


async def _record(
    tx: db.Tx, ticket: Ticket, happened: Happened, changes: Changes
) -> None:
    """Keep what happened, in both records, and say it to the other services."""
    await store.insert_history_entry(tx, ticket, happened, changes)
    await audit.record_many(tx, [model.recorded(ticket, happened, changes)])
    await outbox.enqueue(tx, said_of(ticket, happened))


def move_of(actor: Actor, old: Ticket, new: Ticket, reason: str = "") -> Move:
    """Say to the clocks what became of a ticket; who works on it thereby answers."""
    return Move(
        model.standing(old),
        model.standing(new),
        actor.principal,
        reason,
        answers=new.requester_id != actor.principal,
        tells=new.status in model.SETTLED,
    )


def said_of(ticket: Ticket, happened: Happened) -> TicketFact:
    """Say the fact of one change."""
    return said(_FACTS[happened], ticket)


def said(fact: type[TicketFact], ticket: Ticket) -> TicketFact:
    """Say the publishable state of a ticket: no word of what people wrote."""
    return fact(
        entity_id=ticket.ticket_id,
        entity_version=ticket.version,
        la_code=ticket.la_code,
        school_id=ticket.school_id,
        number=ticket.number,
        kind=ticket.kind,
        status=ticket.status,
        priority=ticket.priority,
        asset_id=ticket.asset_id,
        opened_at=ticket.opened_at,
        resolved_at=ticket.resolved_at,
        requester_id=model.requester_of(ticket),
        party=ticket.party,
        waits_for=ticket.waits_for,
        due_at=ticket.due_at,
        due_for=ticket.due_for,
    )


async def _with_duplicates(
    database: db.Database, actor: Actor, wanted: TicketFilter
) -> TicketFilter:
    """Look for what was reported of an asset's duplicates as well."""
    if wanted.asset_ids is None:
        return wanted
    async with database.read(actor, model.ACCESS) as tx:
        same = [
            each
            for asset_id in wanted.asset_ids
            for each in await assets.same_as(tx, asset_id)
        ]
    return replace(wanted, asset_ids=same)
