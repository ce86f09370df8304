"""Service reports on the wire."""

from datetime import date

from pydantic import Field

from chassis.wire import Answer
from servicedesk.agreements.model import Party
from servicedesk.clocks.model.states import Measure
from servicedesk.feedback.model import Obstacle
from servicedesk.tickets.model import Kind
from servicedesk.timelog.model import Kind as Work


class TicketLineAnswer(Answer):
    """What became of the tickets of one kind and priority."""

    kind: Kind
    priority: int = Field(ge=1, le=4, description="1 is the most pressing.")
    opened: int
    settled: int
    withdrawn: int = Field(description="Closed before anybody settled it.")
    reopened: int = Field(description="How often, in these days.")
    under_way: int = Field(description="Opened by the last day, and not settled yet.")
    median_seconds: int | None = Field(
        description="From opening to settling, by the clock on the wall."
    )
    slowest_seconds: int | None = Field(description="Of one in ten it took longer.")


class KeptAnswer(Answer):
    """How what a party promised of the tickets settled in these days was kept."""

    party: Party
    measure: Measure
    kept: int
    missed: int


class MinutesAnswer(Answer):
    """The time that one kind of work took."""

    kind: Work
    minutes: int


class ScoresAnswer(Answer):
    """How tickets went, as those say who asked; most say nothing."""

    good: int
    fair: int
    poor: int


class MetAnswer(Answer):
    """For how many tickets something stood in the way."""

    obstacle: Obstacle
    tickets: int


class SchoolFiguresAnswer(Answer):
    """What became of a school's tickets, and of what was promised for them."""

    school_urn: int
    opened: int
    settled: int
    under_way: int
    kept: int
    missed: int


class ReportAnswer(Answer):
    """The service of some days."""

    first: date
    last: date
    tickets: list[TicketLineAnswer]
    promises: list[KeptAnswer]
    time: list[MinutesAnswer]
    scores: ScoresAnswer
    obstacles: list[MetAnswer]
    schools: list[SchoolFiguresAnswer]
