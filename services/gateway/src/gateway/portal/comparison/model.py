"""How a comparison is worded, filtered, ordered and drawn; no I/O."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gateway.portal.templates import formats

NAMES = {
    "pupils_per_device": "Pupils per device",
    "devices_past_five_years": "Devices over five years old",
    "open_tickets_per_100_devices": "Open tickets per 100 devices",
    "tickets_a_year_per_100_devices": "Tickets a year per 100 devices",
    "days_to_resolve": "Days to resolve a ticket",
}
MEANINGS = {
    "pupils_per_device": (
        "How many pupils share one working device. "
        "Fewer pupils to a device means more kit to learn with."
    ),
    "devices_past_five_years": (
        "What part of the devices was bought more than five years ago. "
        "Old kit fails more, and its software loses support."
    ),
    "open_tickets_per_100_devices": (
        "How many tickets are open now for every 100 devices. "
        "Many may mean tired kit, or a school that reports well."
    ),
    "tickets_a_year_per_100_devices": (
        "How many tickets came in this month and the eleven before it, for every 100"
        " devices. Many may mean tired kit; very few, that nobody reports."
    ),
    "days_to_resolve": (
        "How many days a ticket took from opening to resolving, on average, nights,"
        " weekends and holidays counted."
    ),
}
SUFFIXES = {"devices_past_five_years": "%"}
NO_FIGURES = {
    "devices_past_five_years": "No purchase of a device is dated",
    "days_to_resolve": "Nothing resolved in a year",
}
QUARTERS = {
    1: "Lowest quarter",
    2: "Below the middle",
    3: "Above the middle",
    4: "Highest quarter",
}
PHASES = {
    "nursery": "Nursery",
    "primary": "Primary",
    "middle-deemed-primary": "Middle (deemed primary)",
    "middle-deemed-secondary": "Middle (deemed secondary)",
    "secondary": "Secondary",
    "all-through": "All-through",
    "16-plus": "16 plus",
    "special": "Special",
    "pru": "Pupil referral unit",
    "ap": "Alternative provision",
}
SIZES = {
    "to-100": "Up to 100 pupils",
    "101-to-200": "101 to 200 pupils",
    "201-to-400": "201 to 400 pupils",
    "401-to-1000": "401 to 1,000 pupils",
    "over-1000": "Over 1,000 pupils",
}
COLUMNS = ("name", "pupils", "devices")
HIGHEST = 4
WIDTH, EDGE = 400, 24


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure over some schools."""

    measure: str
    unit: str = ""
    direction: str = ""
    formula: str = ""
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """One school's figures."""

    school_urn: int
    name: str
    phase: str
    district: str | None = None
    pupils: int | None = None
    devices: int = 0
    dated_devices: int = 0
    aged_devices: int = 0
    open_tickets: int = 0
    opened_in_year: int = 0
    resolved_in_year: int = 0
    pupils_per_device: float | None = None
    devices_past_five_years: float | None = None
    open_tickets_per_100_devices: float | None = None
    tickets_a_year_per_100_devices: float | None = None
    days_to_resolve: float | None = None
    quartiles: Mapping[str, int | None] = field(default_factory=dict[str, int | None])
    percentiles: Mapping[str, float | None] | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """With whom a school is compared, and how many of these lie in each step."""

    measure: str
    peers: str
    bounds: Sequence[float] | None = None
    counts: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class DevicesOfYear:
    """How many devices of a category were bought in a year; None where unknown."""

    category: str
    bought_in: int | None
    devices: int


@dataclass(frozen=True, slots=True)
class TicketMonth:
    """What came to a school's desk in a month, and what was settled in it."""

    in_month: date
    opened: int
    resolved: int


@dataclass(frozen=True, slots=True)
class OpenTickets:
    priority: int
    tickets: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the marks of a small picture of a distribution stand, in its own units."""

    lower: float
    median: float
    upper: float
    own: float | None
    low_end: float
    high_end: float


def name_of(measure: str) -> str:
    """Name a measure; one that is not known here yet by its own words."""
    return NAMES.get(measure) or measure.replace("_", " ").capitalize()


def figure(school: SchoolFigures, measure: str) -> float | None:
    found: float | None = getattr(school, measure, None)
    return found


def shown(measure: str, value: float | None) -> str:
    """Write a figure as its measure is written: 12.5, 40.0%."""
    if value is None:
        return formats.ABSENT
    return formats.number(value, 1) + SUFFIXES.get(measure, "")


def no_figure(measure: str) -> str:
    """Say why a school has no figure of a measure."""
    return NO_FIGURES.get(measure, "No devices yet")


def _pupils_per_device(school: SchoolFigures) -> str:
    pupils, devices = formats.count(school.pupils or 0, "pupil"), school.devices
    return f"{pupils} shared by {formats.count(devices, 'device')}"


def _past_five_years(school: SchoolFigures) -> str:
    dated = formats.count(school.dated_devices, "device")
    return f"{formats.number(school.aged_devices)} of {dated} whose purchase is dated"


def _open_tickets(school: SchoolFigures) -> str:
    devices = formats.count(school.devices, "device")
    return f"{formats.count(school.open_tickets, 'open ticket')}, {devices}"


def _tickets_a_year(school: SchoolFigures) -> str:
    devices = formats.count(school.devices, "device")
    return f"{formats.count(school.opened_in_year, 'ticket')} in a year, {devices}"


def _days(school: SchoolFigures) -> str:
    resolved = formats.count(school.resolved_in_year, "ticket")
    return f"on average over {resolved} resolved in a year"


WORKINGS: Mapping[str, Callable[[SchoolFigures], str]] = {
    "pupils_per_device": _pupils_per_device,
    "devices_past_five_years": _past_five_years,
    "open_tickets_per_100_devices": _open_tickets,
    "tickets_a_year_per_100_devices": _tickets_a_year,
    "days_to_resolve": _days,
}


def working(measure: str, school: SchoolFigures) -> str:
    """Say the numbers that a school's figure comes from."""
    say = WORKINGS.get(measure)
    return say(school) if say and figure(school, measure) is not None else ""


