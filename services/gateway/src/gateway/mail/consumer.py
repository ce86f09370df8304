"""Hears of what people are to be told."""

from collections.abc import Sequence
from datetime import UTC, datetime

from chassis.db import Tx
from contracts.event import Event
from contracts.servicedesk import TicketResolved
from gateway.mail import service


async def note_tickets(tx: Tx, events: Sequence[Event]) -> None:
    """Note who is to be told that their ticket was resolved."""
    resolved = [event for event in events if isinstance(event, TicketResolved)]
    await service.note_resolved(tx, resolved, datetime.now(UTC))
