"""How a comparison is worded, ordered and drawn; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NAMES = {
    "pupils_per_device": "Pupils per device",
    "open_tickets_per_100_devices": "Open tickets per 100 devices",
}
MEANINGS = {
    "pupils_per_device": (
        "How many pupils share one working device. "
        "Fewer pupils to a device means more kit to learn with."
    ),
    "open_tickets_per_100_devices": (
        "How many tickets are open now for every 100 devices. "
        "Many may mean tired kit, or a school that reports well."
    ),
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
}
SORTS = {
    "name": "School",
    "pupils": "Pupils",
    "devices": "Devices",
    "pupils_per_device": "Pupils per device",
    "open_tickets_per_100_devices": "Open tickets per 100 devices",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure over the schools of an LA."""

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
    pupils: int | None = None
    devices: int = 0
    open_tickets: int = 0
    pupils_per_device: float | None = None
    open_tickets_per_100_devices: float | None = None
    quartiles: Mapping[str, int | None] = field(default_factory=dict[str, int | None])


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the marks of a small picture of a distribution stand, in its own units."""

    lower: float
    median: float
    upper: float
    own: float | None
    low_end: float
    high_end: float


ORDERS = {
    "name": "Name",
    "-pupils": "Most pupils",
    "-devices": "Most devices",
    "-pupils_per_device": "Most pupils per device",
    "pupils_per_device": "Fewest pupils per device",
    "-open_tickets_per_100_devices": "Most open tickets per 100 devices",
    "open_tickets_per_100_devices": "Fewest open tickets per 100 devices",
}
HIGHEST = 4
WIDTH, EDGE = 400, 24


def name_of(measure: str) -> str:
    """Name a measure; one that is not known here yet by its own words."""
    return NAMES.get(measure) or measure.replace("_", " ").capitalize()


def figure(school: SchoolFigures, measure: str) -> float | None:
    found: float | None = getattr(school, measure, None)
    return found


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


def phases_of(schools: Sequence[SchoolFigures]) -> dict[str, str]:
    """List the phases that are there, in the order of a school life."""
    present = {school.phase for school in schools}
    return {code: name for code, name in PHASES.items() if code in present}


def ordered(schools: Sequence[SchoolFigures], sort: str) -> list[SchoolFigures]:
    """Order by a column, "-" for descending; a school without the figure comes last."""
    key, falling = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(schools, key=lambda school: school.name.casefold())
    if key == "name":
        return by_name[::-1] if falling else by_name
    figures: list[tuple[float, SchoolFigures]] = [
        (figure, school)
        for school in by_name
        if (figure := getattr(school, key)) is not None
    ]
    rest = [school for school in by_name if getattr(school, key) is None]
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
