"""What of a comparison is drawn, each with words for who cannot see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gateway.portal.charts.model import Bar, Bars, Columns, Part, Rule
from gateway.portal.comparison import model
from gateway.portal.comparison.model import (
    DevicesOfYear,
    Measure,
    SchoolFigures,
    Spread,
    TicketMonth,
)
from gateway.portal.templates import formats

_MONTHS = 12
_UNDATED = "Unknown"
CATEGORIES = {"laptop": "Laptops", "desktop": "Desktops", "tablet": "Tablets"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a spread, in words."""

    text: str
    schools: int
    own: bool


def bars(measure: Measure, schools: Sequence[SchoolFigures]) -> Bars | None:
    """Draw a measure of the schools that have it, lowest first; None without any."""
    found = [
        (figure, school)
        for school in model.ordered(schools, measure.measure)
        if (figure := model.figure(school, measure.measure)) is not None
    ]
    if not found:
        return None
    name = model.name_of(measure.measure)
    return Bars(
        title=name,
        text=_words(measure, found),
        thing_title=f"{formats.count(len(found), 'school')}, lowest to highest",
        value_title=f"{name}, in %" if measure.measure in model.SUFFIXES else name,
        bars=[Bar(school.name, figure) for figure, school in found],
        rules=_rules(measure),
        band=_band(measure),
    )


def _rules(measure: Measure) -> list[Rule]:
    rules: list[Rule] = []
    if measure.median is not None:
        middle = model.shown(measure.measure, measure.median)
        rules.append(Rule(measure.median, f"Line: median {middle}"))
    band = _band(measure)
    if band is not None:
        low, high = (model.shown(measure.measure, end) for end in band)
        rules += [
            Rule(band[0], f"dashed: lower quartile {low}", dashed=True),
            Rule(band[1], f"upper quartile {high}", dashed=True),
        ]
    return rules


def _band(measure: Measure) -> tuple[float, float] | None:
    lower, upper = measure.lower_quartile, measure.upper_quartile
    return None if lower is None or upper is None else (lower, upper)


def _words(measure: Measure, found: Sequence[tuple[float, SchoolFigures]]) -> str:
    """Say what the drawing shows: the ends, the middle, and where half of them lie."""
    (low, lowest), (high, highest) = found[0], found[-1]
    ends = [model.shown(measure.measure, end) for end in (low, high)]
    said = (
        f"Bar chart of {model.name_of(measure.measure).lower()} in"
        f" {formats.count(len(found), 'school')}, from {ends[0]}"
        f" ({lowest.name}) to {ends[1]} ({highest.name})."
    )
    if measure.median is not None:
        said += f" The median is {model.shown(measure.measure, measure.median)}."
    band = _band(measure)
    if band is not None:
        lower, upper = (model.shown(measure.measure, end) for end in band)
        said += f" Half lie between {lower} and {upper}."
    return f"{said} The table has every figure."


def steps(spread: Spread | None, own: float | None) -> list[Step]:
    """Word the steps of a spread, and mark one's own; none where none are told."""
    if spread is None or spread.bounds is None or spread.counts is None:
        return []
    ends = list(zip(spread.bounds[:-1], spread.bounds[1:], strict=True))
    at = next((i for i, (_, up) in enumerate(ends) if own is not None and own < up), -1)
    if own is not None and at < 0:
        at = len(ends) - 1
    return [
        Step(_between(spread.measure, low, high), count, i == at)
        for i, ((low, high), count) in enumerate(zip(ends, spread.counts, strict=True))
    ]


def _between(measure: str, low: float, high: float) -> str:
    suffix = model.SUFFIXES.get(measure, "")
    return f"{low:g} to {high:g}{suffix}"


def spread(measure: Measure, found: Sequence[Step]) -> Columns | None:
    """Draw how many schools lie in each step, one's own step marked."""
    if not found:
        return None
    name = model.name_of(measure.measure)
    own = next((step.text for step in found if step.own), "")
    said = "; ".join(
        f"{step.text}: {formats.count(step.schools, 'school')}" for step in found
    )
    return Columns(
        title=f"How schools are spread: {name.lower()}",
        text=f"Column chart. {said}. This school lies in {own}." if own else said,
        column_title=f"{name} (the dark column has this school)" if own else name,
        value_title="Schools",
        parts=[Part(step.text, "Schools", step.schools) for step in found],
        series=["Schools"],
        strong=own,
    )


def ages(devices: Sequence[DevicesOfYear]) -> Columns | None:
    """Draw a school's devices by year of purchase and category."""
    if not devices:
        return None
    years = sorted({d.bought_in for d in devices if d.bought_in is not None})
    names = [str(year) for year in range(years[0], years[-1] + 1)] if years else []
    if any(d.bought_in is None for d in devices):
        names.insert(0, _UNDATED)
    held = Counter[tuple[str, str]]()
    for each in devices:
        held[_year(each), category(each.category)] += each.devices
    series = [c for c in CATEGORIES.values() if any(held[y, c] for y in names)]
    total = sum(d.devices for d in devices)
    by_year = ", ".join(
        f"{year}: {sum(held[year, c] for c in series)}" for year in names
    )
    return Columns(
        title="Devices by year of purchase",
        text=f"Column chart of {formats.count(total, 'device')} by year: {by_year}.",
        column_title="Year of purchase",
        value_title="Devices",
        parts=[Part(y, c, held[y, c]) for y in names for c in series],
        series=series,
    )


def category(code: str) -> str:
    return CATEGORIES.get(code, formats.words(code))


def _year(each: DevicesOfYear) -> str:
    return _UNDATED if each.bought_in is None else str(each.bought_in)


def months(known: Iterable[TicketMonth], today: date) -> list[TicketMonth]:
    """List this month and the eleven before it, those without a ticket too."""
    by_month = {each.in_month: each for each in known}
    number = today.year * _MONTHS + today.month - 1
    firsts = [
        date(at // _MONTHS, at % _MONTHS + 1, 1)
        for at in range(number - _MONTHS + 1, number + 1)
    ]
    return [by_month.get(first, TicketMonth(first, 0, 0)) for first in firsts]


def tickets(year: Sequence[TicketMonth]) -> Columns | None:
    """Draw what came to the desk and what was settled, month by month."""
    opened, resolved = sum(m.opened for m in year), sum(m.resolved for m in year)
    if not opened + resolved:
        return None
    return Columns(
        title="Tickets opened and resolved by month",
        text=f"Column chart of twelve months: {opened} opened, {resolved} resolved.",
        column_title="Month",
        value_title="Tickets",
        parts=[
            Part(f"{month.in_month:%b %y}", series, value)
            for month in year
            for series, value in (
                ("Opened", month.opened),
                ("Resolved", month.resolved),
            )
        ],
        series=["Opened", "Resolved"],
        stacked=False,
    )
