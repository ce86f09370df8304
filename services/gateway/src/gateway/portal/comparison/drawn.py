"""What of a comparison is drawn: the bars of an LA, with words for who cannot see."""

from collections.abc import Sequence

from gateway.portal.charts.model import Bar, Bars, Rule
from gateway.portal.comparison import model
from gateway.portal.comparison.model import Measure, SchoolFigures
from gateway.portal.templates import formats


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
        value_title=name,
        bars=[Bar(school.name, figure) for figure, school in found],
        rules=_rules(measure),
        band=_band(measure),
    )


def _rules(measure: Measure) -> list[Rule]:
    lower, median, upper = (
        measure.lower_quartile,
        measure.median,
        measure.upper_quartile,
    )
    rules: list[Rule] = []
    if median is not None:
        rules.append(Rule(median, f"Line: median {formats.number(median, 1)}"))
    if lower is not None and upper is not None:
        low, high = formats.number(lower, 1), formats.number(upper, 1)
        rules += [
            Rule(lower, f"dashed: lower quartile {low}", dashed=True),
            Rule(upper, f"upper quartile {high}", dashed=True),
        ]
    return rules


def _band(measure: Measure) -> tuple[float, float] | None:
    lower, upper = measure.lower_quartile, measure.upper_quartile
    return None if lower is None or upper is None else (lower, upper)


def _words(measure: Measure, found: Sequence[tuple[float, SchoolFigures]]) -> str:
    """Say what the drawing shows: the ends, the middle, and where half of them lie."""
    (low, lowest), (high, highest) = found[0], found[-1]
    said = (
        f"Bar chart of {model.name_of(measure.measure).lower()} in"
        f" {formats.count(len(found), 'school')}, from {formats.number(low, 1)}"
        f" ({lowest.name}) to {formats.number(high, 1)} ({highest.name})."
    )
    if measure.median is not None:
        said += f" The median is {formats.number(measure.median, 1)}."
    band = _band(measure)
    if band is not None:
        low_end, high_end = (formats.number(end, 1) for end in band)
        said += f" Half lie between {low_end} and {high_end}."
    return f"{said} The table has every figure."
