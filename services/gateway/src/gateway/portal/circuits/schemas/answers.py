"""What inventory answers of circuits, and of how schools stand to the standard."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer


class Circuit(Answer):
    """A line that joins a school to the internet; speeds are whole kbit/s."""

    circuit_id: UUID
    school_urn: int
    school_name: str
    reference: str
    role: str
    backs: UUID | None = None
    backs_reference: str | None = None
    provider: str
    technology: str
    down_kbps: int
    up_kbps: int
    is_contended: bool | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    monthly_pence: int | None = None
    cfr_code: str
    note: str | None = None
    state: str
    live_on: date | None = None
    ceased_on: date | None = None
    version: int
    measurements: int
    measured_at: datetime | None = None
    measured_down_kbps: int | None = None
    measured_up_kbps: int | None = None
    tested_on: date | None = None
    test_outcome: str | None = None
    desk_phone: str | None = None
    desk_email: str | None = None
    account_number: str | None = None

    @property
    def monthly(self) -> Decimal | None:
        """Say in pounds what a month costs."""
        price = self.monthly_pence
        return None if price is None else formats.pence(price)


class Measurement(Answer):
    """What was measured at a moment."""

    measurement_id: UUID
    measured_at: datetime
    down_kbps: int
    up_kbps: int
    latency_ms: int | None = None
    method: str


class FailoverTest(Answer):
    """A test of whether a back-up line takes over."""

    test_id: UUID
    tested_on: date
    outcome: str
    switch_seconds: int | None = None
    note: str | None = None


class Taken(Answer):
    """How many measurements were new."""

    recorded: int


class SchoolBroadband(Answer):
    """How a school stands to the broadband standard."""

    school_urn: int
    school_name: str
    phase: str | None = None
    as_of: date
    standing: str
    lacks: list[str]
    contradictions: list[str]
    asked_down_kbps: int | None = None
    asked_up_kbps: int | None = None
    asked_since: date | None = None
    wording: str | None = None
    source: str
    main: Circuit | None = None
    back_up: Circuit | None = None
    circuits: int
    monthly_pence: int
    ends_on: date | None = None

    @property
    def monthly(self) -> Decimal:
        """Say in pounds what a month of all lines costs."""
        return formats.pence(self.monthly_pence)
