"""The support of a place's machines, put together from what was counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import get_args
from uuid import UUID

from inventory.lifecycle.model.products import PRODUCTS, Kind, called
from inventory.lifecycle.model.releases import UNKNOWN, State, Support
from inventory.support.model.judging import Judge
from inventory.support.model.machines import (
    Built,
    Having,
    Installed,
    Machine,
    Place,
    Running,
    Supported,
    Title,
    parted,
)
from inventory.support.model.readiness import (
    NOT_APPLICABLE,
    Part,
    Readiness,
    Windows11,
)

_STATES: Sequence[State] = get_args(State)
_WORST_FIRST: Sequence[State] = (
    *("ended", "security-only", "supported", "no-end-announced", "unknown"),
)
MOST_UNMATCHED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A release that machines have, and how it is supported."""

    product: str
    cycle: str | None
    named: str
    kind: Kind
    state: State
    ends_on: date | None
    extended_until: date | None
    devices: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What machines say that they run, and that is no release that is known."""

    operating_system: str | None
    os_version: str | None
    model: str | None
    """Of a Chromebook: its support hangs on that."""
    devices: int


@dataclass(frozen=True, slots=True)
class States:
    """How many machines there are in each state of their system's support."""

    supported: int = 0
    no_end_announced: int = 0
    security_only: int = 0
    ended: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSupport(States):
    """The same of one school."""

    school_urn: int
    school_name: str
    devices: int


@dataclass(frozen=True, slots=True)
class Windows11Figures:
    """How many computers can run Windows 11, and what hinders those that cannot.

    One that lacks two things counts at both.
    """

    runs_it: int = 0
    ready: int = 0
    not_ready: int = 0
    unknown: int = 0
    lacks_processor: int = 0
    lacks_memory: int = 0
    lacks_storage: int = 0
    lacks_tpm: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """How what a place's machines run is supported on a day."""

    as_of: date
    devices: int
    states: States
    systems: Sequence[Row]
    software: Sequence[Row]
    unmatched: Sequence[Unmatched]
    windows_11: Windows11Figures
    schools: Sequence[SchoolSupport] | None


