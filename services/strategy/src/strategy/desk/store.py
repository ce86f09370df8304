"""The ticket and open_ticket_count tables: one function per query."""

from collections.abc import Sequence

from chassis import db, json, sql
from strategy.desk.model import Ticket

_QUERIES = sql.load("strategy.desk")
_RECORD = _QUERIES.command("record_tickets")


async def record_tickets(tx: db.Tx, tickets: Sequence[Ticket]) -> None:
    """Upsert tickets, each once at most, and keep the count of open ones right."""
    await tx.run(_RECORD, {"tickets": json.encode(tickets).decode()})
