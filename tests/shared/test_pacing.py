"""Who works off a stream rests in proportion to the work, and never for long."""

import pytest

from chassis import pacing


@pytest.mark.parametrize(
    ("worked", "rests"),
    [(0, 0.02), (0.005, 0.02), (0.01, 0.03), (0.016, 0.048), (0.1, 0.05), (5, 0.05)],
)
def test_it_rests_three_times_as_long_within_bounds(
    worked: float, rests: float
) -> None:
    assert pacing.rest(worked) == pytest.approx(rests)
