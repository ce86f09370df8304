"""What is measured and tested, on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, Day, Moment, whole
from inventory.circuits.model.things import Outcome
from inventory.circuits.schemas import Note
from inventory.probes.model import MOST_AT_ONCE, Method

Measured = Annotated[
    int,
    Field(ge=0, le=1_000_000_000, strict=True, description="Whole kbit/s."),
    BeforeValidator(whole),
]
Latency = Annotated[
    int,
    Field(ge=0, le=3_600_000, strict=True, description="There and back, in ms."),
    BeforeValidator(whole),
]
Seconds = Annotated[
    int,
    Field(ge=0, le=86_400, strict=True, description="Until the school was back."),
    BeforeValidator(whole),
]


class OneMeasurement(Body):
    """What was measured on a circuit at a moment."""

    measured_at: Moment
    down_kbps: Measured
    up_kbps: Measured
    latency_ms: Latency | None = None
    method: Method = "probe"


class RecordMeasurements(Body):
    """What was measured on one circuit, such as by a probe in a night."""

    items: Annotated[list[OneMeasurement], Field(min_length=1, max_length=MOST_AT_ONCE)]


class RecordTest(Body):
    """That the main line was taken away on a day, and what became of it."""

    tested_on: Day
    outcome: Outcome = Field(description="Whether this line took over.")
    switch_seconds: Seconds | None = None
    note: Note | None = None


class TakenAnswer(Answer):
    """How many measurements were new."""

    recorded: int
    known: int = Field(description="Those of moments that were recorded already.")


class MeasurementAnswer(Answer):
    """What was measured on a circuit at a moment."""

    measurement_id: UUID
    circuit_id: UUID
    measured_at: datetime
    down_kbps: int
    up_kbps: int
    latency_ms: int | None
    method: Method
    recorded_at: datetime


class MeasurementPage(Answer):
    """A page of measurements, the latest first."""

    items: list[MeasurementAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class FailoverTestAnswer(Answer):
    """A test of whether a back-up line takes over."""

    test_id: UUID
    circuit_id: UUID
    tested_on: date
    outcome: Outcome
    switch_seconds: int | None
    note: str | None
    recorded_at: datetime


class FailoverTestPage(Answer):
    """A page of tests, the latest first."""

    items: list[FailoverTestAnswer]
    next: str | None = Field(description="The `after` of the next page.")
