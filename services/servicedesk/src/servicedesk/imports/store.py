"""Many tickets at once: one function per query."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis import db, json, sql
from servicedesk.imports.model import Counter, TicketKey
from servicedesk.schools.model import SchoolOnItsWay
from servicedesk.tickets.model import Ticket

_QUERIES = sql.load("servicedesk.imports")
_NUMBERS = _QUERIES.rows("take_numbers", Counter)
_TICKETS = _QUERIES.rows("insert_tickets", TicketKey)
_ENTRIES = _QUERIES.command("insert_entries")
_COMMENTS = _QUERIES.command("insert_comments")
_MEANWHILE: db.Refusals = {
    "ticket_counter_school_fkey": SchoolOnItsWay(),
    "ticket_school_fkey": SchoolOnItsWay(),
}


async def take_numbers(tx: db.Tx, tickets: Sequence[Ticket]) -> dict[UUID, int]:
    """Reserve a number for each ticket; return the first one of each school."""
    wanted = Tally((ticket.la_code, ticket.school_id) for ticket in tickets)
    counts = [
        {"la_code": la_code, "school_id": school_id, "wanted": count}
        for (la_code, school_id), count in wanted.items()
    ]
    held = {school_id: count for (_, school_id), count in wanted.items()}
    found = await tx.all(_NUMBERS, {"counts": _json(counts)}, _MEANWHILE)
    return {c.school_id: c.last_number - held[c.school_id] + 1 for c in found}


async def insert_tickets(
    tx: db.Tx, tickets: Sequence[Ticket]
) -> dict[tuple[UUID, int], UUID]:
    """Store tickets; return their ids by school and number."""
    said = _json([asdict(ticket) for ticket in tickets])
    keys = await tx.all(_TICKETS, {"tickets": said}, _MEANWHILE)
    return {(key.school_id, key.number): key.ticket_id for key in keys}


async def insert_entries(tx: db.Tx, entries: Sequence[Mapping[str, Any]]) -> None:
    await tx.run(_ENTRIES, {"entries": _json(entries)})


async def insert_comments(tx: db.Tx, comments: Sequence[Mapping[str, Any]]) -> None:
    if comments:
        await tx.run(_COMMENTS, {"comments": _json(comments)})


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.encode(rows).decode()
