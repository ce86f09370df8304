"""What an LA knows of a supplier, and why one is refused; nothing here does I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access
from chassis.errors import Fault
from contracts import roles
from inventory.assets.model import ACCESS as ASSETS

Ends = Literal["past", "quarter", "year"]
"""When a contract ends: it has, or does within 90 or 365 days from today."""
Sort = Literal["name", "-name", "ends_on", "-ends_on", "monthly", "-monthly"]
WRITERS = frozenset({roles.LA_MANAGER})
ACCESS = Access(read=ASSETS.read, write=WRITERS)
"""Whoever reads kit reads from whom it comes; an LA's technical managers write it."""
_WITHIN: Mapping[Ends, int] = {"quarter": 90, "year": 365}
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Supplier:
    """Somebody from whom schools buy, as an LA knows them at `version`.

    `circuits` and `monthly_pence` are of the lines that name them and have not ceased,
    as far as the reader's scope goes.
    """

    supplier_id: UUID
    la_code: str
    name: str
    desk_phone: str | None
    desk_email: str | None
    website: str | None
    account_number: str | None
    contract_reference: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    circuits: int
    monthly_pence: int


@dataclass(frozen=True, slots=True)
class SupplierFilter:
    """Which suppliers a listing shows; None means any."""

    la_code: str | None = None
    q: str | None = None
    """Parts of a name or of an account number, in any order."""
    ends: Ends | None = None


class SupplierNotFound(errors.NotFound):
    """No such supplier, or none that the caller may know of: said alike."""

    slug = "supplier-not-found"
    title = "There is no such supplier within your scope"


class SupplierNameTaken(errors.Conflict):
    """The LA knows somebody of that name."""

    slug = "supplier-name-taken"
    title = "The LA has a supplier of that name already"


class SupplierImpossible(errors.Invalid):
    """The contract would end before it begins, or before notice can be given."""

    slug = "supplier-impossible"
    title = "The days of this contract cannot be"


DESCRIBED = (
    *("name", "desk_phone", "desk_email", "website", "account_number"),
    *("contract_reference", "starts_on", "ends_on", "notice_on"),
)
"""What people say of one."""


def described(supplier: Supplier) -> dict[str, object]:
    return {name: getattr(supplier, name) for name in DESCRIBED}


def require_sound(said: Mapping[str, object]) -> None:
    """Refuse a contract whose days contradict each other.

    Raises:
        SupplierImpossible: they do.
    """
    ends = said["ends_on"]
    faults = [
        Fault(f"/{name}", f"This is after the contract ends, {ends.isoformat()}")
        for name in ("starts_on", "notice_on")
        for day in (said[name],)
        if isinstance(ends, date) and isinstance(day, date) and day > ends
    ]
    if faults:
        raise SupplierImpossible(faults=faults)


def ends_within(each: Supplier, ends: Ends | None, today: date) -> bool:
    """Say whether a contract ends when a listing asks for."""
    if ends is None or each.ends_on is None:
        return ends is None
    if ends == "past":
        return each.ends_on < today
    return today <= each.ends_on <= today + timedelta(days=_WITHIN[ends])


def key_of(each: Supplier, sort: Sort) -> tuple[str | int, str, str]:
    short = each.name.lower()[:_SORTED_BY]
    first: dict[str, str | int] = {
        "name": short,
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
        "monthly": each.monthly_pence,
    }
    return first[sort.removeprefix("-")], short, str(each.supplier_id)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    return int if sort.endswith("monthly") else str, str, str


def added(new: Supplier) -> Entry:
    """Say as the audit has it that an LA knows one more."""
    return Entry("supplier.added", _target(new), after=described(new))


def changed(old: Supplier, new: Supplier) -> Entry:
    """Say as the audit has it what is known of one now, and was before."""
    before, after = described(old), described(new)
    changes = {
        name: {"before": before[name], "after": after[name]}
        for name in DESCRIBED
        if before[name] != after[name]
    }
    return audit.changed("supplier.changed", _target(new), changes)


def _target(held: Supplier) -> Target:
    return Target("supplier", held.supplier_id, held.la_code, None)
