"""Circuits on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose, Urn, partial, whole
from inventory.assets.model import CfrCode
from inventory.circuits.model.things import NextState, Outcome, Role, State, Technology

Reference = Annotated[
    Line,
    Field(
        min_length=1,
        max_length=80,
        description="The provider's number of the line; once at a school.",
    ),
]
Provider = Annotated[Line, Field(min_length=1, max_length=120)]
Speed = Annotated[
    int,
    Field(
        ge=1,
        le=1_000_000_000,
        strict=True,
        description="Whole kbit/s (1,000 are a Mbit/s), as the contract has it.",
    ),
    BeforeValidator(whole),
]
Monthly = Annotated[
    int,
    Field(
        ge=0, le=100_000_000, strict=True, description="What a month costs, in pence."
    ),
    BeforeValidator(whole),
]
Note = Annotated[Prose, Field(min_length=1, max_length=500)]


class AddCircuit(Body):
    """A line that joins a school to the internet."""

    school_urn: Urn
    reference: Reference
    role: Role = "main"
    backs: UUID | None = Field(
        default=None, description="Of a back-up line: the main line of the school."
    )
    provider: Provider
    technology: Technology
    down_kbps: Speed
    up_kbps: Speed
    is_contended: bool | None = Field(
        default=None, description="Whether others share it; null where nobody said."
    )
    starts_on: Day | None = Field(default=None, description="The contract begins.")
    ends_on: Day | None = Field(default=None, description="The contract ends.")
    notice_on: Day | None = Field(
        default=None, description="The last day on which notice can be given."
    )
    monthly_pence: Monthly | None = None
    cfr_code: CfrCode = "E20A"
    note: Note | None = None
    live_on: Day | None = Field(
        default=None, description="Since when it is used; null while it is planned."
    )


@partial
class ChangeCircuit(TypedDict, total=False):
    """New values of a circuit; what is left out stays."""

    reference: Reference
    role: Role
    backs: UUID | None
    provider: Provider
    technology: Technology
    down_kbps: Speed
    up_kbps: Speed
    is_contended: bool | None
    starts_on: Day | None
    ends_on: Day | None
    notice_on: Day | None
    monthly_pence: Monthly | None
    cfr_code: CfrCode
    note: Note | None


class MoveCircuit(Body):
    """The state to which a circuit passed, and on which day."""

    state: NextState
    on: Day


class CircuitAnswer(Answer):
    """A line to the internet, with what was measured on it and when it was tested."""

    circuit_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    school_name: str
    reference: str
    role: Role
    backs: UUID | None
    backs_reference: str | None
    provider: str
    technology: Technology
    down_kbps: int
    up_kbps: int
    is_contended: bool | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode
    note: str | None
    state: State
    live_on: date | None
    ceased_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    measurements: int = Field(
        description="In the last 28 days, the latest hundred at most."
    )
    measured_at: datetime | None = Field(description="The last of those.")
    measured_down_kbps: int | None = Field(
        description="The one in the middle of those."
    )
    measured_up_kbps: int | None = Field(description="The one in the middle of those.")
    tested_on: date | None = Field(description="Of a back-up line: its latest test.")
    test_outcome: Outcome | None
    supplier_id: UUID | None = Field(
        description="The LA's supplier of the provider's name, and so the next three."
    )
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None


class CircuitPage(Answer):
    """A page of circuits."""

    items: list[CircuitAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class CircuitCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
