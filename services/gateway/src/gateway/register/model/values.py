"""Reads single cells of the register; what cannot be right is said in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from gateway.register.model import kinds
from gateway.register.model.facts import Value

LONGEST = 200
# Letters of Windows-1252 that were once read as Latin-1, and so became controls.
_SPOILT = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd]")
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d)[-/](?P<m2>\d\d)[-/](?P<y2>\d{4})"
)
_NOTHING = frozenset(
    {"", "not applicable", "does not apply", "none", "-", "not recorded"}
)


class CellFault(Exception):
    """A cell that cannot be right; the text says what was looked for."""


def text(cell: str) -> str | None:
    """Take one line of text; an apostrophe that the register has spoilt is mended.

    Raises:
        CellFault: it cannot be shown or is too long.
    """
    if len(cell) > LONGEST:
        raise CellFault(f"has more than {LONGEST} characters")
    cell = cell.translate(_SPOILT)
    if _CONTROL.search(cell):
        raise CellFault("has a character that is no letter of this file's alphabet")
    return cell or None


def label(cell: str) -> str | None:
    """Take text in which the register writes that there is none."""
    return None if cell.casefold() in _NOTHING else text(cell)


def day(cell: str) -> date | None:
    """Take a date as the register (day first) or ISO 8601 writes it.

    Raises:
        CellFault: it is no date.
    """
    if not cell:
        return None
    found = _DATE.fullmatch(cell)
    if found is None:
        raise CellFault("is no date like 31-08-2024")
    year, month, day_ = (found[part] or found[f"{part}2"] for part in "ymd")
    try:
        return date(int(year), int(month), int(day_))
    except ValueError:
        raise CellFault("is no day of the calendar") from None


def whole(least: int, most: int) -> Callable[[str], int | None]:
    """Make a reader of whole numbers within bounds."""

    def read(cell: str) -> int | None:
        if not cell:
            return None
        digits = cell.removesuffix(".0")
        if not (digits.isascii() and digits.isdigit()):
            raise CellFault("is no whole number")
        number = int(digits) if len(digits) < len(str(most)) + 2 else most + 1
        if not least <= number <= most:
            raise CellFault(f"is not between {least} and {most}")
        return number

    return read


def percent(cell: str) -> Decimal | None:
    """Take a percentage with one decimal.

    Raises:
        CellFault: it is no number from 0 to 100.
    """
    if not cell:
        return None
    try:
        number = Decimal(cell)
    except InvalidOperation:
        raise CellFault("is no percentage") from None
    if not 0 <= number <= 100:  # noqa: PLR2004 - a percentage; NaN fails as well
        raise CellFault("is not between 0 and 100")
    return number.quantize(Decimal("0.1"))


def status(cell: str) -> str:
    """Take one of the register's four statuses.

    Raises:
        CellFault: it is none of them.
    """
    found = kinds.STATUSES.get(cell.casefold())
    if found is None:
        raise CellFault("is none of the register's four statuses")
    return found


def required(cell: str) -> str:
    """Take text that must be there.

    Raises:
        CellFault: it is empty, or cannot be shown.
    """
    found = text(cell)
    if found is None:
        raise CellFault("is empty")
    return found


URN = whole(100_000, 999_999)
READERS: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        "name": required,
        "status": status,
        "establishment_type": label,
        "opened_on": day,
        "closed_on": day,
        "low_age": whole(0, 120),
        "high_age": whole(0, 120),
        "gender": label,
        "religious_character": label,
        "capacity": whole(0, 100_000),
        "pupils": whole(0, 100_000),
        "free_school_meals_percent": percent,
        "trust": label,
        "federation": label,
        "ukprn": text,
        "town": text,
        "postcode": text,
        "district": label,
        "ward": label,
        "easting": whole(0, 700_000),
        "northing": whole(0, 1_300_000),
    }
)
