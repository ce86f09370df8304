"""A field of a kind of kit: what form its values have, and whether one is right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from chassis.errors import Fault

Form = Literal["text", "whole", "decimal", "date", "yes-no", "choice"]
FORMS: tuple[Form, ...] = get_args(Form)

Value = str | int | float | bool
"""What a field holds: a date as ISO 8601 writes it."""

LONGEST = 200
_LARGEST = 1_000_000_000.0
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Field:
    """What may be told of a kind of kit, under which name and in which form.

    `lowest` and `highest` bound a number, in `unit`; `choices` are all there are of a
    choice.
    """

    name: str
    label: str
    form: Form
    unit: str | None = None
    choices: tuple[str, ...] = ()
    lowest: float = 0
    highest: float = _LARGEST


def checked(
    fields: Mapping[str, Field], told: Mapping[str, object], pointer: str
) -> tuple[dict[str, Value | None], list[Fault]]:
    """Judge values against their fields; None takes a value away.

    Returns the values as they are kept, and a fault at `pointer`/name for each that is
    not of its field's form, or whose field this kind of kit does not have.
    """
    kept: dict[str, Value | None] = {}
    faults: list[Fault] = []
    for name, value in told.items():
        field = fields.get(name)
        if field is None:
            known = ", ".join(sorted(fields)) or "none"
            detail = f"This kind of kit has no such field; it has: {known}"
            faults.append(Fault(f"{pointer}/{name}", detail))
            continue
        try:
            kept[name] = None if value is None else _read(field, value)
        except ValueError as wrong:
            faults.append(Fault(f"{pointer}/{name}", str(wrong)))
    return kept, faults


def by_name(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.name: field for field in fields}


def merged(
    present: Mapping[str, Value], told: Mapping[str, Value | None]
) -> dict[str, Value]:
    """Put values over the present ones; None takes one away (RFC 7396)."""
    return {
        name: value for name, value in {**present, **told}.items() if value is not None
    }


def _read(field: Field, value: object) -> Value:
    match field.form:
        case "text":
            return _text(value)
        case "choice":
            return _choice(field, value)
        case "whole" | "decimal":
            return _number(field, value)
        case "date":
            return _day(value)
        case "yes-no":
            if isinstance(value, bool):
                return value
            raise ValueError("Say true or false")


def _text(value: object) -> str:
    if isinstance(value, str) and not _CONTROL.search(value):
        text = value.strip()
        if 0 < len(text) <= LONGEST:
            return text
    raise ValueError(f"Give one line of 1 to {LONGEST} characters")


def _choice(field: Field, value: object) -> str:
    """Take a choice whatever the case of its letters."""
    if isinstance(value, str):
        for choice in field.choices:
            if choice.lower() == value.strip().lower():
                return choice
    raise ValueError(f"Choose one of: {', '.join(field.choices)}")


def _number(field: Field, value: object) -> int | float:
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        # Nor is what is no number, or without end, within bounds.
        and field.lowest <= value <= field.highest
    ):
        if value == int(value):
            return int(value)
        if field.form == "decimal":
            return value
    sort = "a whole number" if field.form == "whole" else "a number"
    unit = f" ({field.unit})" if field.unit else ""
    raise ValueError(
        f"Give {sort}{unit} from {field.lowest:,.10g} to {field.highest:,.10g}"
    )


def _day(value: object) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise ValueError("Give a real date, like 2026-09-01")
