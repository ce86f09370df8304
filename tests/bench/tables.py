"""Figures as tables that a person reads: those with an aim first, then the others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Run = Mapping[str, Any]
_VERDICT = {True: "met", False: "**missed**", None: ""}


def of_run(run: Run) -> str:
    """Write a run as Markdown."""
    found = run["figures"]
    first = [f for f in found if f["aim"] or f["unit"] == "of the limit"]
    judged = (
        [f["name"], _amount(f), f["aim"], _VERDICT[f["met"]], _rounds(f)] for f in first
    )
    rest = ([f["name"], _amount(f), _rounds(f)] for f in found if f not in first)
    before, after = run["load"]
    loads = f"Load {before} before and {after} after; {run['seconds']} s in all."
    return "\n".join(
        [
            f"Machine: {run['machine']}. {loads}",
            "",
            *_table(["ratio or aim", "figure", "aim", "", "rounds"], judged),
            "",
            *_table(["what", "median", "rounds"], rest),
        ]
    )


def comparison(older: Run, newer: Run) -> str:
    """Write two runs side by side; across runs only ratios say much."""
    known = {figure["name"]: figure for figure in older["figures"]}
    rows = (
        [f["name"], _amount(known[f["name"]]), _amount(f), _change(known[f["name"]], f)]
        for f in newer["figures"]
        if f["name"] in known
    )
    return "\n".join(
        [
            f"Load {older['load']} then {newer['load']}.",
            "",
            *_table(["what", "older", "newer", "newer / older"], rows),
        ]
    )


def _amount(figure: Mapping[str, Any]) -> str:
    return f"{figure['value']:,g} {figure['unit']}"


def _change(older: Mapping[str, Any], newer: Mapping[str, Any]) -> str:
    return f"{newer['value'] / older['value']:.2f}" if older["value"] else ""


def _rounds(figure: Mapping[str, Any]) -> str:
    rounds = figure["rounds"]
    return f"{min(rounds):g} to {max(rounds):g}" if len(rounds) > 1 else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        "|" + "---|" * len(head),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
