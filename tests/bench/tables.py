"""Figures as tables that a person reads: those with an aim first, then the others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.bench import figures

Run = Mapping[str, Any]
_VERDICT = {True: "met", False: "**missed**", None: ""}


def of_run(run: Run) -> str:
    """Write a run as Markdown."""
    found = run["figures"]
    first = [f for f in found if f["aim"] or f["unit"] == figures.OF_LIMIT]
    judged = (
        [f["name"], amount(f), f["aim"], _VERDICT[f["met"]], spread(f), f["limit"]]
        for f in first
    )
    rest = ([f["name"], amount(f), spread(f)] for f in found if f not in first)
    before, after = run["load"]
    loads = f"load {before} before and {after} after; {run['seconds']} s in all"
    return "\n".join(
        [
            f"Machine: {run['machine']}; {loads}.",
            f"Revision {run['revision']}, {run['measured_at']}.",
            "",
            *table(["ratio or aim", "figure", "aim", "", "rounds", "limit"], judged),
            "",
            *table(["what", "median", "rounds"], rest),
        ]
    )


def amount(figure: Mapping[str, Any]) -> str:
    return f"{figure['value']:,g} {figure['unit']}"


def spread(figure: Mapping[str, Any]) -> str:
    rounds = figure["rounds"]
    return f"{min(rounds):,g} to {max(rounds):,g}" if len(rounds) > 1 else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        "|" + "---|" * len(head),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
