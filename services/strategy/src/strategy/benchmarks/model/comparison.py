"""What is compared: the measures, each with unit, direction and formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from strategy.benchmarks.model import quantiles
from strategy.benchmarks.model.quantiles import Summary
from strategy.desk import model as desk
from strategy.estate import model as estate

MeasureName = Literal["pupils_per_device", "open_tickets_per_100_devices"]
Direction = Literal["low", "high", "both"]
Sort = Literal[
    "name",
    "-name",
    "pupils_per_device",
    "-pupils_per_device",
    "open_tickets_per_100_devices",
    "-open_tickets_per_100_devices",
]
Phase = Literal[
    "nursery",
    "primary",
    "middle-deemed-primary",
    "middle-deemed-secondary",
    "secondary",
    "all-through",
    "16-plus",
    "special",
    "pru",
]

AUTHORITY_ACCESS = Access(read=roles.LA_WIDE)
"""Who sees every school of an LA by name."""
SCHOOL_READERS = roles.LA_WIDE | {roles.SCHOOL_TECHNICIAN, roles.SCHOOL_LEADER}
"""Who sees a school's own figures beside the LA's distribution."""
AGGREGATE_ACCESS = Access(read=roles.LA_WIDE | {roles.REGIONAL_ANALYST})
"""Who sees sums over schools; a regional analyst sees nothing else."""
ANYONE = Access(read=roles.NAMED_SCHOOLS | {roles.REGIONAL_ANALYST})
"""Everyone with a place in an LA, to tell what they may not see from what is not."""


class AuthorityNotFound(errors.NotFound):
    """No such LA, or none that the caller may know of: said alike."""

    slug = "authority-not-found"
    title = "There is no such local authority within your scope"

    def __init__(self, la_code: str) -> None:
        super().__init__(la_code=la_code)


class ComparisonUnclear(errors.Invalid):
    """A comparison is of one school or of one LA."""

    slug = "comparison-unclear"
    title = "Name either a school or an la_code"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/query/school", self.title)])


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of an open school."""

    la_code: str
    la_name: str
    school_id: UUID
    school_urn: int
    name: str
    phase: str
    pupils: int | None
    devices: int
    open_tickets: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its unit, which end of it is good, and how it is worked out."""

    measure: MeasureName
    unit: str
    direction: Direction
    formula: str
    of: Callable[[Figures], float | None]


def pupils_per_device(figures: Figures) -> float | None:
    """Return None without devices: nobody shares what is not there."""
    if figures.pupils is None or figures.devices <= 0:
        return None
    return figures.pupils / figures.devices


def open_tickets_per_100_devices(figures: Figures) -> float | None:
    """Return None without devices."""
    if figures.devices <= 0:
        return None
    return 100 * figures.open_tickets / figures.devices


MEASURES = (
    Measure(
        "pupils_per_device",
        "pupils per device",
        "low",
        f"pupils / devices; devices are {estate.DEVICES}",
        pupils_per_device,
    ),
    Measure(
        "open_tickets_per_100_devices",
        "open tickets per 100 devices",
        "low",
        f"100 * open tickets / devices; open tickets are {desk.OPEN_TICKETS};"
        f" devices are {estate.DEVICES}",
        open_tickets_per_100_devices,
    ),
)
Summaries = Mapping[MeasureName, Summary]


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """A measure over the schools of an LA, figures to two decimals."""

    measure: MeasureName
    unit: str
    direction: Direction
    formula: str
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A school's figures, to two decimals, and the quarters that they fall in."""

    school_id: UUID
    school_urn: int
    name: str
    phase: str
    pupils: int | None
    devices: int
    open_tickets: int
    pupils_per_device: float | None
    open_tickets_per_100_devices: float | None
    quartiles: dict[MeasureName, int | None]


@dataclass(frozen=True, slots=True)
class AuthorityComparison:
    """Every open school of an LA beside the others."""

    la_code: str
    as_of: datetime | None
    measures: list[MeasureSummary]
    schools: list[Standing]


@dataclass(frozen=True, slots=True)
class SchoolComparison:
    """One school beside the distribution of its LA, in which no other is named."""

    la_code: str
    as_of: datetime | None
    measures: list[MeasureSummary]
    school: Standing


def summaries(schools: Sequence[Figures]) -> dict[MeasureName, Summary]:
    """Describe each measure over the schools that have the figure."""
    return {
        measure.measure: quantiles.summarise(
            [value for each in schools if (value := measure.of(each)) is not None]
        )
        for measure in MEASURES
    }


def standing(figures: Figures, of_authority: Summaries) -> Standing:
    """Place a school's figures in the distributions of its LA."""
    return Standing(
        school_id=figures.school_id,
        school_urn=figures.school_urn,
        name=figures.name,
        phase=figures.phase,
        pupils=figures.pupils,
        devices=figures.devices,
        open_tickets=figures.open_tickets,
        pupils_per_device=shown(pupils_per_device(figures)),
        open_tickets_per_100_devices=shown(open_tickets_per_100_devices(figures)),
        quartiles={
            measure.measure: quantiles.quarter(
                measure.of(figures), of_authority[measure.measure]
            )
            for measure in MEASURES
        },
    )


def measured(of_authority: Summaries) -> list[MeasureSummary]:
    """Say what each measure is, and how it is distributed."""
    return [_measured(measure, of_authority[measure.measure]) for measure in MEASURES]


def ordered(schools: Iterable[Figures], sort: Sort) -> list[Figures]:
    """Order schools by a column; those without the figure come last either way."""
    by_name = sorted(schools, key=lambda s: (s.name.casefold(), s.school_urn))
    descends = sort.startswith("-")
    column = sort.removeprefix("-")
    if column == "name":
        return by_name[::-1] if descends else by_name
    of = next(measure.of for measure in MEASURES if measure.measure == column)
    known = [(value, s) for s in by_name if (value := of(s)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descends)
    return [s for _, s in known] + [s for s in by_name if of(s) is None]


def shown(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _measured(measure: Measure, summary: Summary) -> MeasureSummary:
    return MeasureSummary(
        measure=measure.measure,
        unit=measure.unit,
        direction=measure.direction,
        formula=measure.formula,
        median=shown(summary.median),
        lower_quartile=shown(summary.lower_quartile),
        upper_quartile=shown(summary.upper_quartile),
        n=summary.n,
    )
