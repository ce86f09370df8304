"""Two results side by side: only what their rounds do not explain is a verdict."""

from typing import Any

import pytest

from tests.bench import comparing, figures


def figure(unit: str, *rounds: float, name: str = "page") -> dict[str, Any]:
    told = list(rounds) if len(rounds) > 1 else []
    middle = sorted(rounds)[len(rounds) // 2]
    return {"name": name, "value": middle, "unit": unit, "rounds": told, "limit": ""}


def run(*found: dict[str, Any]) -> dict[str, Any]:
    return {
        "measured_at": "2026-11-25T02:00:00+00:00",
        "revision": "0a1b2c3d",
        "machine": "2 cores",
        "load": [1.0, 2.0],
        "figures": list(found),
    }


@pytest.mark.parametrize(
    ("unit", "older", "newer", "said"),
    [
        ("ms", (10, 11, 12), (13, 14, 15), comparing.WORSE),
        ("ms", (13, 14, 15), (10, 11, 12), comparing.BETTER),
        ("requests/s", (100, 110, 120), (80, 85, 90), comparing.WORSE),
        ("requests/s", (80, 85, 90), (100, 110, 120), comparing.BETTER),
        (figures.OF_LIMIT, (0.5, 0.6, 0.7), (0.3, 0.35, 0.4), comparing.WORSE),
        ("ms", (10, 11, 12), (12, 14, 15), comparing.SAME),
        ("s", (40,), (43,), comparing.SAME),
        ("s", (40,), (60,), comparing.WORSE),
        ("MiB", (1000,), (700,), comparing.BETTER),
    ],
)
def test_a_verdict_needs_ranges_that_do_not_meet(
    unit: str, older: tuple[float, ...], newer: tuple[float, ...], said: str
) -> None:
    assert comparing.verdict(figure(unit, *older), figure(unit, *newer)) == said


def test_the_worse_come_first_and_what_is_in_one_only_is_named() -> None:
    older = run(figure("ms", 1, 2, 3), figure("s", 40, name="start"))
    newer = run(figure("ms", 1, 2, 3), figure("ms", 5, name="lag"))
    older["figures"].append(figure("µs", 10, 11, 12, name="cost"))
    newer["figures"].append(figure("µs", 20, 21, 22, name="cost"))

    lines = comparing.comparison(older, newer).splitlines()
    rows = [line for line in lines if line.startswith("| ")][1:]
    assert [row.split(" | ")[0] for row in rows] == ["| cost", "| page"]
    assert [line for line in lines if "only in one" in line] == [
        "- only in one: lag (ms)",
        "- only in one: start (s)",
    ]


@pytest.mark.parametrize(
    ("unit", "ours", "limit", "told"),
    [
        ("requests/s", [50.0, 60.0], [100.0, 100.0], 0.55),
        ("ms", [20.0, 40.0], [10.0, 10.0], 0.375),
    ],
)
def test_a_ratio_is_the_share_of_the_limit_that_is_reached(
    unit: str, ours: list[float], limit: list[float], told: float
) -> None:
    held = figures.Limit("bare", unit, limit)

    assert figures.ratio("page", ours, held).value == told
