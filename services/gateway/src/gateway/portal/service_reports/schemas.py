"""What the service desk answers of a service, and what the pages read."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from chassis.wire import Day
from gateway.portal.visit.schemas import Answer


class TicketLine(Answer):
    """What became of the tickets of one kind and priority."""

    kind: str
    priority: int
    opened: int
    settled: int
    withdrawn: int
    reopened: int
    under_way: int
    median_seconds: int | None = None
    slowest_seconds: int | None = None


class Kept(Answer):
    """How what a party promised was kept."""

    party: str
    measure: str
    kept: int
    missed: int


class Minutes(Answer):
    """The time that one kind of work took."""

    kind: str
    minutes: int


class Scores(Answer):
    """How tickets went for who asked."""

    good: int
    fair: int
    poor: int


class Met(Answer):
    """For how many tickets something stood in the way."""

    obstacle: str
    tickets: int


class SchoolFigures(Answer):
    """What became of a school's tickets."""

    school_urn: int
    opened: int
    settled: int
    under_way: int
    kept: int
    missed: int


class Report(Answer):
    """The service of some days."""

    first: date
    last: date
    tickets: list[TicketLine]
    promises: list[Kept]
    time: list[Minutes]
    scores: Scores
    obstacles: list[Met]
    schools: list[SchoolFigures]


def _or_none(value: object) -> object:
    return None if value == "" else value


class ReportQuery(BaseModel):
    """Of which days; without them, the present term or the last one."""

    model_config = ConfigDict(frozen=True)

    first: Annotated[Day | None, BeforeValidator(_or_none)] = None
    last: Annotated[Day | None, BeforeValidator(_or_none)] = None
