"""The tables of tickets and their history: one function per query."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis import auth, db, json, searching, sql
from chassis.paging import Page, PageRequest
from servicedesk.schools.model import School, SchoolOnItsWay
from servicedesk.tickets.model import (
    ACCESS,
    MOST_COUNTED,
    Changes,
    Count,
    Happened,
    HistoryEntry,
    Sort,
    Ticket,
    TicketFilter,
)

_QUERIES = sql.load("servicedesk.tickets")
_NEXT_NUMBER = _QUERIES.scalar("next_ticket_number", int)
_INSERT = _QUERIES.rows("insert_ticket", Ticket)
_GET = _QUERIES.rows("get_ticket", Ticket)
_HOLD = _QUERIES.scalar("hold_ticket", UUID)
_UPDATE = _QUERIES.rows("update_ticket", Ticket)
_RENEW = _QUERIES.rows("renew_tickets", Ticket)
_INSERT_MOVES = _QUERIES.command("insert_moves")
_UNDER_WAY = _QUERIES.rows("list_tickets_under_way", Ticket, planned_anew=True)
_RESTATE = _QUERIES.rows("restate_tickets", Ticket)
_INSERT_HISTORY = _QUERIES.command("insert_history_entry")
_HISTORY = _QUERIES.rows("list_history", HistoryEntry)


def _listing(name: str) -> sql.Query[Ticket]:
    # Without its values each would go through all that the caller may see.
    return _QUERIES.rows(name, Ticket, planned_anew=True)


_LISTINGS: dict[Sort, sql.Query[Ticket]] = {
    "-opened_at": _listing("list_tickets_by_opening"),
    "opened_at": _listing("list_tickets_by_opening_up"),
    "priority": _listing("list_tickets_by_priority"),
    "-changed_at": _listing("list_tickets_by_change"),
    "due_at": _listing("list_tickets_by_due"),
}
_MEANWHILE: db.Refusals = {
    "ticket_counter_school_fkey": SchoolOnItsWay(),
    "ticket_school_fkey": SchoolOnItsWay(),
}
_COUNT = _QUERIES.rows("count_tickets", int, planned_anew=True)
_KEYS: dict[Sort, type] = {
    "-opened_at": str,
    "opened_at": str,
    "priority": int,
    "-changed_at": str,
    "due_at": str,
}


async def insert_ticket(
    tx: db.Tx,
    school: School,
    requester_id: str,
    values: Mapping[str, Any],
    decided: Mapping[str, Any],
) -> Ticket:
    """Number a ticket and store it: what was asked for, and what was decided of it."""
    place = {"la_code": school.la_code, "school_id": school.school_id}
    given = {
        "number": await tx.one(_NEXT_NUMBER, place, _MEANWHILE),
        # The body may name the school by an earlier URN; answers tell the present one.
        "school_urn": school.urn,
        "requester_id": requester_id,
        **decided,
    }
    return await tx.one(_INSERT, {**values, **place, **given}, _MEANWHILE)


async def get_ticket(tx: db.Tx, ticket_id: UUID) -> Ticket | None:
    return await tx.maybe(_GET, {"ticket_id": ticket_id})


async def hold_ticket(tx: db.Tx, ticket_id: UUID) -> None:
    """Let nobody else change a ticket until the end of the transaction."""
    await tx.maybe(_HOLD, {"ticket_id": ticket_id})


async def update_ticket(tx: db.Tx, ticket: Ticket) -> Ticket | None:
    """Store the next version; None when `ticket.version` is no longer the present."""
    return await tx.maybe(_UPDATE, ticket)


async def insert_history_entry(
    tx: db.Tx, ticket: Ticket, fact: Happened, changes: Changes
) -> None:
    entry = {
        "la_code": ticket.la_code,
        "school_id": ticket.school_id,
        "ticket_id": ticket.ticket_id,
        "requester_id": ticket.requester_id,
        "version": ticket.version,
        "fact": fact,
        "changes": json.encode(changes).decode(),
    }
    await tx.run(_INSERT_HISTORY, entry)


async def list_history(
    tx: db.Tx, ticket_id: UUID, page: PageRequest
) -> Page[HistoryEntry]:
    [after_version] = page.key("version", (int,))
    place = {"ticket_id": ticket_id, "after_version": after_version}
    rows = await tx.all(_HISTORY, {**place, "page_size": page.page_size})
    return page.page(rows, "version", lambda last: (last.version,))


async def list_tickets(
    database: db.Database,
    actor: auth.Actor,
    wanted: TicketFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Ticket]:
    """Read one page within the actor's scope, in one round trip."""
    after_key, after_id = page.key(sort, (_KEYS[sort], str))
    asked = {
        **_asked(wanted),
        **_places(actor, wanted),
        "after_key": after_key,
        "after_id": after_id,
        "page_size": page.page_size,
    }
    rows = await database.read_all(actor, ACCESS, _LISTINGS[sort], asked)
    return page.page(rows, sort, lambda last: (_sort_key(last, sort), last.ticket_id))


