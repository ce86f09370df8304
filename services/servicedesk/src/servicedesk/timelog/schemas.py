"""The time log on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, Day, whole
from servicedesk.timelog.model import MOST_MINUTES, Kind


class LogTime(Body):
    """How long you worked on a ticket."""

    minutes: Annotated[
        int, Field(ge=1, le=MOST_MINUTES, strict=True), BeforeValidator(whole)
    ]
    kind: Kind = Field(
        "reactive",
        description="`extra`: what a school asks beside ICT, such as sound at a play.",
    )
    worked_on: Day = Field(description="Today or a day before it.")


class TimeEntryAnswer(Answer):
    """How many minutes somebody worked on a ticket on a day."""

    time_entry_id: UUID
    ticket_id: UUID
    person_id: str
    kind: Kind
    minutes: int
    worked_on: date
    logged_at: datetime
    taken_back_at: datetime | None = Field(description="Then it counts nowhere.")


class TimeEntryPage(Answer):
    """A page of a ticket's time, what was logged first first."""

    items: list[TimeEntryAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class TimeSumAnswer(Answer):
    """Minutes of one kind, for one school, person or month."""

    of: str = Field(description="A URN, a person's id, or the first day of a month.")
    kind: Kind
    minutes: int
    entries: int
    tickets: int


class TimeSums(Answer):
    """Where the time of some days went."""

    items: list[TimeSumAnswer]
