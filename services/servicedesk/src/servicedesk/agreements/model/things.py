"""An agreement as it is kept and told, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from contracts import roles
from servicedesk.agreements.model import Kind

Holder = Literal["authority", "school"]
"""Whose it is, and who writes it."""
Renews = Literal["none", "yearly"]
State = Literal["coming", "in-force", "ended"]
Said = Mapping[str, Any]
"""What people say of an agreement, by the names of its fields on the wire."""

AUTHORITY_WRITERS = frozenset({roles.LA_MANAGER})
SCHOOL_WRITERS = frozenset({roles.SCHOOL_LEADER, roles.SCHOOL_TECHNICIAN})
ACCESS = Access(
    read=roles.LA_WIDE | SCHOOL_WRITERS, write=AUTHORITY_WRITERS | SCHOOL_WRITERS
)
"""Whoever works on tickets reads what was promised; so do leaders and auditors."""
PRIORITIES = (1, 2, 3, 4)
MEASURES = ("response_minutes", "update_minutes", "fix_minutes")
_SUPPLIER = {
    "supplier_name": "name",
    "supplier_account": "account_reference",
    "supplier_email": "email",
    "supplier_phone": "phone",
}
"""What is kept of a supplier, by its name on the wire."""
_PLAIN = (
    *("name", "starts_on", "ends_on", "notice_days", "renews", "service_credit"),
    "is_managed_service",
)
_UNTOLD = frozenset({"service_credit"})
"""Free text, which the audit does not keep."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Minutes of school time for tickets of one priority; 1 is the most pressing."""

    priority: int
    response_minutes: int | None
    update_minutes: int | None
    fix_minutes: int | None


@dataclass(frozen=True, slots=True)
class Supplier:
    """With whom it was agreed: a company, and its service desk."""

    name: str
    account_reference: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it is kept at `version`: for one school, or all of an LA's.

    Minutes are of school time, one for each priority, the most pressing first.
    """

    agreement_id: UUID
    la_code: str
    school_id: UUID | None
    school_urn: int | None
    kind: Kind
    holder: Holder
    name: str
    supplier_name: str | None
    supplier_account: str | None
    supplier_email: str | None
    supplier_phone: str | None
    starts_on: date
    ends_on: date | None
    """The last day, or that of the first term where it renews; None: until ended."""
    notice_days: int | None
    renews: Renews
    service_credit: str
    is_managed_service: bool
    response_minutes: list[int | None]
    update_minutes: list[int | None]
    fix_minutes: list[int | None]
    version: int
    added_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """An agreement as its readers are told of it on a day."""

    agreement_id: UUID
    la_code: str
    school_urn: int | None
    kind: Kind
    holder: Holder
    name: str
    supplier: Supplier | None
    starts_on: date
    ends_on: date | None
    notice_days: int | None
    renews: Renews
    service_credit: str
    is_managed_service: bool
    targets: list[Promise]
    state: State
    next_end_on: date | None
    notice_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime


def holder_of(actor: Actor, kind: Kind, la_code: str, school_id: UUID | None) -> Holder:
    """Say whose an agreement is that somebody writes down.

    With a supplier it is the LA's if an LA's technical manager writes it, else the
    school's for which it is.
    """
    if kind == "internal":
        return "school"
    if kind == "school" or school_id is None:
        return "authority"
    is_authority = actor.may(AUTHORITY_WRITERS, la_code, school_id)
    return "authority" if is_authority else "school"


def writers(holder: Holder) -> frozenset[str]:
    return AUTHORITY_WRITERS if holder == "authority" else SCHOOL_WRITERS


def columns(said: Said) -> dict[str, object]:
    """Say what is stored: of each measure a value for each priority."""
    supplier: Said = said["supplier"] or {}
    promised = {each["priority"]: each for each in said["targets"]}
    return {
        **{name: said[name] for name in _PLAIN},
        **{column: supplier.get(name) for column, name in _SUPPLIER.items()},
        **{
            measure: [promised.get(p, {}).get(measure) for p in PRIORITIES]
            for measure in MEASURES
        },
    }


def described(held: Agreement) -> dict[str, object]:
    """Say what people said of one, as `columns` does."""
    names = (*_PLAIN, *_SUPPLIER, *MEASURES)
    return {name: getattr(held, name) for name in names}


def until_on(said: Mapping[str, Any]) -> date | None:
    """Say on which day it governs last; None of one that goes on until it is ended."""
    return said["ends_on"] if said["renews"] == "none" else None


def next_end_on(held: Agreement, today: date) -> date | None:
    """Say when it ends, or could at the earliest if notice is given from today on."""
    ends, soonest = held.ends_on, today + timedelta(held.notice_days or 0)
    if ends is None or held.renews == "none":
        return ends
    day = _in_year(ends, max(ends.year, soonest.year))
    return day if day >= soonest else _in_year(ends, day.year + 1)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # The 29th of February.
        return date(year, 2, 28)


def state_of(held: Agreement, today: date) -> State:
    """Say whether it governs a day; one that renews does until somebody ends it."""
    if held.starts_on > today:
        return "coming"
    is_over = held.renews == "none" and held.ends_on and held.ends_on < today
    return "ended" if is_over else "in-force"


def told(held: Agreement, today: date) -> Told:
    """Say of an agreement how it stands."""
    ends, days = next_end_on(held, today), held.notice_days
    return Told(
        agreement_id=held.agreement_id,
        la_code=held.la_code,
        school_urn=held.school_urn,
        kind=held.kind,
        holder=held.holder,
        name=held.name,
        supplier=_supplier(held),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        notice_days=days,
        renews=held.renews,
        service_credit=held.service_credit,
        is_managed_service=held.is_managed_service,
        targets=_promises(held),
        state=state_of(held, today),
        next_end_on=ends,
        notice_on=ends - timedelta(days) if ends and days else None,
        version=held.version,
        added_at=held.added_at,
        changed_at=held.changed_at,
    )


def _supplier(held: Agreement) -> Supplier | None:
    if held.supplier_name is None:
        return None
    return Supplier(
        held.supplier_name,
        held.supplier_account,
        held.supplier_email,
        held.supplier_phone,
    )


def _promises(held: Agreement) -> list[Promise]:
    measures = (held.response_minutes, held.update_minutes, held.fix_minutes)
    rows = zip(PRIORITIES, zip(*measures, strict=True), strict=True)
    return [
        Promise(priority, *minutes)
        for priority, minutes in rows
        if any(each is not None for each in minutes)
    ]


def added(new: Agreement) -> Entry:
    """Say as the audit has it what was agreed."""
    return Entry("agreement.added", target_of(new), after=_audited(new))


def changed(old: Agreement, new: Agreement, fact: str = "changed") -> Entry:
    """Say as the audit has it what is agreed now, and was before."""
    changes = audit.differing(_audited(old), _audited(new))
    return audit.changed(f"agreement.{fact}", target_of(new), changes)


def _audited(held: Agreement) -> dict[str, object]:
    return {k: v for k, v in described(held).items() if k not in _UNTOLD}


def target_of(held: Agreement) -> Target:
    return Target("agreement", held.agreement_id, held.la_code, held.school_id)
