"""A licence of software as it is kept, and why one is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access
from chassis.errors import Fault
from contracts import roles
from contracts.inventory import LicenceFact
from inventory.assets.model import ACCESS as ASSETS
from inventory.assets.model import CfrCode
from inventory.kinds.model import lives
from inventory.titles.model import naming

Measure = Literal["seats", "site"]
"""For so many devices, or for as many as there are at the place that holds it."""
Term = Literal["perpetual", "subscription"]
State = Literal["coming", "in-force", "ended"]
MOST_SEATS = 10_000_000
EARLIEST, LATEST = date(1980, 1, 1), date(2199, 12, 31)
"""Days that a licence may name."""
ACCESS = Access(read=ASSETS.read, write=ASSETS.write | {roles.SCHOOL_LEADER})
"""Whoever writes kit writes a school's licences, and so do those who buy them."""
AUTHORITY_WRITERS = lives.AUTHORITY_WRITERS


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence, as it stands at `version`; an LA's has no school.

    Money is pence: of the whole, or of a year of a subscription.
    """

    licence_id: UUID
    la_code: str
    school_id: UUID | None
    school_urn: int | None
    school_name: str | None
    title_id: UUID
    publisher: str
    name: str
    release: str | None
    measure: Measure
    seats: int | None
    """None of a licence for the whole site."""
    term: Term
    starts_on: date | None
    ends_on: date | None
    """The last day on which it holds; None of one that holds for ever."""
    notice_on: date | None
    price_pence: int | None
    cfr_code: CfrCode
    supplier: str | None
    reference: str | None
    note: str | None
    counted: int | None
    """Seats in use, as the maker's own console says on a day."""
    counted_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    supplier_id: UUID | None
    """What the LA knows under the supplier's name, and so the next three."""
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Licence):
    """A licence beside how it stands on the day that was asked."""

    state: State


class LicenceNotFound(errors.NotFound):
    """No such licence, or none that the caller may know of: said alike."""

    slug = "licence-not-found"
    title = "There is no such licence within your scope"


class LicenceImpossible(errors.Invalid):
    """What is said of a licence contradicts itself, or has a day that cannot be."""

    slug = "licence-impossible"
    title = "What is said of this licence cannot be"


DESCRIBED = (
    *("publisher", "name", "release", "measure", "seats", "term", "starts_on"),
    *("ends_on", "notice_on", "price_pence", "cfr_code", "supplier", "reference"),
    *("note", "counted", "counted_on"),
)
"""What people say of one."""
_UNTOLD = frozenset({"note"})
"""Free text, which the audit does not keep."""
_NAMES = frozenset({"publisher", "name"})
_DAYS = ("starts_on", "ends_on", "notice_on", "counted_on")
_FIELDS = tuple(each.name for each in fields(Licence))


def described(held: Licence) -> dict[str, object]:
    return {name: getattr(held, name) for name in DESCRIBED}


def state_of(held: Licence, today: date) -> State:
    """Say whether a licence holds on a day: from its first day to its last."""
    if held.ends_on is not None and held.ends_on < today:
        return "ended"
    if held.starts_on is not None and held.starts_on > today:
        return "coming"
    return "in-force"


def told(held: Licence, today: date) -> Told:
    """Say of a licence how it stands."""
    same = {name: getattr(held, name) for name in _FIELDS}
    return Told(**same, state=state_of(held, today))


def columns(said: Mapping[str, object]) -> dict[str, object]:
    """Say what is stored: what it is a licence of is named as devices' reports are.

    A version that stands in the name is the release, unless another is said.
    """
    found = naming.named(str(said["publisher"]), str(said["name"]), "")
    kept = {key: value for key, value in said.items() if key not in _NAMES}
    return {
        **kept,
        "maker": found.publisher.name,
        "maker_key": found.publisher.key,
        "title": found.name.name,
        "title_key": found.name.key,
        "release": said["release"] or found.release or None,
    }


