"""Which standings a listing shows, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from inventory.compliance.model.standing import STATES, Standing, State
from inventory.licences.model.listing import Ends, ends_within

Sort = Literal[
    "state",
    "-state",
    "name",
    "-name",
    "school",
    "-school",
    "used",
    "-used",
    "short_by",
    "-short_by",
    "ends_on",
    "-ends_on",
]
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"
_WORST: Mapping[State, int] = {state: place for place, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class ComplianceFilter:
    """Which standings a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    """Parts of a name, a publisher or a school, in any order."""
    state: State | None = None
    title_id: UUID | None = None
    ends: Ends | None = None


def narrowed(
    found: Iterable[Standing], wanted: ComplianceFilter, today: date
) -> list[Standing]:
    words = (wanted.q or "").lower().split()
    return [
        each
        for each in found
        if wanted.state in {None, each.state}
        and wanted.title_id in {None, each.title_id}
        and ends_within(each.ends_on, wanted.ends, today)
        and _has(each, words)
    ]


def _has(each: Standing, words: list[str]) -> bool:
    if not words:
        return True
    text = f"{each.name} {each.publisher} {each.school_name or ''}".lower()
    return all(word in text for word in words)


def counted(found: Iterable[Standing]) -> dict[State, int]:
    """Count standings by their state, the worst first."""
    counts = Counter(each.state for each in found)
    return {state: counts[state] for state in STATES}


def key_of(each: Standing, sort: Sort) -> tuple[str | int, str, str]:
    short = each.name.lower()[:_SORTED_BY]
    first: dict[str, str | int] = {
        "state": _WORST[each.state],
        "name": short,
        "school": (each.school_name or "").lower()[:_SORTED_BY],
        "used": each.used,
        "short_by": each.short_by,
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
    }
    one = f"{each.title_id} {each.school_id or each.la_code}"
    return first[sort.removeprefix("-")], short, one


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    is_number = sort.removeprefix("-") in {"state", "used", "short_by"}
    return int if is_number else str, str, str
