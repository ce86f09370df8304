"""What a service over the network is, and why one is refused; nothing here does I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.errors import Fault
from contracts.inventory import NetworkServiceFact
from inventory.assets.model import CfrCode

Kind = Literal[
    "filtering",
    "monitoring",
    "firewall",
    "ddos-protection",
    "back-up",
    "remote-access",
    "sign-on",
    "e-mail",
    "telephony",
    "video-conferencing",
    "learning-content",
    "other",
]
State = Literal["planned", "live", "ceased"]
Ends = Literal["past", "quarter", "year"]
"""When a contract ends: it has, or does within 90 or 365 days from today."""
Sort = Literal["name", "-name", "ends_on", "-ends_on", "monthly", "-monthly"]
_WITHIN: Mapping[Ends, int] = {"quarter": 90, "year": 365}
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class NetworkService:
    """Something that a school takes over the network. Money is pence a month.

    `live_on` is None while it is planned. What the LA knows under the provider's name
    stands beside it.
    """

    service_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    school_name: str
    kind: Kind
    name: str
    provider: str
    reference: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode
    note: str | None
    live_on: date | None
    ceased_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    supplier_id: UUID | None
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None


@dataclass(frozen=True, slots=True)
class ServiceFilter:
    """Which services a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    """Parts of a name, a provider, a reference or a school, in any order."""
    kind: Kind | None = None
    state: State | None = None
    ends: Ends | None = None


class NetworkServiceNotFound(errors.NotFound):
    """No such service, or none that the caller may know of: said alike."""

    slug = "network-service-not-found"
    title = "There is no such service within your scope"


class NetworkServiceNameTaken(errors.Conflict):
    """The school has a service of that name."""

    slug = "network-service-name-taken"
    title = "The school has a service of that name already"


class NetworkServiceImpossible(errors.Invalid):
    """Days that contradict each other."""

    slug = "network-service-impossible"
    title = "The days of this service cannot be"


DESCRIBED = (
    *("kind", "name", "provider", "reference", "starts_on", "ends_on", "notice_on"),
    *("monthly_pence", "cfr_code", "note", "live_on", "ceased_on"),
)
"""What people say of one."""
_UNTOLD = frozenset({"note"})
"""Free text, which the audit does not keep."""
_ORDERED = (
    ("starts_on", "ends_on", "This is after the contract ends, {}"),
    ("notice_on", "ends_on", "This is after the contract ends, {}"),
    ("live_on", "ceased_on", "This is after it ceased, {}"),
)


def described(service: NetworkService) -> dict[str, object]:
    return {name: getattr(service, name) for name in DESCRIBED}


def require_sound(said: Mapping[str, object]) -> None:
    """Refuse days that contradict each other.

    Raises:
        NetworkServiceImpossible: they do.
    """
    faults = [
        Fault(f"/{first}", text.format(last.isoformat()))
        for first, second, text in _ORDERED
        for day, last in [(said[first], said[second])]
        if isinstance(day, date) and isinstance(last, date) and day > last
    ]
    if said["ceased_on"] is not None and said["live_on"] is None:
        faults.append(Fault("/live_on", "Say since when it was used"))
    if faults:
        raise NetworkServiceImpossible(faults=faults)


def state_of(each: NetworkService, today: date) -> State:
    """Say whether it is used on a day."""
    if each.ceased_on is not None and each.ceased_on <= today:
        return "ceased"
    return "planned" if each.live_on is None or each.live_on > today else "live"


def is_wanted(each: NetworkService, wanted: ServiceFilter, today: date) -> bool:
    """Say whether a listing shows one by its days."""
    state = state_of(each, today)
    if wanted.state not in {None, state}:
        return False
    if wanted.ends is None:
        return True
    if each.ends_on is None or state == "ceased":
        return False
    if wanted.ends == "past":
        return each.ends_on < today
    return today <= each.ends_on <= today + timedelta(days=_WITHIN[wanted.ends])


def key_of(each: NetworkService, sort: Sort) -> tuple[str | int, str, str]:
    short, price = each.name.lower()[:_SORTED_BY], each.monthly_pence
    first: dict[str, str | int] = {
        "name": short,
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
        "monthly": -1 if price is None else price,
    }
    return first[sort.removeprefix("-")], short, str(each.service_id)


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    return int if sort.endswith("monthly") else str, str, str


def added(new: NetworkService) -> Entry:
    """Say as the audit has it that a school has one more."""
    return Entry("network-service.added", _target(new), after=_told(new))


def changed(old: NetworkService, new: NetworkService) -> Entry:
    """Say as the audit has it what is said of one now, and was before."""
    before, after = _told(old), _told(new)
    changes = {
        name: {"before": before[name], "after": after[name]}
        for name in before
        if before[name] != after[name]
    }
    return audit.changed("network-service.changed", _target(new), changes)


def said(fact: type[NetworkServiceFact], held: NetworkService) -> NetworkServiceFact:
    """Say the publishable state: without what somebody typed."""
    return fact(
        entity_id=held.service_id,
        entity_version=held.version,
        la_code=held.la_code,
        school_id=held.school_id,
        kind=held.kind,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        notice_on=held.notice_on,
        monthly_pence=held.monthly_pence,
        cfr_code=held.cfr_code,
        live_on=held.live_on,
        ceased_on=held.ceased_on,
    )


def _told(service: NetworkService) -> dict[str, object]:
    return {k: v for k, v in described(service).items() if k not in _UNTOLD}


def _target(held: NetworkService) -> Target:
    return Target("network-service", held.service_id, held.la_code, held.school_id)
