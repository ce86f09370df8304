"""Hears of the service desk's tickets."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.servicedesk import TicketFact
from strategy.desk import service


async def record_tickets(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep what is known of the tickets of one LA."""
    facts = [event for event in events if isinstance(event, TicketFact)]
    await service.record_tickets(tx, facts)
