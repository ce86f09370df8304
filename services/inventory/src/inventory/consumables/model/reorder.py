"""When a consumable runs out, when to order it and how much; nothing here does I/O.

All is reckoned from the school's own rate of use, in whole numbers, rounded up: what is
short by a fraction is short by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from inventory.consumables.model.things import Consumable, State

Basis = Literal["year", "since-first-line", "four-weeks", "none"]
"""Over which days the rate is: the last 365; those since it first came, where that is
later; 28 where that is later still, by which a first use is no rate for ever; or none,
where none ever came."""
Sort = Literal[
    "name",
    "-name",
    "on_hand",
    "-on_hand",
    "runs_out_on",
    "-runs_out_on",
    "value",
    "-value",
]
YEAR, LEAST_DAYS = 365, 28
SCHOOL_MONTHS = 10
"""Of a year: schools use in ten months what they use in twelve."""
FARTHEST = timedelta(days=3650)
"""What lasts for longer runs out on no day that is worth saying."""
MOST_MONTHS = 20
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Forecast:
    """How one stands, and how that was reckoned."""

    state: State
    used: int
    over_days: int
    basis: Basis
    lead_time_use: int
    """What is used until an order comes."""
    reorder_point: int
    """The minimum and that: at so few, ordered ones among them, order more."""
    runs_out_on: date | None
    """At the present rate; None where that is in ten years or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Consumable):
    """A consumable beside how it stands."""

    forecast: Forecast


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How much of one to order, as a sum; money is pence, None without a price.

    `quantity` is what is used in the months and until it comes, and the minimum, less
    what is there and on its way.
    """

    consumable_id: UUID
    name: str
    site: str | None
    code: str | None
    category: str
    unit: str
    supplier: str | None
    state: State
    months_use: int
    lead_time_use: int
    minimum: int
    on_hand: int
    on_order: int
    quantity: int
    price_pence: int | None
    cost_pence: int | None


@dataclass(frozen=True, slots=True)
class NextOrder:
    """What a school should order now, to last for some months of school."""

    as_of: date
    months: int
    items: list[Suggestion]
    cost_pence: int
    """Of those with a price."""
    unpriced: int


def forecast(held: Consumable, today: date) -> Forecast:
    """Say how a consumable stands on a day."""
    used = max(held.used, 0)
    days, basis = _over(held.first_received_on, today)
    lead = _up(used * held.lead_time_days, days)
    point = held.minimum + lead
    return Forecast(
        _state(held, point),
        used,
        days,
        basis,
        lead,
        point,
        _runs_out(held.on_hand, used, days, today),
    )


def _over(first: date | None, today: date) -> tuple[int, Basis]:
    if first is None:
        return 0, "none"
    days = (today - first).days + 1
    if days >= YEAR:
        return YEAR, "year"
    return (days, "since-first-line") if days > LEAST_DAYS else (LEAST_DAYS, _WEEKS)


_WEEKS: Basis = "four-weeks"


def _state(held: Consumable, point: int) -> State:
    if not held.is_stocked:
        return "not-stocked"
    if held.on_hand == 0:
        return "out"
    if held.on_hand > point:
        return "ok"
    return "order-now" if held.on_hand + held.on_order <= point else "on-order"


def _runs_out(on_hand: int, used: int, days: int, today: date) -> date | None:
    if on_hand == 0:
        return today
    if used == 0 or on_hand * days > FARTHEST.days * used:
        return None
    return today + timedelta(days=on_hand * days // used)


def _up(part: int, whole: int) -> int:
    return -(-part // whole) if whole else 0


_FIELDS = tuple(each.name for each in fields(Consumable))


def told(held: Consumable, today: date) -> Told:
    """Say of a consumable how it stands."""
    same = {name: getattr(held, name) for name in _FIELDS}
    return Told(**same, forecast=forecast(held, today))


def key_of(each: Told, sort: Sort) -> tuple[str | int, str, str]:
    short = each.name.lower()[:_SORTED_BY]
    ends = each.forecast.runs_out_on
    first: dict[str, str | int] = {
        "name": short,
        "on_hand": each.on_hand,
        "runs_out_on": ends.isoformat() if ends else _NEVER,
        "value": each.value_pence,
    }
    return first[sort.removeprefix("-")], short, str(each.consumable_id)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    is_number = sort.removeprefix("-") in {"on_hand", "value"}
    return int if is_number else str, str, str


def suggested(held: Told, months: int) -> Suggestion:
    """Say how much of a consumable to order for some months of school."""
    days = held.forecast.over_days
    use = _up(held.forecast.used * YEAR * months, SCHOOL_MONTHS * days)
    wanted = use + held.forecast.reorder_point - held.on_hand - held.on_order
    quantity = max(wanted, 0)
    price = held.price_pence
    return Suggestion(
        *(held.consumable_id, held.name, held.site, held.code, held.category),
        *(held.unit, held.supplier, held.forecast.state, use),
        *(held.forecast.lead_time_use, held.minimum, held.on_hand, held.on_order),
        *(quantity, price, None if price is None else price * quantity),
    )


def next_order(stock: Iterable[Told], today: date, months: int) -> NextOrder:
    """Say what to order of all that a school keeps: what is due, by name."""
    due = [each for each in stock if _is_due(each)]
    items = [suggested(each, months) for each in due]
    items = sorted(
        (each for each in items if each.quantity),
        key=lambda each: (each.name.lower(), str(each.consumable_id)),
    )
    cost = sum(each.cost_pence or 0 for each in items)
    return NextOrder(
        today, months, items, cost, sum(each.cost_pence is None for each in items)
    )


def _is_due(each: Told) -> bool:
    position = each.on_hand + each.on_order
    return each.is_stocked and position <= each.forecast.reorder_point
