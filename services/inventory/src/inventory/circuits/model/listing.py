"""Which circuits a listing shows, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from inventory.circuits.model.things import Circuit, Role, State, Technology

Ends = Literal["past", "quarter", "year"]
"""When a contract ends: it has, or does within 90 or 365 days from today."""
Sort = Literal[
    "reference",
    "-reference",
    "ends_on",
    "-ends_on",
    "down",
    "-down",
    "monthly",
    "-monthly",
]
_WITHIN: Mapping[Ends, int] = {"quarter": 90, "year": 365}
_SORTED_BY = 60
"""Characters of a reference that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class CircuitFilter:
    """Which circuits a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    """Parts of a reference, a provider or a school, in any order."""
    state: State | None = None
    role: Role | None = None
    technology: Technology | None = None
    ends: Ends | None = None


def ends_within(each: Circuit, ends: Ends | None, today: date) -> bool:
    """Say whether a contract ends when a listing asks for; none of what has ceased."""
    if ends is None:
        return True
    if each.ends_on is None or each.state == "ceased":
        return False
    if ends == "past":
        return each.ends_on < today
    return today <= each.ends_on <= today + timedelta(days=_WITHIN[ends])


def key_of(each: Circuit, sort: Sort) -> tuple[str | int, str, str]:
    short = each.reference.lower()[:_SORTED_BY]
    price = each.monthly_pence
    first: dict[str, str | int] = {
        "reference": short,
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
        "down": each.down_kbps,
        "monthly": -1 if price is None else price,
    }
    return first[sort.removeprefix("-")], short, str(each.circuit_id)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    is_number = sort.removeprefix("-") in {"down", "monthly"}
    return int if is_number else str, str, str
