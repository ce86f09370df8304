"""How schools stand to the broadband standard, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, LaCode
from inventory.broadband.model.standard import Contradiction, Lack, Standing
from inventory.circuits.schemas import CircuitAnswer


class SchoolBroadbandAnswer(Answer):
    """How a school stands to the broadband standard of the Department for Education."""

    school_id: UUID
    la_code: LaCode
    school_urn: int
    school_name: str
    phase: str | None
    as_of: date = Field(description="The day in England on which it is judged.")
    standing: Standing
    lacks: list[Lack] = Field(
        description="What lacks; of `not-known`, why: the standard does not name the "
        "phase, no line is written down, or none is in use."
    )
    contradictions: list[Contradiction] = Field(
        description="Where what was measured lately is below the standard, and "
        "what is contracted is not."
    )
    asked_down_kbps: int | None
    asked_up_kbps: int | None
    asked_since: date | None
    wording: str | None = Field(description="As the standard has it.")
    source: str = Field(description="The address of the standard.")
    main: CircuitAnswer | None = Field(
        description="The main line in use that comes nearest to the standard."
    )
    back_up: CircuitAnswer | None = Field(
        description="The back-up line in use that comes nearest to it."
    )
    circuits: int = Field(description="Lines that have not ceased.")
    monthly_pence: int = Field(description="Of those with a price.")
    ends_on: date | None = Field(description="The next end of a contract.")


class SchoolBroadbandPage(Answer):
    """A page of schools."""

    items: list[SchoolBroadbandAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class SchoolBroadbandCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
