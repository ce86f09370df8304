"""What is measured of a school: each measure with its unit, good end and formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from strategy.desk import model as desk
from strategy.estate import model as estate

MeasureName = Literal[
    "pupils_per_device",
    "devices_past_five_years",
    "open_tickets_per_100_devices",
    "tickets_a_year_per_100_devices",
    "days_to_resolve",
]
Direction = Literal["low", "high", "both"]
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of an open school, and when its LA's newest fact happened.

    `dated_devices` are those whose month of purchase is known, `aged_devices` those of
    them bought more than five years ago. What is of a year is of this month and the
    eleven before it.
    """

    la_code: str
    la_name: str
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
    resolving_seconds: int
    as_of: datetime | None


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


def devices_past_five_years(figures: Figures) -> float | None:
    """Return None where no device's purchase is dated."""
    return _per_100(figures.aged_devices, figures.dated_devices)


def open_tickets_per_100_devices(figures: Figures) -> float | None:
    """Return None without devices."""
    return _per_100(figures.open_tickets, figures.devices)


def tickets_a_year_per_100_devices(figures: Figures) -> float | None:
    """Return None without devices."""
    return _per_100(figures.opened_in_year, figures.devices)


def days_to_resolve(figures: Figures) -> float | None:
    """Return None where nothing was resolved."""
    if figures.resolved_in_year <= 0:
        return None
    return figures.resolving_seconds / figures.resolved_in_year / _SECONDS_A_DAY


def _per_100(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole > 0 else None


_DEVICES = f"devices are {estate.DEVICES}"
_IN_A_YEAR = "this month and the eleven months before it"

MEASURES = (
    Measure(
        "pupils_per_device",
        "pupils per device",
        "low",
        f"pupils / devices; {_DEVICES}",
        pupils_per_device,
    ),
    Measure(
        "devices_past_five_years",
        "% of devices",
        "low",
        "100 * devices bought more than five years ago, by month / devices whose"
        f" purchase is dated; {_DEVICES}",
        devices_past_five_years,
    ),
    Measure(
        "open_tickets_per_100_devices",
        "open tickets per 100 devices",
        "low",
        f"100 * open tickets / devices; open tickets are {desk.OPEN_TICKETS};"
        f" {_DEVICES}",
        open_tickets_per_100_devices,
    ),
    Measure(
        "tickets_a_year_per_100_devices",
        "tickets per 100 devices",
        "both",
        f"100 * tickets opened in {_IN_A_YEAR} / devices; {_DEVICES}",
        tickets_a_year_per_100_devices,
    ),
    Measure(
        "days_to_resolve",
        "days",
        "low",
        "days from opened to resolved, on the clock, on average over the tickets"
        f" resolved in {_IN_A_YEAR}",
        days_to_resolve,
    ),
)
