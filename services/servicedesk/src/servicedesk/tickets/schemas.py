"""Tickets on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, LaCode, Line, Prose, Urn, partial
from servicedesk.agreements.model import Party
from servicedesk.calendar.model.pressing import Lift
from servicedesk.clocks.model.states import Cause, Measure
from servicedesk.clocks.model.telling import State
from servicedesk.tickets.model import Happened, Kind, Level, Status, WorkingStatus

Summary = Annotated[
    Line, Field(min_length=1, max_length=160, description="What it is, in one line.")
]
Description = Annotated[Prose, Field(max_length=4000)]
Principal = Annotated[
    Line,
    Field(min_length=1, max_length=120, description="A person's or client's id."),
]


class OpenTicket(Body):
    """A fault, or something that is asked for, at a school."""

    school_urn: Urn
    kind: Kind = "incident"
    summary: Summary
    description: Description = ""
    impact: Level = "medium"
    urgency: Level = "medium"
    asset_id: UUID | None = Field(None, description="The school's kit it is about.")


@partial
class ChangeTicket(TypedDict, total=False):
    """New values of a ticket; what is left out stays. Priority follows from them."""

    kind: Kind
    summary: Summary
    description: Description
    impact: Level
    urgency: Level
    status: WorkingStatus
    waits_for: Annotated[
        Cause, Field(description="It waits for this, and no clock runs meanwhile.")
    ]
    assignee_id: Principal | None
    asset_id: UUID | None


class HandOver(Body):
    """To whom a ticket is handed, and why."""

    party: Party
    agreement_id: UUID | None = Field(
        None, description="By which agreement, where it is a supplier."
    )
    reason: Annotated[
        Prose, Field(min_length=1, max_length=1000, description="Why: for all to read.")
    ]


class TicketAnswer(Answer):
    """A ticket."""

    ticket_id: UUID
    number: int = Field(description="As people say it; unique within the school.")
    school_id: UUID
    school_urn: int
    la_code: LaCode
    kind: Kind
    summary: str
    description: str
    impact: Level
    urgency: Level
    priority: int = Field(ge=1, le=4, description="1 is the most pressing.")
    status: Status
    requester_id: str
    assignee_id: str | None
    asset_id: UUID | None
    party: Party = Field(description="Whose turn it is.")
    agreement_id: UUID | None = Field(
        description="By which agreement, where it is a supplier's turn."
    )
    waits_for: Cause | None
    due_at: datetime | None = Field(
        description="When what was promised next is due; null where nothing is, where "
        "no terms are written so far, and while it waits."
    )
    due_for: Measure | None
    lifted_for: Lift | None = Field(
        description="What lifted its priority by one when it was opened."
    )
    version: int
    opened_at: datetime
    resolved_at: datetime | None
    changed_at: datetime


class TurnAnswer(Answer):
    """A stretch of time in which a ticket was with one party."""

    number: int
    party: Party
    agreement_id: UUID | None
    waits_for: Cause | None = Field(description="What it waited for: no clock ran.")
    reason: str
    actor_id: str
    began_at: datetime
    ended_at: datetime | None
    worked_seconds: int | None = Field(
        description="School time within it, once it is over; where terms are written."
    )


class ClockAnswer(Answer):
    """How a party keeps one of its promises, in seconds of school time."""

    party: Party
    agreement_id: UUID | None
    measure: Measure
    target_seconds: int
    taken_seconds: int | None = Field(description="Null where no terms are written.")
    due_at: datetime | None
    state: State


class ClocksAnswer(Answer):
    """A ticket's turns, oldest first, and the clocks of who promised something."""

    turns: list[TurnAnswer]
    clocks: list[ClockAnswer]


class TicketPage(Answer):
    """A page of tickets."""

    items: list[TicketAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class CountAnswer(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="False: there are at least so many.")


class Change(Answer):
    """A value that changed."""

    before: JsonValue
    after: JsonValue


class HistoryAnswer(Answer):
    """One thing that happened to a ticket."""

    version: int = Field(description="The version it made of the ticket.")
    fact: Happened
    actor_id: str
    at: datetime
    changes: dict[str, Change] = Field(description="By field; none as it was opened.")
    told_by: str | None = Field(description="Who brought it in from other records.")


class HistoryPage(Answer):
    """A page of a ticket's history, oldest first."""

    items: list[HistoryAnswer]
    next: str | None = Field(description="The `after` of the next page.")
