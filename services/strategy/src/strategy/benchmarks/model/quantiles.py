"""Median and quartiles of a set of figures, and the quarter that a figure falls in.

Quantiles are those of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
American Statistician 50 (1996), definition 7: the value at position (n - 1) * p of the
ordered figures, counted from 0, on a straight line between neighbours. PostgreSQL's
`percentile_cont` and spreadsheets' QUARTILE.INC give the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM_SET = 10
"""Under so many schools there are too few peers to speak of quarters."""

_QUARTER, _HALF, _THREE_QUARTERS = 0.25, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Summary:
    """The distribution of a measure over `n` schools that have the figure."""

    n: int
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None


def quantile(ordered: Sequence[float], p: float) -> float:
    """Read the p-quantile (definition 7) off figures in ascending order.

    Raises:
        IndexError: there are no figures.
    """
    position = (len(ordered) - 1) * p
    below = int(position)
    lower = ordered[below]
    if position == below:
        return lower
    return lower + (ordered[below + 1] - lower) * (position - below)


def summarise(values: Sequence[float]) -> Summary:
    """Describe figures; without quartiles where there are too few peers."""
    if not values:
        return Summary(0)
    ordered = sorted(values)
    n, median = len(ordered), quantile(ordered, _HALF)
    if n < MINIMUM_SET:
        return Summary(n, median)
    lower, upper = quantile(ordered, _QUARTER), quantile(ordered, _THREE_QUARTERS)
    return Summary(n, median, lower, upper)


def for_everyone(summary: Summary) -> Summary:
    """Leave what every school of the LA may know, whatever its own figure is.

    Of a few schools even the median tells a school that knows its own figure too much.
    """
    return summary if summary.n >= MINIMUM_SET else Summary(summary.n)


def percentile(value: float | None, ordered: Sequence[float]) -> float | None:
    """Say how many of a hundred peers lie below a figure; of its equals, half.

    None where there is no figure, or there are too few peers.
    """
    if value is None or len(ordered) < MINIMUM_SET:
        return None
    below, up_to = bisect_left(ordered, value), bisect_right(ordered, value)
    return 100 * (below + up_to) / 2 / len(ordered)


def shown(value: float | None) -> float | None:
    """Round a figure as it is told: to two decimals."""
    return None if value is None else round(value, 2)


def quarter(value: float | None, summary: Summary) -> int | None:
    """Say in which quarter a figure falls, 1 (lowest) to 4, by the summary's bounds.

    A figure on a bound belongs to the quarter below it. None where there is no figure,
    there are too few peers, or the figure is the one that half of them share.
    """
    lower, median, upper = (
        summary.lower_quartile,
        summary.median,
        summary.upper_quartile,
    )
    if value is None or lower is None or median is None or upper is None:
        return None
    if lower == value == upper:
        return None
    return 1 + (value > lower) + (value > median) + (value > upper)
