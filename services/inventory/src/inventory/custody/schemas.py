"""Custody on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, Line, Moment, Prose
from inventory.assets.schemas import Words
from inventory.custody.model import HolderKind, Purpose, ReturnStatus

HolderName = Annotated[
    Line,
    Field(min_length=1, max_length=120, description="As the school writes it."),
]
Condition = Annotated[Prose, Field(min_length=1, max_length=1_000)]


class IssueAsset(Body):
    """Who gets an asset, for what and until when."""

    holder_kind: HolderKind = "person"
    holder_name: HolderName
    holder_reference: Words | None = Field(
        default=None, description="A number of theirs, such as of a pupil."
    )
    purpose: Purpose = "loan"
    issued_at: Moment | None = Field(default=None, description="Now, unless said.")
    due_on: Day | None = None
    condition: Condition | None = Field(
        default=None, description="How it was as it was given out."
    )


class ReturnAsset(Body):
    """That an asset came back, how it is, and where it is now."""

    returned_at: Moment | None = Field(default=None, description="Now, unless said.")
    status: ReturnStatus = "in-store"
    condition: Condition | None = None


class RenewCustody(Body):
    """Until when they may have it from now on; null: for good."""

    due_on: Day | None


class CustodyAnswer(Answer):
    """Who has or had an asset."""

    custody_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    asset_id: UUID
    tag: str | None = Field(description="Null of what stands elsewhere by now.")
    manufacturer: str | None
    model: str | None
    holder_kind: HolderKind
    holder_name: str
    holder_reference: str | None
    purpose: Purpose
    issued_at: datetime
    due_on: date | None
    returned_at: datetime | None = Field(description="Null while it is out.")
    condition_out: str | None
    condition_in: str | None
    version: int


class CustodyList(Answer):
    """Who had an asset, the last first: at most 200."""

    items: list[CustodyAnswer]


class CustodyPage(Answer):
    """A page of custodies."""

    items: list[CustodyAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class CustodyCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool
