"""Something that a school uses up, and why one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from contracts.inventory import ConsumableFact

Category = Literal["toner", "drum", "ink", "lamp", "battery", "tape", "cable", "other"]
State = Literal["ok", "order-now", "on-order", "out", "not-stocked"]
MOST_OF_ONE = 1_000_000
"""What of one thing a school may have: so often is less than a number's end."""


@dataclass(frozen=True, slots=True)
class Consumable:
    """Something that a school uses up, as it stands at `version`.

    Money is pence. `used` is what was used on the 365 days up to today, less what was
    taken back; `price_pence`, `supplier` and `ordered_on` are those of the last order.
    """

    consumable_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    school_name: str
    name: str
    site: str | None
    code: str | None
    category: Category
    unit: str
    fits: list[str]
    lead_time_days: int
    minimum: int
    is_stocked: bool
    on_hand: int
    on_order: int
    counted_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    used: int
    first_received_on: date | None
    value_pence: int
    """What is there, each at the price of the line that it came in."""
    price_pence: int | None
    supplier: str | None
    ordered_on: date | None


@dataclass(frozen=True, slots=True)
class ConsumableFilter:
    """Which consumables a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    """Words of the name, the maker's code, the site or what it fits, in any order."""
    category: Category | None = None
    state: State | None = None


class ConsumableNotFound(errors.NotFound):
    """No such consumable, or none that the caller may know of: said alike."""

    slug = "consumable-not-found"
    title = "There is no such consumable within your scope"


class ConsumableNameTaken(errors.Conflict):
    """The school has one of that name at that site."""

    slug = "consumable-name-taken"
    title = "The school has a consumable of that name there already"


DESCRIBED = (
    "name",
    "site",
    "code",
    "category",
    "unit",
    "fits",
    "lead_time_days",
    "minimum",
    "is_stocked",
)
"""What people say of one; the rest follows from its lines."""


def described(consumable: Consumable) -> dict[str, object]:
    return {name: getattr(consumable, name) for name in DESCRIBED}


def added(new: Consumable) -> Entry:
    """Say as the audit has it that a school has one more."""
    return Entry("consumable.added", target_of(new), after=described(new))


def changed(old: Consumable, new: Consumable) -> Entry:
    """Say as the audit has it what is said of one now, and was before."""
    before, after = described(old), described(new)
    changes = {
        name: {"before": before[name], "after": after[name]}
        for name in DESCRIBED
        if before[name] != after[name]
    }
    return audit.changed("consumable.changed", target_of(new), changes)


def moved(action: str, held: Consumable, after: Mapping[str, object]) -> Entry:
    """Say as the audit has it what came of the stock; its free text is not."""
    return Entry(action, target_of(held), after=after)


def target_of(held: Consumable) -> Target:
    return Target("consumable", held.consumable_id, held.la_code, held.school_id)


def said(fact: type[ConsumableFact], held: Consumable) -> ConsumableFact:
    """Say the publishable state: without its name, which is free text."""
    return fact(
        entity_id=held.consumable_id,
        entity_version=held.version,
        la_code=held.la_code,
        school_id=held.school_id,
        category=held.category,
        on_hand=held.on_hand,
        on_order=held.on_order,
        value_pence=held.value_pence,
        minimum=held.minimum,
        lead_time_days=held.lead_time_days,
        is_stocked=held.is_stocked,
    )
