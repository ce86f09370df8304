"""Keeps the read model of tickets and its count, whatever order the facts come in."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db
from contracts import event
from contracts.servicedesk import TicketFact
from strategy.desk import model, store
from strategy.desk.model import OpenTickets, TicketMonth


async def record_tickets(tx: db.Tx, facts: Sequence[TicketFact]) -> None:
    """Take over the newest state of each ticket; what is older is nothing."""
    await store.record_tickets(tx, model.tickets_of(event.newest(facts)))


async def months_of(tx: db.Tx, la_code: str, school_id: UUID) -> list[TicketMonth]:
    """Count what came and went in this month and the eleven before it."""
    return await store.list_ticket_months(tx, la_code, school_id)


async def open_by_priority(
    tx: db.Tx, la_code: str, school_id: UUID
) -> list[OpenTickets]:
    return await store.count_open_by_priority(tx, la_code, school_id)
