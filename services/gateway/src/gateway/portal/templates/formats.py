"""How the portal writes dates, numbers, money and codes: British, plain, one way."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ABSENT = "\u2013"
_KB = 1024
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def day(value: date | None) -> str:
    """Write a date like 3 September 2026; a moment is the day it was in London."""
    if value is None:
        return ABSENT
    on = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{on.day} {on:%B %Y}"


def moment(value: datetime | None) -> str:
    """Write a time like 3 September 2026 at 2:05pm, on London's clock."""
    if value is None:
        return ABSENT
    local = value.astimezone(LONDON)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{day(local)} at {hour}:{local:%M}{half}"


def machine_time(value: date) -> str:
    """Write a value for the `datetime` attribute of a time element."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def number(value: float | Decimal | None, places: int = 0) -> str:
    """Write a number with thousands separators, rounded half up."""
    if value is None:
        return ABSENT
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(str(value)).quantize(step, ROUND_HALF_UP)
    return f"{rounded:,}".replace("-", "\u2212")


def pounds(value: Decimal | int | None) -> str:
    """Write money like £1,234.50."""
    if value is None:
        return ABSENT
    written = number(abs(value), 2)
    return f"\u2212£{written}" if value < 0 else f"£{written}"


def pence(value: object) -> Decimal:
    """Turn whole pence into pounds."""
    return Decimal(str(value)).scaleb(-2)


def kept(
    field: str,
    value: object,
    codes: Mapping[str, Mapping[str, str]],
    absent: str = ABSENT,
) -> str:
    """Write a field's value as a history keeps it: code, ISO date, pence or text."""
    if value is None or value == "":
        return absent
    written = str(value)
    if field.endswith(("_on", "_until")):
        return day(date.fromisoformat(written))
    if field.endswith("_pence"):
        return pounds(pence(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return codes.get(field, {}).get(written, written)


def size(value: int) -> str:
    """Write how large a file of some bytes is: 12 KB, 3.4 MB; never as nothing."""
    whole = max(1, (value + _KB // 2) // _KB)
    if whole < _KB:
        return f"{number(whole)} KB"
    return f"{number(value / _KB / _KB, 1).removesuffix('.0')} MB"


def count(value: int, one: str, many: str = "") -> str:
    """Write a number with its noun: 1 school, 1,200 schools."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def duration(seconds: int | None) -> str:
    """Write how long something took: 2 hours 30 minutes; days are no unit of it."""
    if seconds is None:
        return ABSENT
    hours, minutes = divmod(seconds // 60, 60)
    parts = [count(hours, "hour")] if hours else []
    parts += [count(minutes, "minute")] if minutes else []
    return " ".join(parts) or "less than a minute"


def told(value: object) -> str:
    """Write a value of any kind as it is told to somebody."""
    match value:
        case None | "":
            return ABSENT
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case _:
            return str(value)


def words(code: str) -> str:
    """Turn a code like in-repair into words like In repair."""
    return code.replace("-", " ").capitalize()


def csv_cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula.

    A number stays a number: only text can be one.
    """
    if value is None:
        return ""
    written = str(value)
    is_text = isinstance(value, str)
    return f"'{written}" if is_text and written.startswith(_FORMULA_STARTS) else written
