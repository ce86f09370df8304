"""Reads single cells of a file of assets; what cannot be right is said in words."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from inventory.kinds.model.fields import Field

Order = Literal["day-first", "month-first"]
"""Which comes first in a date like 03/04/2026; the English write the day first."""

_DATE = re.compile(
    r"(?P<first>\d{1,2})[-/. ](?P<second>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})"
    r"|(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ][0-9:.Z+]*)?"
)
_NAMED = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})[ -](?P<year>\d{4})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_CENTURY_TURNS = 70
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_MONTHS_TOLD = re.compile(r"[0-9]{1,3}")
_WHOLE = re.compile(r"[0-9]{1,11}")
_SHORT_YEAR = 100
_MOST = 1e15
_YES = frozenset({"yes", "y", "true", "1", "on"})
_NO = frozenset({"no", "n", "false", "0", "off"})
_MOST_PENCE = 10_000_000_000


class CellFault(Exception):
    """A cell that cannot be right; the text says what was looked for."""


def text(cell: str) -> str:
    """Take text as it stands.

    Raises:
        CellFault: a letter of it was lost when the file was written or read.
    """
    if "\ufffd" in cell:
        raise CellFault(
            "has a letter that cannot be read: save the file as CSV UTF-8, or XLSX"
        )
    return cell


def code(cell: str) -> str:
    """Take a number that identifies something, such as a serial number.

    Raises:
        CellFault: a spreadsheet has rounded it, or a letter of it is lost.
    """
    if _SHORTENED.fullmatch(cell):
        raise CellFault(
            "was shortened by a spreadsheet: format the column as text, then save again"
        )
    return text(cell)


def day(cell: str, order: Order) -> date:
    """Take a date as people write it, or as ISO 8601 does.

    Raises:
        CellFault: it is no date, or no day of the calendar.
    """
    if found := _DATE.fullmatch(cell):
        year, month, day_ = _parts(found, order)
    elif found := _NAMED.fullmatch(cell):
        month = _month(found["month"])
        year, day_ = int(found["year"]), int(found["day"])
    else:
        raise CellFault("is no date like 31/08/2026")
    try:
        return date(year, month, day_)
    except ValueError:
        raise CellFault("is no day of the calendar") from None


def order_of(cells: Iterable[str]) -> Order:
    """Say in which order a column writes its dates: what only one reading allows."""
    for cell in cells:
        found = _DATE.fullmatch(cell)
        if found is None or found["first"] is None:
            continue
        if int(found["first"]) > len(_MONTHS):
            return "day-first"
        if int(found["second"]) > len(_MONTHS):
            return "month-first"
    return "day-first"


def pence(cell: str) -> int:
    """Take a sum of money in pounds, as pence.

    Raises:
        CellFault: it is no sum of pounds and whole pence.
    """
    plain = cell.removeprefix("GBP").removesuffix("GBP").strip(" \u00a3\u00a0")
    try:
        pounds = Decimal(plain.replace(",", "").replace("\u00a0", ""))
    except InvalidOperation:
        raise CellFault("is no sum of money like 1,234.50") from None
    told = pounds * 100
    if not told.is_finite() or not 0 <= told <= _MOST_PENCE:
        raise CellFault("is no sum from £0 to £100,000,000")
    if told != told.to_integral_value():
        raise CellFault("has more than two figures of pence")
    return int(told)


def months(cell: str) -> int:
    """Take how long something holds, in months.

    Raises:
        CellFault: it is no whole number of months.
    """
    text = cell.lower().removesuffix("months").removesuffix("month").strip()
    if not _MONTHS_TOLD.fullmatch(text):
        raise CellFault("is no whole number of months")
    return int(text)


def whole(cell: str) -> int:
    """Take a whole number.

    Raises:
        CellFault: it is none.
    """
    text = cell.replace(",", "")
    if not _WHOLE.fullmatch(text):
        raise CellFault("is no whole number")
    return int(text)


def detail(field: Field, cell: str, order: Order) -> object:
    """Take what a kind of kit has of its own; its form is judged with the kind.

    Raises:
        CellFault: it is no date, no number, or neither yes nor no.
    """
    match field.form:
        case "date":
            return day(cell, order).isoformat()
        case "yes-no":
            return _said(cell)
        case "whole" | "decimal":
            return _number(cell, field.unit or "")
        case "text" | "choice":
            return text(cell)


def key(cell: str) -> str:
    """Bring a word or heading into the form in which alike ones are equal."""
    return " ".join(cell.casefold().replace("_", " ").split())


def _parts(found: re.Match[str], order: Order) -> tuple[int, int, int]:
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if year < _SHORT_YEAR:
        year += 1900 if year >= _CENTURY_TURNS else 2000
    return (year, second, first) if order == "day-first" else (year, first, second)


def _month(word: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(word.lower()):
            return number
    raise CellFault("is no date like 31 August 2026")


def _said(cell: str) -> bool:
    if cell.lower() in _YES:
        return True
    if cell.lower() in _NO:
        return False
    raise CellFault("is neither yes nor no")


def _number(cell: str, unit: str) -> float:
    text = cell.removesuffix(unit).replace(",", "").strip()
    try:
        number = float(text)
    except ValueError:
        raise CellFault("is no number") from None
    if not abs(number) <= _MOST:
        # Nor is what is no number at all.
        raise CellFault("is no number")
    return number
