"""Schools beside each other: which of them, in what order, and where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from strategy.benchmarks.model import quantiles
from strategy.benchmarks.model.measures import (
    MEASURES,
    Direction,
    Figures,
    Measure,
    MeasureName,
)
from strategy.benchmarks.model.quantiles import Summary, shown

Sort = Literal[
    "name",
    "-name",
    "pupils",
    "-pupils",
    "devices",
    "-devices",
    "pupils_per_device",
    "-pupils_per_device",
    "devices_past_five_years",
    "-devices_past_five_years",
    "open_tickets_per_100_devices",
    "-open_tickets_per_100_devices",
    "tickets_a_year_per_100_devices",
    "-tickets_a_year_per_100_devices",
    "days_to_resolve",
    "-days_to_resolve",
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
    "ap",
]
Size = Literal["to-100", "101-to-200", "201-to-400", "401-to-1000", "over-1000"]
SIZES: Mapping[Size, tuple[int, float]] = {
    "to-100": (0, 100),
    "101-to-200": (101, 200),
    "201-to-400": (201, 400),
    "401-to-1000": (401, 1000),
    "over-1000": (1001, float("inf")),
}
"""Bands of pupils, both ends within."""

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
    """A comparison is of one school or of one LA; only an LA's can be narrowed."""

    slug = "comparison-unclear"
    title = "Name either a school or an la_code; only an LA's schools are filtered"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/query/school", self.title)])


@dataclass(frozen=True, slots=True)
class Filters:
    """Which schools of an LA are put beside each other; None takes all."""

    phase: Phase | None = None
    size: Size | None = None
    district: str | None = None

    def take(self, school: Figures) -> bool:
        return (
            self.phase in {None, school.phase}
            and self.district in {None, school.district}
            and (self.size is None or self.size == size_of(school.pupils))
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """By what the schools of an LA can be narrowed down."""

    phases: list[str]
    sizes: list[Size]
    districts: list[str]


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
    district: str | None
    pupils: int | None
    devices: int
    dated_devices: int
    aged_devices: int
    open_tickets: int
    opened_in_year: int
    resolved_in_year: int
    pupils_per_device: float | None
    devices_past_five_years: float | None
    open_tickets_per_100_devices: float | None
    tickets_a_year_per_100_devices: float | None
    days_to_resolve: float | None
    quartiles: dict[MeasureName, int | None]
    percentiles: dict[MeasureName, float | None] | None
    """None where the others' figures are not the asker's to see."""


@dataclass(frozen=True, slots=True)
class AuthorityComparison:
    """The open schools of an LA that the filters take, beside each other."""

    la_code: str
    as_of: datetime | None
    measures: list[MeasureSummary]
    choices: Choices
    schools: list[Standing]


Summaries = Mapping[MeasureName, Summary]


def compare(
    la_code: str, everyone: Sequence[Figures], filters: Filters, sort: Sort
) -> AuthorityComparison:
    """Put the schools that the filters take beside each other, and no others."""
    taken = [school for school in everyone if filters.take(school)]
    found, ranks = summaries(taken), percentiles(taken)
    return AuthorityComparison(
        la_code=la_code,
        as_of=everyone[0].as_of if everyone else None,
        measures=measured(found),
        choices=choices(everyone),
        schools=[
            standing(each, found, ranks[each.school_id])
            for each in ordered(taken, sort)
        ],
    )


def size_of(pupils: int | None) -> Size | None:
    """Say in which band a number of pupils lies."""
    if pupils is None:
        return None
    return next(s for s, (low, high) in SIZES.items() if low <= pupils <= high)


def choices(schools: Sequence[Figures]) -> Choices:
    """List what there is to choose from, in the order that people expect."""
    sizes = {size_of(school.pupils) for school in schools}
    return Choices(
        phases=sorted({school.phase for school in schools}),
        sizes=[size for size in SIZES if size in sizes],
        districts=sorted({s.district for s in schools if s.district is not None}),
    )


def summaries(schools: Sequence[Figures]) -> dict[MeasureName, Summary]:
    """Describe each measure over the schools that have the figure."""
    return {
        measure.measure: quantiles.summarise(_values(measure, schools))
        for measure in MEASURES
    }


def percentiles(
    schools: Sequence[Figures],
) -> dict[UUID, dict[MeasureName, float | None]]:
    """Rank each school among the others in each measure, by its id."""
    values = {m.measure: sorted(_values(m, schools)) for m in MEASURES}
    return {
        school.school_id: {
            m.measure: shown(quantiles.percentile(m.of(school), values[m.measure]))
            for m in MEASURES
        }
        for school in schools
    }


def _values(measure: Measure, schools: Iterable[Figures]) -> list[float]:
    return [value for each in schools if (value := measure.of(each)) is not None]


def standing(
    figures: Figures,
    peers: Summaries,
    percentiles_of: dict[MeasureName, float | None] | None = None,
) -> Standing:
    """Place a school's figures in the distributions of its peers."""
    values: dict[MeasureName, float | None] = {
        measure.measure: measure.of(figures) for measure in MEASURES
    }
    return Standing(
        school_id=figures.school_id,
        school_urn=figures.school_urn,
        name=figures.name,
        phase=figures.phase,
        district=figures.district,
        pupils=figures.pupils,
        devices=figures.devices,
        dated_devices=figures.dated_devices,
        aged_devices=figures.aged_devices,
        open_tickets=figures.open_tickets,
        opened_in_year=figures.opened_in_year,
        resolved_in_year=figures.resolved_in_year,
        **{name: shown(value) for name, value in values.items()},
        quartiles={
            name: quantiles.quarter(value, peers[name])
            for name, value in values.items()
        },
        percentiles=percentiles_of,
    )


def measured(of_peers: Summaries) -> list[MeasureSummary]:
    """Say what each measure is, and how it is distributed."""
    return [_measured(measure, of_peers[measure.measure]) for measure in MEASURES]


def ordered(schools: Iterable[Figures], sort: Sort) -> list[Figures]:
    """Order schools by a column; those without the figure come last either way."""
    by_name = sorted(schools, key=lambda s: (s.name.casefold(), s.school_urn))
    descends = sort.startswith("-")
    column = sort.removeprefix("-")
    if column == "name":
        return by_name[::-1] if descends else by_name
    known = [(v, s) for s in by_name if (v := _column(s, column)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descends)
    unknown = [s for s in by_name if _column(s, column) is None]
    return [s for _, s in known] + unknown


def _column(school: Figures, column: str) -> float | None:
    match column:
        case "pupils":
            return school.pupils
        case "devices":
            return school.devices
        case _:
            return next(m for m in MEASURES if m.measure == column).of(school)


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
