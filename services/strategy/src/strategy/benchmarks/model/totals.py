"""Sums over the schools of an LA by phase, and which of them may be told.

A sum over fewer than five schools is withheld, and so is any that would let it be
worked out: what the told groups leave of the total must itself be nothing, or several
groups that make five schools or more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from strategy.benchmarks.model.measures import Figures
from strategy.benchmarks.model.quantiles import shown

MINIMUM_SCHOOLS = 5
ALL_PHASES = "all"
"""Stands in a phase's place for the sum over all of them."""


@dataclass(frozen=True, slots=True)
class PhaseTotal:
    """Sums over the open schools of a phase that have told their number of pupils.

    All four are None where they are withheld.
    """

    phase: str
    schools: int | None
    pupils: int | None
    devices: int | None
    open_tickets: int | None


@dataclass(frozen=True, slots=True)
class StoredTotal:
    """A sum with its LA, as the database holds it."""

    la_code: str
    la_name: str | None
    as_of: datetime
    phase: str
    schools: int | None
    pupils: int | None
    devices: int | None
    open_tickets: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A sum as it is told, with its ratios to two decimals."""

    phase: str
    withheld: bool
    schools: int | None
    pupils: int | None
    devices: int | None
    open_tickets: int | None
    pupils_per_device: float | None
    open_tickets_per_100_devices: float | None


@dataclass(frozen=True, slots=True)
class AuthorityTotals:
    """An LA's sums by phase, and over all phases."""

    la_code: str
    la_name: str | None
    as_of: datetime
    total: Group | None
    phases: list[Group]


def tellable(schools: Iterable[Figures]) -> list[PhaseTotal]:
    """Sum schools by phase and over all phases; withhold what may not be told."""
    by_phase: defaultdict[str, list[Figures]] = defaultdict(list)
    for each in schools:
        if each.pupils is not None:
            by_phase[each.phase].append(each)
    told = told_phases({phase: len(group) for phase, group in by_phase.items()})
    everyone = [each for group in by_phase.values() for each in group]
    total = _sum(ALL_PHASES, everyone, told=len(everyone) >= MINIMUM_SCHOOLS)
    return [total] + [
        _sum(phase, by_phase[phase], told=phase in told) for phase in sorted(by_phase)
    ]


def told_phases(
    sizes: dict[str, int], minimum: int = MINIMUM_SCHOOLS
) -> frozenset[str]:
    """Choose the phases that may be told, given how many schools each has.

    Groups under the minimum go first; then, smallest first, as many as it takes that
    what is withheld cannot be narrowed down by subtraction to fewer than five schools
    or to a single group.
    """
    by_size = sorted(sizes, key=lambda phase: (sizes[phase], phase))
    withheld = [phase for phase in by_size if sizes[phase] < minimum]
    rest = by_size[len(withheld) :]
    while rest and withheld and not _is_wide(withheld, sizes):
        withheld.append(rest.pop(0))
    return frozenset(rest)


def grouped(stored: Sequence[StoredTotal]) -> list[AuthorityTotals]:
    """Gather stored sums by LA, in the order that they come."""
    by_la: defaultdict[str, list[StoredTotal]] = defaultdict(list)
    for row in stored:
        by_la[row.la_code].append(row)
    return [_authority(rows) for rows in by_la.values()]


def _authority(rows: Sequence[StoredTotal]) -> AuthorityTotals:
    groups = [_group(row) for row in rows]
    return AuthorityTotals(
        la_code=rows[0].la_code,
        la_name=rows[0].la_name,
        as_of=rows[0].as_of,
        total=next((g for g in groups if g.phase == ALL_PHASES), None),
        phases=[g for g in groups if g.phase != ALL_PHASES],
    )


def _group(row: StoredTotal) -> Group:
    return Group(
        phase=row.phase,
        withheld=row.schools is None,
        schools=row.schools,
        pupils=row.pupils,
        devices=row.devices,
        open_tickets=row.open_tickets,
        pupils_per_device=_ratio(row.pupils, row.devices, 1),
        open_tickets_per_100_devices=_ratio(row.open_tickets, row.devices, 100),
    )


def _ratio(part: int | None, devices: int | None, times: int) -> float | None:
    return shown(times * part / devices) if part is not None and devices else None


def _is_wide(withheld: Sequence[str], sizes: dict[str, int]) -> bool:
    return len(withheld) > 1 and sum(sizes[p] for p in withheld) >= MINIMUM_SCHOOLS


def _sum(phase: str, group: Sequence[Figures], *, told: bool) -> PhaseTotal:
    if not told:
        return PhaseTotal(phase, None, None, None, None)
    return PhaseTotal(
        phase=phase,
        schools=len(group),
        pupils=sum(each.pupils or 0 for each in group),
        devices=sum(each.devices for each in group),
        open_tickets=sum(each.open_tickets for each in group),
    )
