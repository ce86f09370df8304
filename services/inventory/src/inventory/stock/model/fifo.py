"""First in, first out: out of which lines something is taken, and what that costs.

Whatever is recorded later is taken out of what is left then: what was recorded before
keeps its cost, so a month that is over does not change. What is taken back goes to the
lines that it came from, and is the first to be taken again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import errors


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of a line that came; money is pence."""

    line_id: UUID
    received_on: date
    remaining: int
    unit_price_pence: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What is taken out of a line, and what it cost; below zero: put back."""

    line_id: UUID
    quantity: int
    pence: int


class StockShort(errors.Conflict):
    """More is asked for than there is: says what there is now."""

    slug = "stock-short"
    title = "There is not so much of it"

    def __init__(self, on_hand: int, asked: int) -> None:
        there = "none is there now" if on_hand == 0 else f"{on_hand:,} are there now"
        if on_hand == 1:
            there = "1 is there now"
        detail = f"{asked:,} are asked for, and {there}: nothing was taken"
        super().__init__(detail, on_hand=on_hand, asked=asked)


def draw(lots: Iterable[Lot], quantity: int) -> list[Draw]:
    """Take a quantity out of lines, the oldest first: by when they came, then by id.

    Raises:
        StockShort: all of them together have less.
    """
    oldest_first = sorted(lots, key=lambda lot: (lot.received_on, lot.line_id))
    drawn: list[Draw] = []
    wanted = quantity
    for lot in oldest_first:
        taken = min(wanted, lot.remaining)
        if taken:
            drawn.append(Draw(lot.line_id, taken, taken * lot.unit_price_pence))
            wanted -= taken
    if wanted:
        raise StockShort(quantity - wanted, quantity)
    return drawn


def put_back(drawn: Iterable[Draw]) -> list[Draw]:
    """Turn what was taken into the entry that takes it back."""
    return [Draw(each.line_id, -each.quantity, -each.pence) for each in drawn]


def cost_of(drawn: Iterable[Draw]) -> int:
    """Sum what was taken, in pence."""
    return sum(each.pence for each in drawn)
