"""Consumables in words; no I/O."""

from collections.abc import Mapping

CATEGORIES: Mapping[str, str] = {
    "toner": "Toner",
    "drum": "Drums",
    "ink": "Ink",
    "lamp": "Lamps",
    "battery": "Batteries",
    "tape": "Tapes",
    "cable": "Cables",
    "other": "Other",
}
STATES: Mapping[str, str] = {
    "out": "None left",
    "order-now": "Order now",
    "on-order": "On order",
    "ok": "Enough",
    "not-stocked": "No longer kept",
}
TONES: Mapping[str, str] = {
    "out": "bad",
    "order-now": "warn",
    "on-order": "note",
    "ok": "good",
}
BASES: Mapping[str, str] = {
    "year": "in the last 365 days",
    "since-first-line": "since it first came",
    "four-weeks": "since it first came, reckoned as four weeks",
}
MONTHS = (1, 2, 3, 4, 6, 10)
"""Of school, for which a next order may be asked."""
USUAL_MONTHS = 3
MONTH_CHOICES: Mapping[str, str] = {
    str(each): "1 month of school" if each == 1 else f"{each} months of school"
    for each in MONTHS
}


def months_of(text: str) -> int:
    """Read for how many months of school an order is to last."""
    return next((each for each in MONTHS if str(each) == text), USUAL_MONTHS)


def listed(text: str) -> list[str]:
    """Read the models of a box, one on each line, each once."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
