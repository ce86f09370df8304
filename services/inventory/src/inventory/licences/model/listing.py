"""Which licences a listing shows, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from inventory.licences.model.things import Measure, State, Term, Told

Ends = Literal["past", "quarter", "year"]
"""When it ends: it has, or does within 90 or 365 days from today."""
Holder = Literal["school", "authority"]
Sort = Literal[
    "name",
    "-name",
    "ends_on",
    "-ends_on",
    "seats",
    "-seats",
    "price",
    "-price",
]
_WITHIN: Mapping[Ends, int] = {"quarter": 90, "year": 365}
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"
_ANY_NUMBER = 2**31
"""Where seats are sorted: more than any licence has, as a site has."""


@dataclass(frozen=True, slots=True)
class LicenceFilter:
    """Which licences a listing shows; None means any.

    Of a school it shows those that hold there: its own, and those of its LA.
    """

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    """Parts of a name, a publisher, a supplier, a reference or a school."""
    state: State | None = None
    measure: Measure | None = None
    term: Term | None = None
    holder: Holder | None = None
    title_id: UUID | None = None
    ends: Ends | None = None


def narrowed(found: Iterable[Told], wanted: LicenceFilter, today: date) -> list[Told]:
    """Keep those that stand, and end, as a listing asks."""
    return [
        each
        for each in found
        if wanted.state in {None, each.state}
        and ends_within(each.ends_on, wanted.ends, today)
    ]


def ends_within(ends_on: date | None, ends: Ends | None, today: date) -> bool:
    """Say whether something ends when a listing asks for."""
    if ends is None or ends_on is None:
        return ends is None
    if ends == "past":
        return ends_on < today
    return today <= ends_on <= today + timedelta(days=_WITHIN[ends])


def key_of(each: Told, sort: Sort) -> tuple[str | int, str, str]:
    short = each.name.lower()[:_SORTED_BY]
    seats = _ANY_NUMBER if each.seats is None else each.seats
    price = -1 if each.price_pence is None else each.price_pence
    first: dict[str, str | int] = {
        "name": short,
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
        "seats": seats,
        "price": price,
    }
    return first[sort.removeprefix("-")], short, str(each.licence_id)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    is_number = sort.removeprefix("-") in {"seats", "price"}
    return int if is_number else str, str, str
