"""The benchmarks as strategy answers them, and the filters of the comparison."""

from datetime import datetime

from gateway.portal.comparison.model import Measure, SchoolFigures
from gateway.portal.visit.schemas import Answer, FormBody


class AuthorityBenchmarks(Answer):
    """Every school of an LA beside the others."""

    la_code: str
    as_of: datetime | None = None
    measures: list[Measure]
    schools: list[SchoolFigures]


class SchoolBenchmarks(Answer):
    """One school beside the distribution of its LA, which names no other."""

    as_of: datetime | None = None
    school: SchoolFigures
    measures: list[Measure]


class Group(Answer):
    """Sums over the schools of a phase, or of all of an LA."""

    phase: str
    withheld: bool
    schools: int | None = None
    pupils: int | None = None
    devices: int | None = None
    open_tickets: int | None = None
    pupils_per_device: float | None = None
    open_tickets_per_100_devices: float | None = None


class AuthorityTotals(Answer):
    """An LA's sums."""

    la_code: str
    la_name: str | None = None
    as_of: datetime | None = None
    total: Group | None = None
    phases: list[Group]


class RegionTotals(Answer):
    """The LAs of a region, in sums that tell no school's own figures."""

    minimum_schools: int
    authorities: list[AuthorityTotals]


class ComparisonQuery(FormBody):
    """Which schools the table shows, and in what order."""

    phase: str = ""
    measure: str = ""
    sort: str = "name"
