"""Scans on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, Line, Moment, Urn
from inventory.assets.schemas import Words
from inventory.custody.model import HolderKind, Purpose
from inventory.custody.schemas import CustodyAnswer, HolderName
from inventory.scans import model
from inventory.scans.model import Action, Result, Scan, Settled


class ScanMade(Body):
    """A code that was scanned; its id is made by whoever scanned, for ever."""

    scan_id: UUID = Field(description="A repeat of it changes nothing.")
    at: Moment
    code: Annotated[
        Line,
        Field(min_length=1, max_length=300, description="A tag, serial or label."),
    ]
    action: Action
    holder_kind: HolderKind | None = None
    holder_name: HolderName | None = Field(
        default=None, description="Whom it goes to; said where it goes out."
    )
    holder_reference: Words | None = None
    purpose: Purpose | None = None
    due_on: Day | None = None

    @property
    def scan(self) -> Scan:
        return Scan(
            self.scan_id,
            self.at,
            self.code,
            self.action,
            self.holder_kind,
            self.holder_name,
            self.holder_reference,
            self.purpose,
            self.due_on,
        )


class TakeScans(Body):
    """What was scanned at a school in one go."""

    school_urn: Urn
    session: UUID
    scans: Annotated[list[ScanMade], Field(min_length=1, max_length=model.MOST)]


class SettleScan(Body):
    """`kept`: what is stays so. `taken`: the scan is right."""

    settle_as: Settled


class ScanOutcome(Answer):
    """What came of a scan."""

    scan_id: UUID
    result: Result
    asset_id: UUID | None
    custody_id: UUID | None
    reason: str | None = Field(description="The slug of a problem, of a conflict.")
    detail: str | None = Field(description="What was true as it came.")


class ScanResults(Answer):
    """What came of each, in the order in which they were sent."""

    results: list[ScanOutcome]


class ScanAnswer(Answer):
    """A scan that was kept."""

    scan_id: UUID
    school_urn: int
    session: UUID
    scanned_at: datetime
    code: str
    action: Action
    holder_kind: HolderKind | None
    holder_name: str | None
    holder_reference: str | None
    purpose: Purpose | None
    due_on: date | None
    asset_id: UUID | None
    custody_id: UUID | None
    result: Result
    reason: str | None
    detail: str | None
    settled_as: Settled | None


class ConflictAnswer(ScanAnswer):
    """A scan that could not be done, beside what is true now."""

    now: CustodyAnswer | None = Field(description="Who has it; null: nobody.")


class ConflictPage(Answer):
    """A page of scans that somebody has to settle."""

    items: list[ConflictAnswer]
    next: str | None = Field(description="The `after` of the next page.")
