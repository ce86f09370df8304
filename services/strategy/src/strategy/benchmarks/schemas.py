"""Comparisons on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from chassis.wire import Answer, LaCode, Line
from strategy.benchmarks.model.comparison import Size
from strategy.benchmarks.model.measures import Direction, MeasureName
from strategy.benchmarks.model.quantiles import MINIMUM_SET
from strategy.benchmarks.model.totals import MINIMUM_SCHOOLS

_TOO_FEW = f"Null under {MINIMUM_SET} schools: too few peers."
_WITHHELD = f"Null where the group, or one it gives away, is under {MINIMUM_SCHOOLS}."
_AS_OF = "When the newest fact in it happened."

District = Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class MeasureAnswer(Answer):
    """A measure over the schools that have the figure."""

    measure: MeasureName
    unit: str
    direction: Direction = Field(description="Which end is good.")
    formula: str
    median: float | None
    lower_quartile: float | None = Field(description=_TOO_FEW)
    upper_quartile: float | None = Field(description=_TOO_FEW)
    n: int = Field(description="How many schools have the figure.")


class StandingAnswer(Answer):
    """A school's figures; what is of a year is of this month and the eleven before."""

    school_id: UUID
    school_urn: int
    name: str
    phase: str
    district: str | None
    pupils: int | None
    devices: int
    dated_devices: int = Field(description="Devices whose month of purchase is known.")
    aged_devices: int = Field(description="Of these, bought over five years ago.")
    open_tickets: int
    opened_in_year: int
    resolved_in_year: int
    pupils_per_device: float | None = Field(description="Null without devices.")
    devices_past_five_years: float | None = Field(
        description="In percent. Null without dated devices."
    )
    open_tickets_per_100_devices: float | None = Field(
        description="Null without devices."
    )
    tickets_a_year_per_100_devices: float | None = Field(
        description="Null without devices."
    )
    days_to_resolve: float | None = Field(
        description="Null where no ticket was resolved in the year."
    )
    quartiles: dict[MeasureName, int | None] = Field(
        description="By measure the quarter, 1 (lowest) to 4. " + _TOO_FEW
    )
    percentiles: dict[MeasureName, float | None] | None = Field(
        description="By measure how many of a hundred schools lie below; of equals,"
        " half. Null of one school alone, whose peers' figures are not told. "
        + _TOO_FEW
    )


class ChoicesAnswer(Answer):
    """By what the open schools of the LA can be narrowed down."""

    phases: list[str]
    sizes: list[Size]
    districts: list[str]


class AuthorityAnswer(Answer):
    """Open schools of an LA beside each other: those that the filters take."""

    la_code: LaCode
    as_of: datetime | None = Field(description=_AS_OF)
    measures: list[MeasureAnswer]
    choices: ChoicesAnswer
    schools: list[StandingAnswer]


class PeerSpreadAnswer(Answer):
    """How many peers lie in each step: step i is from bounds[i] to bounds[i + 1]."""

    measure: MeasureName
    peers: str = Field(description='A phase, or "all" for every school of the LA.')
    bounds: list[float] | None = Field(
        description="Null where steps of five schools each would tell too much."
    )
    counts: list[int] | None


class SchoolAnswer(Answer):
    """One school beside the distribution of its peers."""

    la_code: LaCode
    as_of: datetime | None = Field(description=_AS_OF)
    measures: list[MeasureAnswer]
    spreads: list[PeerSpreadAnswer]
    school: StandingAnswer


class DevicesOfYearAnswer(Answer):
    category: str
    bought_in: int | None = Field(description="A year; null where it is unknown.")
    devices: int


class TicketMonthAnswer(Answer):
    in_month: date = Field(description="The month's first day.")
    opened: int
    resolved: int


class OpenTicketsAnswer(Answer):
    priority: int
    tickets: int


class FactsAnswer(Answer):
    """What a school's figures are made of."""

    la_code: LaCode
    school_urn: int
    devices: list[DevicesOfYearAnswer]
    months: list[TicketMonthAnswer] = Field(
        description="This month and the eleven before it, as far as anything happened."
    )
    open_tickets: list[OpenTicketsAnswer]


class GroupAnswer(Answer):
    """Sums over the schools of a phase, or of all ("all")."""

    phase: str
    withheld: bool
    schools: int | None = Field(description=_WITHHELD)
    pupils: int | None
    devices: int | None
    open_tickets: int | None
    pupils_per_device: float | None
    open_tickets_per_100_devices: float | None


class AuthorityTotalsAnswer(Answer):
    """An LA's sums."""

    la_code: LaCode
    la_name: str | None
    as_of: datetime
    total: GroupAnswer | None
    phases: list[GroupAnswer]


class TotalsAnswer(Answer):
    """The LAs of your region."""

    minimum_schools: int
    authorities: list[AuthorityTotalsAnswer]
