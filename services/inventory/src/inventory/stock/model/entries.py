"""Lines and uses as they are kept, and why one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from contracts.inventory import (
    StockLineFact,
    StockLineRestated,
    StockUseFact,
    StockUseRestated,
)
from inventory.assets.model import CfrCode
from inventory.consumables.model.things import MOST_OF_ONE

LineKind = Literal["order", "found"]
UseKind = Literal["used", "lost"]


@dataclass(frozen=True, slots=True)
class Line:
    """Some of a consumable that was ordered, or found; money is pence.

    It is on order until it has a day on which it came.
    """

    line_id: UUID
    la_code: str
    school_id: UUID
    consumable_id: UUID
    kind: LineKind
    ordered_on: date
    received_on: date | None
    quantity: int
    remaining: int
    unit_price_pence: int
    supplier: str | None
    order_number: str | None
    cfr_code: CfrCode | None
    note: str | None
    cancelled_at: datetime | None
    recorded_at: datetime
    version: int

    @property
    def entry_id(self) -> UUID:
        return self.line_id


@dataclass(frozen=True, slots=True)
class Use:
    """What was taken of a consumable, or was missing; money is pence.

    One with `reverses` takes another back: its numbers are below zero.
    """

    use_id: UUID
    la_code: str
    school_id: UUID
    consumable_id: UUID
    kind: UseKind
    used_on: date
    quantity: int
    cost_pence: int
    asset_id: UUID | None
    asset_tag: str | None
    used_for: str | None
    note: str | None
    reverses: UUID | None
    reversed_by: UUID | None
    recorded_at: datetime

    @property
    def entry_id(self) -> UUID:
        return self.use_id


class LineNotFound(errors.NotFound):
    """No such line of the consumable, or none that the caller may know of."""

    slug = "stock-line-not-found"
    title = "There is no such order line within your scope"


class UseNotFound(errors.NotFound):
    """No such use of the consumable, or none that the caller may know of."""

    slug = "stock-use-not-found"
    title = "There is no such use of it within your scope"


class LineReceived(errors.Conflict):
    """The line has come already."""

    slug = "stock-line-received"
    title = "This order line has come already"


class LineCancelled(errors.Conflict):
    """The line was cancelled."""

    slug = "stock-line-cancelled"
    title = "This order line was cancelled"


class LineDrawn(errors.Conflict):
    """Some of the line was taken already."""

    slug = "stock-line-drawn"
    title = "Some of this order line was taken already: take that back first"

    def __init__(self, taken: int) -> None:
        super().__init__(taken=taken)


class UseUndone(errors.Conflict):
    """The use was taken back already, or takes back another."""

    slug = "stock-use-undone"
    title = "This use was taken back already, or takes back another"


class StockFull(errors.Conflict):
    """More of one thing would be there than is kept account of."""

    slug = "stock-full"
    title = "More of it would be there than is kept account of"

    def __init__(self) -> None:
        super().__init__(most=MOST_OF_ONE)


class DayImpossible(errors.Invalid):
    """Something came before it was ordered, or has a day that is yet to come."""

    slug = "stock-day-impossible"
    title = "This day cannot be"


class MoreThanOrdered(errors.Invalid):
    """More came than was ordered."""

    slug = "more-than-ordered"
    title = "More came than was ordered: write the rest down as a line of its own"


def require_day(day: date, today: date, pointer: str) -> None:
    """Refuse a day that is yet to come.

    Raises:
        DayImpossible: it is.
    """
    if day > today:
        said = f"This is after today, {today.isoformat()}"
        raise DayImpossible(faults=[Fault(pointer, said)])


def require_receipt(ordered_on: date, received_on: date, today: date) -> None:
    """Refuse a day on which something cannot have come.

    Raises:
        DayImpossible: it is yet to come, or before the order.
    """
    require_day(received_on, today, "/received_on")
    if received_on < ordered_on:
        said = f"It was ordered on {ordered_on.isoformat()}: it came later"
        raise DayImpossible(faults=[Fault("/received_on", said)])


def require_room(there: int, more: int) -> None:
    """Refuse more than is kept account of.

    Raises:
        StockFull: it would be.
    """
    if there + more > MOST_OF_ONE:
        raise StockFull


def require_part(line: Line, quantity: int) -> None:
    """Refuse that more came than was ordered.

    Raises:
        MoreThanOrdered: it did.
    """
    if quantity > line.quantity:
        said = f"{line.quantity:,} were ordered"
        raise MoreThanOrdered(faults=[Fault("/quantity", said)])


def require_open(line: Line) -> None:
    """Vouch that a line is on order still.

    Raises:
        LineCancelled: it was cancelled.
        LineReceived: it has come.
    """
    if line.cancelled_at is not None:
        raise LineCancelled
    if line.received_on is not None:
        raise LineReceived


def require_whole(line: Line) -> None:
    """Vouch that a line can be cancelled: nothing of it was taken.

    Raises:
        LineCancelled: it was cancelled already.
        LineDrawn: something was.
    """
    if line.cancelled_at is not None:
        raise LineCancelled
    if line.received_on is not None and line.remaining < line.quantity:
        raise LineDrawn(line.quantity - line.remaining)


def require_standing(use: Use) -> None:
    """Vouch that a use can be taken back.

    Raises:
        UseUndone: it was already, or takes back another.
    """
    if use.reverses is not None or use.reversed_by is not None:
        raise UseUndone


_SAME = (
    *("kind", "ordered_on", "unit_price_pence", "supplier", "order_number"),
    *("cfr_code", "note"),
)


def rest_of(line: Line, came: int) -> dict[str, object]:
    """Say what stays on order of a line that came in part, as a line of its own."""
    same = {name: getattr(line, name) for name in _SAME}
    return {**same, "quantity": line.quantity - came, "received_on": None}


def line_entry(line: Line) -> Mapping[str, object]:
    """Say a line as the audit has it: without its free text."""
    return {
        "line_id": line.line_id,
        "kind": line.kind,
        "ordered_on": line.ordered_on,
        "received_on": line.received_on,
        "quantity": line.quantity,
        "unit_price_pence": line.unit_price_pence,
    }


def use_entry(use: Use) -> Mapping[str, object]:
    """Say a use as the audit has it: without its free text."""
    return {
        "use_id": use.use_id,
        "kind": use.kind,
        "used_on": use.used_on,
        "quantity": use.quantity,
        "cost_pence": use.cost_pence,
        "asset_id": use.asset_id,
        "reverses": use.reverses,
    }


def line_said(fact: type[StockLineFact], line: Line) -> StockLineFact:
    """Say the publishable state of a line."""
    return fact(
        entity_id=line.line_id,
        entity_version=line.version,
        la_code=line.la_code,
        school_id=line.school_id,
        consumable_id=line.consumable_id,
        kind=line.kind,
        ordered_on=line.ordered_on,
        received_on=line.received_on,
        quantity=line.quantity,
        unit_price_pence=line.unit_price_pence,
        cfr_code=line.cfr_code,
        is_cancelled=line.cancelled_at is not None,
    )


def use_said(fact: type[StockUseFact], use: Use) -> StockUseFact:
    """Say the publishable state of a use: it never changes."""
    return fact(
        entity_id=use.use_id,
        entity_version=1,
        la_code=use.la_code,
        school_id=use.school_id,
        consumable_id=use.consumable_id,
        kind=use.kind,
        used_on=use.used_on,
        quantity=use.quantity,
        cost_pence=use.cost_pence,
        asset_id=use.asset_id,
        reverses=use.reverses,
    )


def line_restated(line: Line) -> StockLineFact:
    return line_said(StockLineRestated, line)


def use_restated(use: Use) -> StockUseFact:
    return use_said(StockUseRestated, use)
