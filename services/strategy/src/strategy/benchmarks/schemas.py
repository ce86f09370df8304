"""Comparisons on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, LaCode
from strategy.benchmarks.model.comparison import Direction, MeasureName
from strategy.benchmarks.model.quantiles import MINIMUM_SET
from strategy.benchmarks.model.totals import MINIMUM_SCHOOLS

_TOO_FEW = f"Null under {MINIMUM_SET} schools: too few peers."
_WITHHELD = f"Null where the group, or one it gives away, is under {MINIMUM_SCHOOLS}."


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
    """A school's figures."""

    school_id: UUID
    school_urn: int
    name: str
    phase: str
    pupils: int | None
    devices: int
    open_tickets: int
    pupils_per_device: float | None = Field(description="Null without devices.")
    open_tickets_per_100_devices: float | None = Field(
        description="Null without devices."
    )
    quartiles: dict[MeasureName, int | None] = Field(
        description="By measure the quarter, 1 (lowest) to 4. " + _TOO_FEW
    )


class AuthorityAnswer(Answer):
    """Every open school of an LA beside the others."""

    la_code: LaCode
    as_of: datetime | None = Field(description="When the newest fact was applied.")
    measures: list[MeasureAnswer]
    schools: list[StandingAnswer]


class SchoolAnswer(Answer):
    """One school beside the distribution of its LA."""

    la_code: LaCode
    as_of: datetime | None = Field(description="When the newest fact was applied.")
    measures: list[MeasureAnswer]
    school: StandingAnswer


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
