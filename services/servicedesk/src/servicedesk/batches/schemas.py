"""Changes of many tickets on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Version
from servicedesk.batches.model import MOST, Result
from servicedesk.tickets.model import Level
from servicedesk.tickets.schemas import Principal


class Chosen(Body):
    """A ticket as it was seen."""

    ticket_id: UUID
    version: Version


class Resolve(Body):
    """Say that they are settled."""

    kind: Literal["resolve"]


class Close(Body):
    """End them for good: this alone cannot be taken back."""

    kind: Literal["close"]


class SetPriority(Body):
    """Say how many each affects and how badly; the priority follows."""

    kind: Literal["set-priority"]
    impact: Level
    urgency: Level


class Assign(Body):
    """Put them into somebody's hands, or into nobody's."""

    kind: Literal["assign"]
    assignee_id: Principal | None


class ChangeTickets(Body):
    """The same change for many tickets, each only if it is as it was seen."""

    tickets: list[Chosen] = Field(min_length=1, max_length=MOST)
    change: Annotated[
        Resolve | Close | SetPriority | Assign, Field(discriminator="kind")
    ]


class OutcomeAnswer(Answer):
    """What came of one ticket."""

    pointer: str = Field(description="Where it stands in what was asked.")
    result: Result
    version: int | None = Field(description="The version it has since.")


class BatchAnswer(Answer):
    """What came of each, in the order in which they were asked for."""

    batch_id: UUID = Field(description="Names all of it, to be taken back.")
    results: list[OutcomeAnswer]
