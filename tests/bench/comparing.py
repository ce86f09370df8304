"""Two runs side by side: what is worse or better than their noise explains.

A figure's noise is the range of its rounds; one that was taken once is allowed a tenth
either way. Only ranges that do not meet say anything.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench import figures, tables

Run = Mapping[str, Any]
_ONCE = 0.1
WORSE, BETTER, SAME = "**worse**", "better", ""


def comparison(older: Run, newer: Run) -> str:
    """Write both runs as a table; across machines only ratios say much."""
    rows = [_row(old, new) for old, new in _pairs(older, newer)]
    worse = sum(row[-1] == WORSE for row in rows)
    better = sum(row[-1] == BETTER for row in rows)
    return "\n".join(
        [
            f"- older: {_told(older)}",
            f"- newer: {_told(newer)}",
            f"- of {len(rows)}: {worse} worse and {better} better beyond their spread",
            *(f"- only in one: {name}" for name in _alone(older, newer)),
            "",
            *tables.table(
                ["what", "older", "its rounds", "newer", "its rounds", "", "verdict"],
                sorted(rows, key=lambda row: row[-1] != WORSE),
            ),
        ]
    )


def verdict(older: Mapping[str, Any], newer: Mapping[str, Any]) -> str:
    """Judge a figure by the ranges of both runs."""
    (old_low, old_high), (new_low, new_high) = _range(older), _range(newer)
    if old_high >= new_low and new_high >= old_low:
        return SAME
    grew = new_low > old_high
    return BETTER if grew == figures.more_is_better(newer["unit"]) else WORSE


def _range(figure: Mapping[str, Any]) -> tuple[float, float]:
    rounds = figure["rounds"]
    if len(rounds) > 1:
        return min(rounds), max(rounds)
    return figure["value"] * (1 - _ONCE), figure["value"] * (1 + _ONCE)


def _pairs(
    older: Run, newer: Run
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    known = {_key(figure): figure for figure in older["figures"]}
    for figure in newer["figures"]:
        if _key(figure) in known:
            yield known[_key(figure)], figure


def _alone(older: Run, newer: Run) -> list[str]:
    keys = [{_key(figure) for figure in run["figures"]} for run in (older, newer)]
    return sorted(f"{name} ({unit})" for name, unit in keys[0] ^ keys[1])


def _key(figure: Mapping[str, Any]) -> tuple[str, str]:
    return figure["name"], figure["unit"]


def _row(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    change = f"x {new['value'] / old['value']:.2f}" if old["value"] else ""
    return [
        new["name"],
        tables.amount(old),
        tables.spread(old),
        tables.amount(new),
        tables.spread(new),
        change,
        verdict(old, new),
    ]


def _told(run: Run) -> str:
    before, after = run["load"]
    return (
        f"{run['measured_at']}, revision {run['revision']}, {run['machine']},"
        f" load {before} to {after}"
    )
