"""A line to the internet as it is kept, and why one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.errors import Fault
from contracts.inventory import CircuitFact
from inventory.assets.model import CfrCode

Role = Literal["main", "back-up"]
State = Literal["planned", "live", "ceased"]
NextState = Literal["live", "ceased"]
Outcome = Literal["passed", "failed"]
Technology = Literal[
    "full-fibre",
    "leased-line",
    "cable",
    "g-fast",
    "fttc",
    "adsl",
    "fixed-wireless",
    "5g",
    "4g",
    "satellite",
    "other",
]
"""How a line comes to the school; full fibre is fibre to the premises (FTTP)."""
MOVES: Mapping[State, tuple[NextState, ...]] = {
    "planned": ("live", "ceased"),
    "live": ("ceased",),
    "ceased": (),
}
"""Whither from where; what has ceased is ordered anew as another circuit."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """A line to the internet, as it stands at `version`.

    Speeds are whole kbit/s and money is pence. What was measured is the one in the
    middle of the latest hundred, none older than 28 days; the test is the latest.
    """

    circuit_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    school_name: str
    reference: str
    role: Role
    backs: UUID | None
    backs_reference: str | None
    provider: str
    technology: Technology
    down_kbps: int
    up_kbps: int
    is_contended: bool | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode
    note: str | None
    state: State
    live_on: date | None
    ceased_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    measurements: int
    measured_at: datetime | None
    measured_down_kbps: int | None
    measured_up_kbps: int | None
    tested_on: date | None
    test_outcome: Outcome | None
    supplier_id: UUID | None
    """What the LA knows under the provider's name, and so the next three."""
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None


class CircuitNotFound(errors.NotFound):
    """No such circuit, or none that the caller may know of: said alike."""

    slug = "circuit-not-found"
    title = "There is no such circuit within your scope"


class CircuitReferenceTaken(errors.Conflict):
    """The school has a circuit of that reference."""

    slug = "circuit-reference-taken"
    title = "The school has a circuit of that reference already"


class CircuitBacked(errors.Conflict):
    """Another line backs this one: it cannot become a back-up line itself."""

    slug = "circuit-backed"
    title = "A back-up line names this one: let that one back another first"

    def __init__(self, lines: int) -> None:
        super().__init__(lines=lines)


class CircuitMoveRefused(errors.Conflict):
    """A circuit passes from its state to no such one; `legal` names where it may."""

    slug = "circuit-move-refused"
    title = "A circuit in this state cannot pass to that one"

    def __init__(self, present: State, wanted: NextState) -> None:
        legal = MOVES[present]
        may = f"it may become {' or '.join(legal)}" if legal else "it stays as it is"
        super().__init__(
            f"This circuit is {present} and cannot become {wanted}: {may}",
            present=present,
            legal=legal,
            errors=[Fault("/state", f"From {present}, {may}")],
        )


class CircuitImpossible(errors.Invalid):
    """What is said of a circuit contradicts itself, or has a day that cannot be."""

    slug = "circuit-impossible"
    title = "What is said of this circuit cannot be"


DESCRIBED = (
    *("reference", "role", "backs", "provider", "technology", "down_kbps", "up_kbps"),
    *("is_contended", "starts_on", "ends_on", "notice_on", "monthly_pence"),
    *("cfr_code", "note"),
)
"""What people say of one; its state has steps of its own."""
_UNTOLD = frozenset({"note"})
"""Free text, which the audit does not keep."""


def described(circuit: Circuit) -> dict[str, object]:
    return {name: getattr(circuit, name) for name in DESCRIBED}


def require_sound(said: Mapping[str, object]) -> None:
    """Refuse a contract whose days contradict each other, and a role without its line.

    Raises:
        CircuitImpossible: they do.
    """
    faults = list(_faults(said))
    if faults:
        raise CircuitImpossible(faults=faults)


def _faults(said: Mapping[str, object]) -> list[Fault]:
    found: list[Fault] = []
    if said["role"] == "back-up" and said["backs"] is None:
        found.append(Fault("/backs", "Say which main line it backs"))
    if said["role"] == "main" and said["backs"] is not None:
        found.append(Fault("/backs", "A main line backs none"))
    ends = said["ends_on"]
    for name in ("starts_on", "notice_on"):
        day = said[name]
        if isinstance(ends, date) and isinstance(day, date) and day > ends:
            text = f"This is after the contract ends, {ends.isoformat()}"
            found.append(Fault(f"/{name}", text))
    return found


def require_past(day: date, today: date, pointer: str) -> None:
    """Refuse a day that is yet to come.

    Raises:
        CircuitImpossible: it is.
    """
    if day > today:
        text = f"This is after today, {today.isoformat()}"
        raise CircuitImpossible(faults=[Fault(pointer, text)])


def require_backable(main: Circuit, circuit_id: UUID | None) -> None:
    """Refuse to back what is itself a back-up line, or the very same.

    Raises:
        CircuitImpossible: it is.
    """
    if main.circuit_id == circuit_id or main.role != "main":
        text = "This is no other main line of the school"
        raise CircuitImpossible(faults=[Fault("/backs", text)])


def moved(held: Circuit, wanted: NextState, on: date) -> dict[str, object]:
    """Say what a circuit's state is from a day on.

    Raises:
        CircuitMoveRefused: it does not pass there from its present state.
        CircuitImpossible: it ceased before it was live.
    """
    if wanted not in MOVES[held.state]:
        raise CircuitMoveRefused(held.state, wanted)
    if wanted == "live":
        return {"state": wanted, "live_on": on, "ceased_on": None}
    if held.live_on is not None and on < held.live_on:
        text = f"It was live from {held.live_on.isoformat()}: it ceased later"
        raise CircuitImpossible(faults=[Fault("/on", text)])
    return {"state": wanted, "live_on": held.live_on, "ceased_on": on}


def added(new: Circuit) -> Entry:
    """Say as the audit has it that a school has one more."""
    return Entry("circuit.added", target_of(new), after=_told(new))


def changed(old: Circuit, new: Circuit) -> Entry:
    """Say as the audit has it what is said of one now, and was before."""
    before, after = _told(old), _told(new)
    changes = {
        name: {"before": before[name], "after": after[name]}
        for name in before
        if before[name] != after[name]
    }
    return audit.changed("circuit.changed", target_of(new), changes)


def happened(action: str, held: Circuit, after: Mapping[str, object]) -> Entry:
    """Say as the audit has it what came of a circuit; its free text is not."""
    return Entry(action, target_of(held), after=after)


def _told(circuit: Circuit) -> dict[str, object]:
    told = {k: v for k, v in described(circuit).items() if k not in _UNTOLD}
    days = ("state", "live_on", "ceased_on")
    return {**told, **{name: getattr(circuit, name) for name in days}}


def target_of(held: Circuit) -> Target:
    return Target("circuit", held.circuit_id, held.la_code, held.school_id)


def said(fact: type[CircuitFact], held: Circuit) -> CircuitFact:
    """Say the publishable state: without what somebody typed."""
    return fact(
        entity_id=held.circuit_id,
        entity_version=held.version,
        la_code=held.la_code,
        school_id=held.school_id,
        role=held.role,
        backs=held.backs,
        technology=held.technology,
        state=held.state,
        down_kbps=held.down_kbps,
        up_kbps=held.up_kbps,
        is_contended=held.is_contended,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        notice_on=held.notice_on,
        live_on=held.live_on,
        ceased_on=held.ceased_on,
        monthly_pence=held.monthly_pence,
        cfr_code=held.cfr_code,
    )
