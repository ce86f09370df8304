"""Stock on the wire: lines that came, uses, and a count of what is there."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, Day, Line, Prose, whole
from inventory.assets.model import CfrCode
from inventory.assets.schemas import Words
from inventory.stock.model.entries import LineKind, UseKind

Quantity = Annotated[int, Field(ge=1, le=100_000, strict=True), BeforeValidator(whole)]
Counted = Annotated[
    int,
    Field(ge=0, le=100_000, strict=True, description="What is there in truth."),
    BeforeValidator(whole),
]
UnitPence = Annotated[
    int,
    Field(ge=0, le=10_000_000, strict=True, description="Of one, in pence, as paid."),
    BeforeValidator(whole),
]
Note = Annotated[Prose, Field(min_length=1, max_length=500)]


class RecordLine(Body):
    """Something that was ordered at one price, and may have come already."""

    ordered_on: Day
    received_on: Day | None = Field(default=None, description="Null: on order still.")
    quantity: Quantity
    unit_price_pence: UnitPence
    supplier: Words | None = None
    order_number: Words | None = None
    cfr_code: CfrCode | None = None
    note: Note | None = None


class ReceiveLine(Body):
    """When a line came. Of one that came in part, the rest stays on order."""

    received_on: Day
    quantity: Quantity | None = Field(default=None, description="Null: all of it.")


class RecordUse(Body):
    """What was taken: out of the oldest lines first."""

    used_on: Day
    quantity: Quantity = 1
    asset_id: UUID | None = Field(
        default=None, description="The school's asset that it was put in."
    )
    used_for: Annotated[Line, Field(min_length=1, max_length=120)] | None = Field(
        default=None, description="For whom or what."
    )
    note: Note | None = None


class TakeStock(Body):
    """How many were counted, and why there are others than was thought."""

    counted_on: Day
    counted: Counted
    note: Note
    unit_price_pence: UnitPence | None = Field(
        default=None,
        description="Of one that was found; null: that of the last order, or nothing.",
    )


class LineAnswer(Answer):
    """Some of a consumable that was ordered or found, at one price."""

    line_id: UUID
    consumable_id: UUID
    kind: LineKind
    ordered_on: date
    received_on: date | None = Field(description="Null while it is on order.")
    quantity: int
    remaining: int = Field(description="What of it is there still.")
    unit_price_pence: int
    supplier: str | None
    order_number: str | None
    cfr_code: CfrCode | None
    note: str | None
    cancelled_at: datetime | None
    recorded_at: datetime


class LinePage(Answer):
    """A page of lines, the newest order first."""

    items: list[LineAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class UseAnswer(Answer):
    """What was taken of a consumable or was missing, and what it cost."""

    use_id: UUID
    consumable_id: UUID
    kind: UseKind
    used_on: date
    quantity: int = Field(description="Below zero where it takes another back.")
    cost_pence: int = Field(
        description="By the prices of the lines that it came out of, the oldest first."
    )
    asset_id: UUID | None
    asset_tag: str | None = Field(description="As it was then.")
    used_for: str | None
    note: str | None
    reverses: UUID | None = Field(description="The use that it takes back.")
    reversed_by: UUID | None = Field(description="The use that takes it back.")
    recorded_at: datetime


class UsePage(Answer):
    """A page of uses, the latest first."""

    items: list[UseAnswer]
    next: str | None = Field(description="The `after` of the next page.")