@dataclass(frozen=True, slots=True)
class OfOne:
    """How the system and the programs of one machine are supported on a day."""

    as_of: date
    system: Row | None
    windows_11: Windows11
    software: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a place; its schools, where they are told one by one."""

    running: Sequence[Running]
    built: Sequence[Built]
    having: Sequence[tuple[Title, Having]]
    places: Sequence[Place] | None


def summary(judge: Judge, found: Counted) -> Summary:
    """Put together what was counted."""
    rows = found.running
    known = judge.systems(row.system_told for row in rows)
    return Summary(
        judge.day,
        sum(row.devices for row in rows),
        States(**_states((known[row.system_told].state, row.devices) for row in rows)),
        systems(judge, rows),
        programs(judge, found.having),
        _unmatched(rows, known),
        _windows_11(judge, found.built),
        None if found.places is None else _schools(rows, known, found.places),
    )


def systems(judge: Judge, running: Sequence[Running]) -> list[Row]:
    """List the releases of systems that machines run, the worst supported first."""
    known = judge.systems(row.system_told for row in running)
    return _rows(_added((known[row.system_told], row.devices) for row in running))


def programs(judge: Judge, having: Iterable[tuple[Title, Having]]) -> list[Row]:
    """List the releases of programs that machines have, the worst supported first."""
    told = (
        (judge.program(title.title_key, title.title, of.release), of.devices)
        for title, of in having
    )
    return _rows(_added((support, devices) for support, devices in told if support))


def of_one(judge: Judge, built: Built | None, installed: Iterable[Installed]) -> OfOne:
    """Say it of one machine; `built` is None of what runs nothing."""
    system = UNKNOWN if built is None else judge.system(built.system_told)
    found = (judge.program(i.title_key, i.title, i.release) for i in installed)
    programs_of = {each: 1 for each in found if each is not None}
    return OfOne(
        judge.day,
        _row(system, 1) if system.product else None,
        NOT_APPLICABLE if built is None else _of_built(judge, built),
        _rows(programs_of),
    )


def supported(judge: Judge, machine: Machine) -> Supported:
    """Say of a machine how its system is supported, and whether it can run another."""
    name, version, _ = parted(machine.system_told)
    support = judge.system(machine.system_told)
    return Supported(
        machine.asset_id,
        machine.school_urn,
        machine.school_name,
        machine.tag,
        machine.category,
        machine.manufacturer,
        machine.model,
        machine.room,
        name or None,
        version or None,
        support.product,
        support.cycle,
        called(support.product, support.cycle) if support.product else None,
        support.state,
        support.ends_on,
        support.extended_until,
        judge.windows_11(machine.category, machine.system_told, machine.hardware_told),
    )


def _of_built(judge: Judge, built: Built) -> Windows11:
    return judge.windows_11(built.category, built.system_told, built.hardware_told)


def _windows_11(judge: Judge, built: Iterable[Built]) -> Windows11Figures:
    of: Counter[Readiness] = Counter()
    lacking: Counter[Part] = Counter()
    for each in built:
        said = _of_built(judge, each)
        of[said.readiness] += each.devices
        for part in said.lacks:
            lacking[part] += each.devices
    return Windows11Figures(
        of["runs-it"],
        of["ready"],
        of["not-ready"],
        of["unknown"],
        lacking["processor"],
        lacking["memory"],
        lacking["storage"],
        lacking["tpm"],
    )


def _added(pairs: Iterable[tuple[Support, int]]) -> dict[Support, int]:
    found: dict[Support, int] = {}
    for support, devices in pairs:
        found[support] = found.get(support, 0) + devices
    return found


def _rows(counted: Mapping[Support, int]) -> list[Row]:
    """List releases, the worst supported first; what is quite unknown is none."""
    rows = [
        _row(support, devices)
        for support, devices in counted.items()
        if support.product and (support.cycle or support.state != "unknown")
    ]
    return sorted(rows, key=_order)


def _row(support: Support, devices: int) -> Row:
    product = str(support.product)
    return Row(
        product,
        support.cycle,
        called(product, support.cycle),
        PRODUCTS[product].kind,
        support.state,
        support.ends_on,
        support.extended_until,
        devices,
    )


def _order(row: Row) -> tuple[int, date, int, str]:
    return (
        _WORST_FIRST.index(row.state),
        row.ends_on or date.max,
        -row.devices,
        row.named,
    )


def _states(pairs: Iterable[tuple[State, int]]) -> dict[str, int]:
    found = dict.fromkeys((state.replace("-", "_") for state in _STATES), 0)
    for state, devices in pairs:
        found[state.replace("-", "_")] += devices
    return found


def _unmatched(
    rows: Iterable[Running], known: Mapping[str, Support]
) -> list[Unmatched]:
    """List what is unknown, the most first."""
    found: dict[str, int] = {}
    for row in rows:
        if known[row.system_told].state == "unknown":
            found[row.system_told] = found.get(row.system_told, 0) + row.devices
    listed = [
        Unmatched(name or None, version or None, model or None, found[told])
        for told in found
        for name, version, model in [parted(told)]
    ]
    listed.sort(key=lambda each: (-each.devices, each.operating_system or ""))
    return listed[:MOST_UNMATCHED]


def _schools(
    rows: Iterable[Running], known: Mapping[str, Support], places: Iterable[Place]
) -> list[SchoolSupport]:
    """Put schools beside each other, those with most that has ended first."""
    of_each: dict[UUID, list[tuple[State, int]]] = {}
    for row in rows:
        state = known[row.system_told].state
        of_each.setdefault(row.school_id, []).append((state, row.devices))
    listed = [
        SchoolSupport(
            **asdict(States(**_states(pairs))),
            school_urn=place.urn,
            school_name=place.name,
            devices=sum(devices for _, devices in pairs),
        )
        for place in places
        for pairs in [of_each.get(place.school_id, [])]
    ]
    return sorted(listed, key=lambda s: (-s.ended, s.school_name.lower(), s.school_urn))
