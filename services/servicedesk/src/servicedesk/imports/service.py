"""The use case of an import: every ticket with its past, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chassis import db, errors, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.errors import Fault
from contracts import servicedesk as facts
from servicedesk.assets import service as assets
from servicedesk.assets.model import AssetUnknown
from servicedesk.clocks import service as clocks
from servicedesk.clocks.model.states import Standing
from servicedesk.imports import model, schemas, store
from servicedesk.imports.model import Imported, Intake
from servicedesk.schools import service as schools
from servicedesk.schools.model import School, SchoolNotFound
from servicedesk.tickets import model as tickets_model
from servicedesk.tickets import service as tickets
from servicedesk.tickets.model import HistoryEntry, Ticket


async def import_tickets(
    database: db.Database,
    actor: Actor,
    command: schemas.ImportTickets,
    key: str | None,
    now: datetime,
) -> Intake:
    """Take in tickets of the past; a repeat with the same key changes nothing.

    Raises:
        SchoolNotFound: items name schools that are not within the scope.
        errors.Forbidden: the actor may not import at some of the schools.
        CourseImpossible: items have times that cannot be.
        AssetUnknown: items name kit that their school does not have.
    """
    async with database.begin(actor, model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Intake):
            return earlier
        places = await _places(tx, actor, command)
        _require_possible(command, now)
        await _require_known_assets(tx, command, places)
        drafts = [
            model.draft(place, item.model_dump(), item.course(), actor.principal)
            for item, place in zip(command.items, places, strict=True)
        ]
        stored = await _store(tx, [ticket for ticket, _ in drafts])
        await clocks.record_past(tx, list(_courses(stored, command)))
        pasts = [entries for _, entries in drafts]
        await store.insert_entries(tx, list(_entries(stored, pasts)))
        said = list(_comments(stored, command, actor.principal))
        await store.insert_comments(tx, said)
        recorded = [tickets_model.recorded(t, "imported", {}) for t in stored]
        await audit.record_many(tx, recorded)
        await outbox.enqueue_many(
            tx, [tickets.said(facts.TicketRestated, ticket) for ticket in stored]
        )
        intake = Intake([Imported(t.ticket_id, t.school_urn, t.number) for t in stored])
        await idempotency.keep(tx, key, intake)
    return intake


async def _places(
    tx: db.Tx, actor: Actor, command: schemas.ImportTickets
) -> list[School]:
    """Find each item's school, at which the actor may import."""
    found = await schools.schools_of(tx, {item.school_urn for item in command.items})
    unknown = [
        Fault(f"/items/{place}/school_urn", SchoolNotFound.title)
        for place, item in enumerate(command.items)
        if item.school_urn not in found
    ]
    if unknown:
        raise SchoolNotFound(errors=unknown)
    places = [found[item.school_urn] for item in command.items]
    closed = [
        Fault(f"/items/{place}/school_urn", errors.Forbidden.title)
        for place, at in enumerate(places)
        if not actor.may(model.IMPORTERS, at.la_code, at.school_id)
    ]
    if closed:
        raise errors.Forbidden(errors=closed)
    return places


def _require_possible(command: schemas.ImportTickets, now: datetime) -> None:
    faults = [
        Fault(f"/items/{place}{fault.pointer}", fault.detail)
        for place, item in enumerate(command.items)
        for fault in model.faults(item.course(), now)
    ]
    if faults:
        raise model.CourseImpossible(faults=faults)


async def _require_known_assets(
    tx: db.Tx, command: schemas.ImportTickets, places: Sequence[School]
) -> None:
    wanted = {item.asset_id for item in command.items if item.asset_id is not None}
    found = await assets.schools_of_assets(tx, wanted)
    faults = [
        Fault(f"/items/{place}/asset_id", AssetUnknown.title)
        for place, (item, at) in enumerate(zip(command.items, places, strict=True))
        if item.asset_id is not None and found.get(item.asset_id) != at.school_id
    ]
    if faults:
        raise AssetUnknown(faults)


async def _store(tx: db.Tx, drafts: Sequence[Ticket]) -> list[Ticket]:
    """Number tickets within their schools, in the order of the request, and store."""
    free = await store.take_numbers(tx, drafts)
    numbered: list[Ticket] = []
    for ticket in drafts:
        numbered.append(replace(ticket, number=free[ticket.school_id]))
        free[ticket.school_id] += 1
    ids = await store.insert_tickets(tx, numbered)
    return [replace(t, ticket_id=ids[t.school_id, t.number]) for t in numbered]


def _courses(
    stored: Sequence[Ticket], command: schemas.ImportTickets
) -> Iterator[tuple[Standing, datetime | None]]:
    """Tell each ticket's one turn: from when it was opened to when it was settled."""
    for ticket, item in zip(stored, command.items, strict=True):
        course = item.course()
        opened = replace(tickets_model.standing(ticket), at=ticket.opened_at)
        yield opened, course.resolved_at or course.closed_at


def _entries(
    stored: Sequence[Ticket], pasts: Sequence[Sequence[HistoryEntry]]
) -> Iterator[dict[str, Any]]:
    for ticket, entries in zip(stored, pasts, strict=True):
        for entry in entries:
            yield _of(ticket) | asdict(entry)


def _comments(
    stored: Sequence[Ticket], command: schemas.ImportTickets, by: str
) -> Iterator[dict[str, Any]]:
    for ticket, item in zip(stored, command.items, strict=True):
        for comment in sorted(item.comments, key=lambda each: each.commented_at):
            said = comment.model_dump()
            yield _of(ticket) | said | {"author_id": comment.author_id or by}


def _of(ticket: Ticket) -> dict[str, Any]:
    """Say whose a row of a ticket is."""
    return {
        "la_code": ticket.la_code,
        "school_id": ticket.school_id,
        "ticket_id": ticket.ticket_id,
        "requester_id": ticket.requester_id,
    }
