"""With whom a school is compared, and what of their spread everyone may know.

A school's peers are the schools of its phase where these are enough, else every school
of its LA. What is told of some must not let anybody work out a few of the others: the
phases that are not told on their own make several phases with five schools or more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from strategy.benchmarks.model import quantiles, totals
from strategy.benchmarks.model.measures import MEASURES, Figures, MeasureName
from strategy.benchmarks.model.quantiles import MINIMUM_SET, Summary

EVERYONE = totals.ALL_PHASES
MOST_STEPS = 8
MINIMUM_IN_STEP = totals.MINIMUM_SCHOOLS
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many schools lie in each step; step i is from bounds[i] to bounds[i + 1].

    A figure on a bound lies in the step above it, but for the last, which has both.
    """

    bounds: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a measure over some peers, whoever asks."""

    measure: MeasureName
    peers: str
    summary: Summary
    spread: Spread | None


def told(schools: Sequence[Figures]) -> list[Told]:
    """Say of each measure what may be told of an LA's schools, and of its phases."""
    return [each for measure in MEASURES for each in _told(measure.measure, schools)]


def _told(measure: MeasureName, schools: Sequence[Figures]) -> Iterable[Told]:
    of = next(each.of for each in MEASURES if each.measure == measure)
    by_phase: defaultdict[str, list[float]] = defaultdict(list)
    for school in schools:
        value = of(school)
        if value is not None:
            by_phase[school.phase].append(value)
    sizes = {phase: len(values) for phase, values in by_phase.items()}
    phases = totals.told_phases(sizes, MINIMUM_SET)
    everyone = [value for values in by_phase.values() for value in values]
    # Beside the steps of the phases, those of all would count the rest's.
    yield _of(measure, EVERYONE, everyone, spread=not phases)
    for phase in sorted(phases):
        yield _of(measure, phase, by_phase[phase], spread=True)


def _of(
    measure: MeasureName, peers: str, values: Sequence[float], *, spread: bool
) -> Told:
    summary = quantiles.for_everyone(quantiles.summarise(values))
    known = spread and summary.median is not None
    return Told(measure, peers, summary, steps(values) if known else None)


def steps(values: Sequence[float]) -> Spread | None:
    """Count values in a few even steps, and join those that hold too few.

    None where there would be one step: it says nothing.
    """
    if len(values) < 2 * MINIMUM_IN_STEP:
        return None
    width = _nice((max(values) - min(values)) / MOST_STEPS)
    first = int(min(values) // width)
    counts = [0] * (int(max(values) // width) - first + 1)
    for value in values:
        counts[int(value // width) - first] += 1
    bounds = [(first + i) * width for i in range(len(counts) + 1)]
    return _joined(bounds, counts)


def _joined(bounds: list[float], counts: list[int]) -> Spread | None:
    """Join each step that holds too few with the next, and the last with the former."""
    kept_bounds, kept_counts, waiting = [bounds[0]], list[int](), 0
    for upper, count in zip(bounds[1:], counts, strict=True):
        waiting += count
        if waiting >= MINIMUM_IN_STEP:
            kept_bounds.append(upper)
            kept_counts.append(waiting)
            waiting = 0
    if not kept_counts:
        return None
    kept_counts[-1] += waiting
    kept_bounds[-1] = bounds[-1]
    rounded = tuple(float(f"{bound:.10g}") for bound in kept_bounds)
    return Spread(rounded, tuple(kept_counts)) if len(kept_counts) > 1 else None


def _nice(width: float) -> float:
    """Round a step's width up to 1, 2, 2.5 or 5 times a power of ten."""
    if width <= 0:
        return 1.0
    power = 1.0
    while power > width:
        power /= 10
    while power * 10 <= width:
        power *= 10
    return next(power * nice for nice in _NICE if power * nice >= width * (1 - 1e-9))


def peers_of(phase: str, kept: Mapping[str, object]) -> str:
    """Choose the peers of a school: its phase where that is told, else everyone."""
    return phase if phase in kept else EVERYONE
