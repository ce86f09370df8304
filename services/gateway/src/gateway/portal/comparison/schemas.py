"""The benchmarks as strategy answers them, and the filters of the comparison."""

from datetime import datetime

from gateway.portal.comparison.model import (
    DevicesOfYear,
    Measure,
    OpenTickets,
    SchoolFigures,
    Spread,
    TicketMonth,
)
from gateway.portal.visit.schemas import Answer, FormBody


class Choices(Answer):
    """By what the schools of an LA can be narrowed down."""

    phases: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


class AuthorityBenchmarks(Answer):
    """Schools of an LA beside each other: those that the filters take."""

    la_code: str
    as_of: datetime | None = None
    measures: list[Measure]
    choices: Choices = Choices()
    schools: list[SchoolFigures]


class SchoolBenchmarks(Answer):
    """One school beside the distribution of its peers, which names no other."""

    as_of: datetime | None = None
    school: SchoolFigures
    measures: list[Measure]
    spreads: tuple[Spread, ...] = ()


class SchoolFacts(Answer):
    """What a school's figures are made of."""

    devices: list[DevicesOfYear]
    months: list[TicketMonth]
    open_tickets: list[OpenTickets]


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
    """What is compared, of which schools, which of them are shown, in what order."""

    measure: str = ""
    phase: str = ""
    size: str = ""
    district: str = ""
    q: str = ""
    sort: str = "name"

    def filters(self) -> dict[str, str]:
        """What narrows the set that is compared."""
        asked = {"phase": self.phase, "size": self.size, "district": self.district}
        return {name: value for name, value in asked.items() if value}


class SpreadQuery(FormBody):
    """The measure of which a school's page shows the spread."""

    measure: str = ""
