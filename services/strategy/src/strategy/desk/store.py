"""The ticket and open_ticket_count tables: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, json, sql
from strategy.desk.model import OpenTickets, Ticket, TicketMonth

_QUERIES = sql.load("strategy.desk")
_RECORD = _QUERIES.command("record_tickets")
_MONTHS = _QUERIES.rows("list_ticket_months", TicketMonth)
_OPEN = _QUERIES.rows("count_open_by_priority", OpenTickets)


async def record_tickets(tx: db.Tx, tickets: Sequence[Ticket]) -> None:
    """Upsert tickets, each once at most, and keep the count of open ones right."""
    await tx.run(_RECORD, {"tickets": json.encode(tickets).decode()})


async def list_ticket_months(
    tx: db.Tx, la_code: str, school_id: UUID
) -> list[TicketMonth]:
    return await tx.all(_MONTHS, {"la_code": la_code, "school_id": school_id})


async def count_open_by_priority(
    tx: db.Tx, la_code: str, school_id: UUID
) -> list[OpenTickets]:
    return await tx.all(_OPEN, {"la_code": la_code, "school_id": school_id})