def require_sound(said: Mapping[str, object], today: date) -> None:
    """Refuse a licence whose seats, term or days contradict each other.

    Raises:
        LicenceImpossible: they do; each field that is wrong is named.
    """
    faults = [*_measure(said), *_term(said), *_days(said), *_count(said, today)]
    if faults:
        raise LicenceImpossible(faults=faults)


def _measure(said: Mapping[str, object]) -> Iterator[Fault]:
    if said["measure"] == "seats" and said["seats"] is None:
        yield Fault("/seats", "Say for how many devices it is")
    if said["measure"] == "site" and said["seats"] is not None:
        yield Fault("/seats", "A licence for the whole site has no number of seats")


def _term(said: Mapping[str, object]) -> Iterator[Fault]:
    if said["term"] == "subscription":
        for name, missing in (("starts_on", "begins"), ("ends_on", "ends")):
            if said[name] is None:
                yield Fault(f"/{name}", f"Say on which day the subscription {missing}")
        return
    for name in ("ends_on", "notice_on"):
        if said[name] is not None:
            yield Fault(f"/{name}", "A perpetual licence has no such day")


def _days(said: Mapping[str, object]) -> Iterator[Fault]:
    for name in _DAYS:
        day = said[name]
        if isinstance(day, date) and not EARLIEST <= day <= LATEST:
            within = f"{EARLIEST.isoformat()} to {LATEST.isoformat()}"
            yield Fault(f"/{name}", f"Give a day from {within}")
    begins, ends, notice = (said[name] for name in _DAYS[:3])
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        yield Fault("/ends_on", f"This is before it begins, {begins.isoformat()}")
    if isinstance(notice, date):
        if isinstance(ends, date) and notice > ends:
            yield Fault("/notice_on", f"This is after it ends, {ends.isoformat()}")
        elif isinstance(begins, date) and notice < begins:
            text = f"This is before it begins, {begins.isoformat()}"
            yield Fault("/notice_on", text)


def _count(said: Mapping[str, object], today: date) -> Iterator[Fault]:
    counted, on = said["counted"], said["counted_on"]
    if counted is not None and on is None:
        yield Fault("/counted_on", "Say on which day they were counted")
    if counted is None and on is not None:
        yield Fault("/counted", "Say how many seats were in use on that day")
    if isinstance(on, date) and on > today:
        yield Fault("/counted_on", f"This is after today, {today.isoformat()}")


def added(new: Licence) -> Entry:
    """Say as the audit has it that somebody holds one more."""
    return Entry("licence.added", target_of(new), after=_told(new))


def changed(old: Licence, new: Licence) -> Entry:
    """Say as the audit has it what is said of one now, and was before."""
    before, after = _told(old), _told(new)
    changes = {
        name: {"before": before[name], "after": after[name]}
        for name in before
        if before[name] != after[name]
    }
    return audit.changed("licence.changed", target_of(new), changes)


def removed(held: Licence) -> Entry:
    """Say as the audit has it what was said of one that is kept no more."""
    return Entry("licence.removed", target_of(held), before=_told(held))


def _told(held: Licence) -> dict[str, object]:
    return {k: v for k, v in described(held).items() if k not in _UNTOLD}


def target_of(held: Licence) -> Target:
    return Target("licence", held.licence_id, held.la_code, held.school_id)


def said(fact: type[LicenceFact], held: Licence, version: int) -> LicenceFact:
    """Say the publishable state: without what somebody typed."""
    return fact(
        entity_id=held.licence_id,
        entity_version=version,
        la_code=held.la_code,
        school_id=held.school_id,
        title_id=held.title_id,
        measure=held.measure,
        seats=held.seats,
        term=held.term,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        notice_on=held.notice_on,
        price_pence=held.price_pence,
        cfr_code=held.cfr_code,
        counted=held.counted,
        counted_on=held.counted_on,
    )