async def renew_tickets(tx: db.Tx, school_id: UUID, changes: Changes) -> list[Ticket]:
    """Count up the version of each of a school's tickets; return them as they are now.

    Each keeps in its history what made the version.
    """
    tickets = await tx.all(_RENEW, {"school_id": school_id})
    said = json.encode(changes).decode()
    await tx.run(_INSERT_MOVES, {"school_id": school_id, "changes": said})
    return tickets


async def count_tickets(
    database: db.Database, actor: auth.Actor, wanted: TicketFilter
) -> Count:
    """Count within the actor's scope, in one round trip."""
    asked = {
        **_asked(wanted),
        **_bounds(actor, wanted),
        "most": MOST_COUNTED + 1,
    }
    [found] = await database.read_all(actor, ACCESS, _COUNT, asked)
    return Count(min(found, MOST_COUNTED), found <= MOST_COUNTED)


async def list_under_way(
    tx: db.Tx,
    la_code: str,
    school_ids: Collection[UUID] | None,
    after_id: UUID,
    page_size: int,
) -> list[Ticket]:
    """Read tickets of an LA that are under way, in the order of their ids."""
    asked = {
        "la_code": la_code,
        "school_ids": None if school_ids is None else list(school_ids),
        "after_id": after_id,
        "page_size": page_size,
    }
    return await tx.all(_UNDER_WAY, asked)


async def restate_tickets(tx: db.Tx, after_id: UUID, page_size: int) -> list[Ticket]:
    return await tx.all(_RESTATE, {"after_id": after_id, "page_size": page_size})


def _asked(wanted: TicketFilter) -> dict[str, object]:
    return {**asdict(wanted), "parts": searching.patterns(wanted.q)}


def _places(actor: auth.Actor, wanted: TicketFilter) -> dict[str, object]:
    """Say where to take a page from: whole LAs, and schools, each in its own order.

    Row-level security decides; this lets each place's index give its first rows.
    """
    las = [la for la in actor.las(ACCESS.read) if wanted.la_code in {None, la}]
    return {
        "whole_las": las if wanted.school_urn is None else [],
        "la_codes": [] if wanted.school_urn is None else las,
        "school_ids": actor.schools(ACCESS.read | ACCESS.own),
    }


def _bounds(actor: auth.Actor, wanted: TicketFilter) -> dict[str, object]:
    """Say in the query, too, what the scope holds, where one value can say it."""
    las = actor.las(ACCESS.read)
    schools = actor.schools(ACCESS.read | ACCESS.own)
    only_la = las[0] if len(las) == 1 and not schools else None
    return {
        "la_code": wanted.la_code or only_la,
        "school_ids": None if las else schools,
    }


def _sort_key(ticket: Ticket, sort: Sort) -> str | int:
    match sort:
        case "-opened_at" | "opened_at":
            return ticket.opened_at.isoformat()
        case "priority":
            return ticket.priority
        case "-changed_at":
            return ticket.changed_at.isoformat()
        case "due_at":
            return ticket.due_at.isoformat() if ticket.due_at else "infinity"
