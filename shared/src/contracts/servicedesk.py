"""What the service desk says: tickets, without a word of what people wrote."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.event import Event, Word, fact


class TicketFact(Event, frozen=True):
    """The publishable state of a ticket."""

    school_id: UUID
    number: Annotated[int, Field(ge=1)]
    kind: Word
    status: Word
    priority: Annotated[int, Field(ge=1, le=4)]
    asset_id: UUID | None
    opened_at: AwareDatetime
    resolved_at: AwareDatetime | None
    requester_id: UUID | None = None
    """The person whose ticket it is; None of a system, and in facts of old."""
    party: Word | None = None
    """Whose turn it is; None in facts of old."""
    waits_for: Word | None = None
    due_at: AwareDatetime | None = None
    due_for: Word | None = None


@fact("servicedesk.ticket.opened")
class TicketOpened(TicketFact, frozen=True):
    """Somebody reported a fault or asked for something."""


@fact("servicedesk.ticket.changed")
class TicketChanged(TicketFact, frozen=True):
    """What is known of a ticket was changed."""


@fact("servicedesk.ticket.resolved")
class TicketResolved(TicketFact, frozen=True):
    """The desk holds the ticket to be settled."""


@fact("servicedesk.ticket.reopened")
class TicketReopened(TicketFact, frozen=True):
    """A settled ticket was not settled after all."""


@fact("servicedesk.ticket.closed")
class TicketClosed(TicketFact, frozen=True):
    """A ticket is over for good."""


@fact("servicedesk.ticket.restated")
class TicketRestated(TicketFact, frozen=True):
    """A ticket's present state, said again so that readers can be rebuilt."""


@fact("servicedesk.departure.recorded")
class TicketDeparted(TicketFact, frozen=True):
    """A ticket left for another LA with its school; the state names the LA it left.

    Said to the old LA beside `restated` to the new one, with the same version. It is no
    state of the ticket, hence not among the ticket's own facts.
    """


class CalendarFact(Event, frozen=True):
    """That somebody wrote when school is on: an LA for its schools, or one for itself.

    `entity_id` is the school's, or stands for its LA where `school_id` is None.
    """

    since: AwareDatetime
    """From when on the version governs; what was counted before stays."""


@fact("servicedesk.calendar.written")
class CalendarWritten(CalendarFact, frozen=True):
    """A calendar is another than it was."""


TICKET_FACTS = (
    TicketOpened,
    TicketChanged,
    TicketResolved,
    TicketReopened,
    TicketClosed,
    TicketRestated,
)
"""Every fact that states a ticket as it is now."""
