"""Median, quartiles and quarters against slower and independent ways to have them.

Definition 7 of Hyndman and Fan (1996), which PostgreSQL's percentile_cont also is.
"""

import math
from fractions import Fraction

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.testing.databases import ServiceDatabase
from strategy.benchmarks.model import quantiles
from strategy.benchmarks.model.quantiles import MINIMUM_SET, Summary

FIGURES = st.lists(
    st.floats(0, 1e6, allow_nan=False, allow_subnormal=False), min_size=1, max_size=60
)
SPREAD = st.lists(st.integers(0, 40).map(float), min_size=MINIMUM_SET, max_size=60)


def slowly(values: list[float], p: Fraction) -> Fraction:
    """Walk the straight lines between neighbours in exact numbers."""
    ordered = sorted(Fraction(value) for value in values)
    for below in range(len(ordered) - 1):
        start, end = (Fraction(i, len(ordered) - 1) for i in (below, below + 1))
        if start <= p <= end:
            part = (p - start) / (end - start)
            return ordered[below] * (1 - part) + ordered[below + 1] * part
    return ordered[0]


@given(FIGURES)
def test_quantiles_equal_exact_arithmetic(values: list[float]) -> None:
    for p in (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)):
        fast = quantiles.quantile(sorted(values), float(p))
        assert fast == pytest.approx(float(slowly(values, p)), rel=1e-12, abs=1e-9)


@given(FIGURES)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_quantiles_equal_percentile_cont(
    strategy_database: ServiceDatabase, values: list[float]
) -> None:
    asked = (
        "SELECT percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY v)"
        " FROM unnest(%s::float8[]) AS v"
    )
    with psycopg.connect(strategy_database.admin) as admin:
        row = admin.execute(asked, [values]).fetchone()
    assert row is not None
    ours = [quantiles.quantile(sorted(values), p) for p in (0.25, 0.5, 0.75)]
    assert ours == pytest.approx(row[0], rel=1e-12, abs=1e-9)


@given(FIGURES)
def test_a_summary_is_in_order_and_within_the_figures(values: list[float]) -> None:
    found = quantiles.summarise(values)

    assert found.n == len(values)
    assert found.median is not None
    if found.n < MINIMUM_SET:
        assert found.lower_quartile is None
        return
    assert found.lower_quartile is not None
    assert found.upper_quartile is not None
    marks = [min(values), found.lower_quartile, found.median, found.upper_quartile]
    assert [*marks, max(values)] == sorted([*marks, max(values)])


@given(SPREAD)
def test_a_quarter_counts_the_bounds_below_a_figure(values: list[float]) -> None:
    found = quantiles.summarise(values)
    quarters = [quantiles.quarter(value, found) for value in sorted(values)]

    known = [quarter for quarter in quarters if quarter is not None]
    assert known == sorted(known)
    assert set(known) <= {1, 2, 3, 4}
    assert known.count(4) <= math.ceil(len(values) / 4)
    if found.lower_quartile == found.upper_quartile:
        assert quarters.count(None) >= len(values) / 2
    else:
        assert len(known) == len(values)
        assert known.count(1) >= len(values) / 4


@pytest.mark.parametrize(
    ("summary", "value"),
    [
        (Summary(0), 1.0),
        (Summary(MINIMUM_SET - 1, 2.0), 1.0),
        (Summary(MINIMUM_SET, 2.0, 1.0, 3.0), None),
        (Summary(MINIMUM_SET, 2.0, 2.0, 2.0), 2.0),
    ],
    ids=["nobody", "too few peers", "no figure", "all alike"],
)
def test_no_quarter_is_told_where_none_means_anything(
    summary: Summary, value: float | None
) -> None:
    assert quantiles.quarter(value, summary) is None
