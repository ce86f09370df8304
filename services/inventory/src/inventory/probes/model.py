"""What was measured on a circuit, and tests of whether its back-up line takes over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from contracts.inventory import (
    CircuitMeasured,
    CircuitMeasurementFact,
    CircuitMeasurementRestated,
    FailoverTested,
    FailoverTestFact,
    FailoverTestRestated,
)
from inventory.circuits.model.things import Circuit, CircuitImpossible, Outcome

Method = Literal["probe", "speed-test", "provider"]
MOST_AT_ONCE = 500
AHEAD = timedelta(minutes=5)
"""How far the clock of who measured may be ahead of ours."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured at a moment: whole kbit/s, and whole milliseconds both ways."""

    measurement_id: UUID
    la_code: str
    school_id: UUID
    circuit_id: UUID
    measured_at: datetime
    down_kbps: int
    up_kbps: int
    latency_ms: int | None
    method: Method
    recorded_at: datetime

    @property
    def entry_id(self) -> UUID:
        return self.measurement_id


@dataclass(frozen=True, slots=True)
class FailoverTest:
    """That the main line was taken away, and whether the back-up line took over."""

    test_id: UUID
    la_code: str
    school_id: UUID
    circuit_id: UUID
    tested_on: date
    outcome: Outcome
    switch_seconds: int | None
    note: str | None
    recorded_at: datetime

    @property
    def entry_id(self) -> UUID:
        return self.test_id


@dataclass(frozen=True, slots=True)
class Taken:
    """How many measurements were new, and how many were known by their moment."""

    recorded: int
    known: int


class NoBackUpLine(errors.Conflict):
    """Only a back-up line takes over, and so is tested."""

    slug = "circuit-no-back-up-line"
    title = "This is no back-up line: the test belongs to the line that takes over"


def require_back_up(circuit: Circuit) -> None:
    """Vouch that a circuit is one that takes over.

    Raises:
        NoBackUpLine: it is a main line.
    """
    if circuit.role != "back-up":
        raise NoBackUpLine


def require_measured(moments: list[datetime], now: datetime) -> None:
    """Refuse measurements of moments yet to come, before 2000, or named twice.

    Raises:
        CircuitImpossible: one is.
    """
    faults = list[Fault]()
    seen = set[datetime]()
    for number, moment in enumerate(moments):
        pointer = f"/items/{number}/measured_at"
        if moment > now + AHEAD:
            faults.append(Fault(pointer, "This is yet to come"))
        elif moment < EARLIEST:
            faults.append(Fault(pointer, "This is before 2000"))
        elif moment in seen:
            faults.append(Fault(pointer, "Another of these was measured then"))
        seen.add(moment)
    if faults:
        raise CircuitImpossible(faults=faults)


def microseconds_of(moment: datetime) -> int:
    """Say a moment as a cursor holds it."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """Read a moment out of a cursor.

    Raises:
        OverflowError: there is no such moment.
    """
    return _EPOCH + timedelta(microseconds=microseconds)


def test_entry(test: FailoverTest) -> Mapping[str, object]:
    """Say a test as the audit has it: without its free text."""
    return {
        "test_id": test.test_id,
        "tested_on": test.tested_on,
        "outcome": test.outcome,
        "switch_seconds": test.switch_seconds,
    }


def taken_entry(found: list[Measurement]) -> Mapping[str, object]:
    """Say measurements as the audit has them: how many, and between which moments."""
    moments = sorted(each.measured_at for each in found)
    return {"measurements": len(found), "first": moments[0], "last": moments[-1]}


def measured(each: Measurement) -> CircuitMeasurementFact:
    return _measurement(CircuitMeasured, each)


def measured_again(each: Measurement) -> CircuitMeasurementFact:
    return _measurement(CircuitMeasurementRestated, each)


def tested(each: FailoverTest) -> FailoverTestFact:
    return _test(FailoverTested, each)


def tested_again(each: FailoverTest) -> FailoverTestFact:
    return _test(FailoverTestRestated, each)


def _measurement(
    fact: type[CircuitMeasurementFact], each: Measurement
) -> CircuitMeasurementFact:
    """Say the publishable state of a measurement: it never changes."""
    return fact(
        entity_id=each.measurement_id,
        entity_version=1,
        la_code=each.la_code,
        school_id=each.school_id,
        circuit_id=each.circuit_id,
        measured_at=each.measured_at,
        down_kbps=each.down_kbps,
        up_kbps=each.up_kbps,
        latency_ms=each.latency_ms,
        method=each.method,
    )


def _test(fact: type[FailoverTestFact], each: FailoverTest) -> FailoverTestFact:
    """Say the publishable state of a test, without its note: it never changes."""
    return fact(
        entity_id=each.test_id,
        entity_version=1,
        la_code=each.la_code,
        school_id=each.school_id,
        circuit_id=each.circuit_id,
        tested_on=each.tested_on,
        outcome=each.outcome,
        switch_seconds=each.switch_seconds,
    )