def chosen_measure(measures: Sequence[Measure], asked: str) -> Measure:
    """Find the measure that is asked for, else the first."""
    return next((m for m in measures if m.measure == asked), measures[0])


def tone(direction: str, quarter: int | None) -> str:
    """Say whether a quarter is a good, a bad or a plain place to be."""
    ends = {"low": (1, 4), "high": (4, 1)}
    if quarter is None or direction not in ends:
        return "bad" if direction == "both" and quarter in {1, 4} else "plain"
    best, worst = ends[direction]
    return {best: "good", worst: "bad"}.get(quarter, "plain")


def known(names: Mapping[str, str], present: Iterable[str]) -> dict[str, str]:
    """Keep of all names those that are there, in the names' own order."""
    there = set(present)
    return {code: name for code, name in names.items() if code in there}


def sort_of(asked: str, measure: str) -> str:
    """Take the order that is asked for where the table has such a column."""
    return asked if asked.removeprefix("-") in {*COLUMNS, measure} else "name"


def orders(measure: str) -> dict[str, str]:
    """Say every order of the table in words."""
    numbers = {"pupils": "Pupils", "devices": "Devices", measure: name_of(measure)}
    said = {"name": "School, A to Z", "-name": "School, Z to A"}
    for key, name in numbers.items():
        said |= {key: f"{name}, lowest first", f"-{key}": f"{name}, highest first"}
    return said


def matching(schools: Iterable[SchoolFigures], q: str) -> list[SchoolFigures]:
    """Keep the schools whose name holds every word, or whose URN starts so."""
    words = q.casefold().split()
    return [
        school
        for school in schools
        if all(
            word in school.name.casefold() or str(school.school_urn).startswith(word)
            for word in words
        )
    ]


def ordered(schools: Sequence[SchoolFigures], sort: str) -> list[SchoolFigures]:
    """Order by a column, "-" for descending; a school without the figure comes last."""
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(schools, key=lambda school: school.name.casefold())
    if key == "name":
        return by_name[::-1] if falling else by_name
    figures = [(f, s) for s in by_name if (f := figure(s, key)) is not None]
    rest = [school for school in by_name if figure(school, key) is None]
    figures.sort(key=lambda pair: -pair[0] if falling else pair[0])
    return [*(school for _, school in figures), *rest]


def strip(measure: Measure, own: float | None) -> Strip | None:
    """Place the quartiles, the median and one's own value on a line."""
    marks = (measure.lower_quartile, measure.median, measure.upper_quartile)
    if None in marks:
        return None
    lower, median, upper = (float(mark or 0) for mark in marks)
    values = [lower, upper, *([own] if own is not None else [])]
    low, high = max(0.0, min(values) * 0.7), max(values) * 1.15 or 1.0
    scale = (WIDTH - 2 * EDGE) / (high - low or 1.0)

    def at(mark: float) -> float:
        return round(EDGE + (mark - low) * scale, 1)

    mine = at(own) if own is not None else None
    return Strip(at(lower), at(median), at(upper), mine, low, high)


def wanting(schools: Sequence[SchoolFigures], size: int = 5) -> list[SchoolFigures]:
    """List the schools to look at first: in the most highest quarters, worst first."""
    found = [s for s in schools if HIGHEST in s.quartiles.values()]
    return sorted(
        found,
        key=lambda s: (
            -sum(q == HIGHEST for q in s.quartiles.values()),
            -(s.pupils_per_device or 0),
            s.name,
        ),
    )[:size]


def queue(schools: Sequence[SchoolFigures], size: int = 8) -> list[SchoolFigures]:
    """List the schools with the most open tickets, the longest queue first."""
    waiting = [school for school in schools if school.open_tickets]
    return sorted(waiting, key=lambda s: (-s.open_tickets, s.name))[:size]
