"""Keeps the read model of tickets and its count, whatever order the facts come in."""

from collections.abc import Sequence

from chassis import db
from contracts import event
from contracts.servicedesk import TicketFact
from strategy.desk import model, store


async def record_tickets(tx: db.Tx, facts: Sequence[TicketFact]) -> None:
    """Take over the newest state of each ticket; what is older is nothing."""
    await store.record_tickets(tx, model.tickets_of(event.newest(facts)))
