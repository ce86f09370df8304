"""Many tickets with one statement each: held, read, changed, and kept."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, json, sql
from servicedesk.batches.model import MOST, BatchEntry, Kept
from servicedesk.tickets.model import Ticket

_QUERIES = sql.load("servicedesk.batches")
_LOCK = _QUERIES.scalar("lock_tickets", UUID)
_GET = _QUERIES.rows("get_tickets", Ticket)
_UPDATE = _QUERIES.rows("update_tickets", Ticket)
_KEEP = _QUERIES.command("insert_history")
_BATCH = _QUERIES.rows("list_batch", BatchEntry)


async def get_tickets(tx: db.Tx, ticket_ids: Sequence[UUID]) -> dict[UUID, Ticket]:
    """Read some tickets of the scope; those that may be changed change no more."""
    await tx.all(_LOCK, {"ticket_ids": list(ticket_ids)})
    asked = {"ticket_ids": list(ticket_ids), "page_size": MOST}
    return {ticket.ticket_id: ticket for ticket in await tx.all(_GET, asked)}


async def update_tickets(tx: db.Tx, tickets: Sequence[Ticket]) -> dict[UUID, Ticket]:
    """Store the next versions; those that are no longer the present are not there."""
    if not tickets:
        return {}
    stored = await tx.all(_UPDATE, {"tickets": json.encode(tickets).decode()})
    return {ticket.ticket_id: ticket for ticket in stored}


async def insert_history(tx: db.Tx, entries: Sequence[Kept], batch_id: UUID) -> None:
    if entries:
        told = json.encode(entries).decode()
        await tx.run(_KEEP, {"entries": told, "batch_id": batch_id})


async def list_batch(tx: db.Tx, batch_id: UUID, page_size: int) -> list[BatchEntry]:
    return await tx.all(_BATCH, {"batch_id": batch_id, "page_size": page_size})
