"""Which agreements a listing shows, and in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from servicedesk.agreements.model import Kind
from servicedesk.agreements.model.things import Told

Ends = Literal["past", "quarter", "year"]
"""Has ended; or ends, or has its last day for notice, within 90 or 365 days."""
Sort = Literal["name", "-name", "ends_on", "-ends_on"]
_WITHIN: Mapping[Ends, int] = {"quarter": 90, "year": 365}
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"
KINDS = (str, str, str)
"""Of what a cursor's key is made."""


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Which agreements a listing shows; None means any.

    Of a school it shows those that hold there: its own, and its LA's for all schools.
    """

    la_code: str | None = None
    school_urn: int | None = None
    kind: Kind | None = None
    on: date | None = None
    """A day that they govern."""
    q: str | None = None
    """Parts of a name, a supplier or an account."""
    ends: Ends | None = None


def narrowed(found: Iterable[Told], wanted: AgreementFilter, today: date) -> list[Told]:
    """Keep those that end as a listing asks."""
    return [each for each in found if ends_within(each, wanted.ends, today)]


def ends_within(each: Told, ends: Ends | None, today: date) -> bool:
    """Say whether one ends, or needs notice, when a listing asks for."""
    if ends is None:
        return True
    if ends == "past" or each.state == "ended":
        return ends == "past" and each.state == "ended"
    last = today + timedelta(_WITHIN[ends])
    days = (each.next_end_on, each.notice_on)
    return any(day is not None and today <= day <= last for day in days)


def key_of(each: Told, sort: Sort) -> tuple[str, str, str]:
    name, end = each.name.lower()[:_SORTED_BY], each.next_end_on
    first = {"name": name, "ends_on": end.isoformat() if end else _NEVER}
    return first[sort.removeprefix("-")], name, str(each.agreement_id)
