"""Single values as agents write them, in one form and one unit each."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from inventory.agents.model import placeholders

LONDON = ZoneInfo("Europe/London")
LONGEST = 255
"""Characters of a value that are kept."""
_MOST = 2**53
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_MEASURE = re.compile(rf"({_NUMBER.pattern})\s*([A-Za-z/%]*)")
_MAC = re.compile(r"[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_YES = frozenset({"1", "true", "yes", "on"})
_LONGEST_OFFSET = timedelta(hours=14)


def text(value: object, longest: int = LONGEST) -> str | None:
    """Read a line of text: no control characters, one space between words."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # Cut before it is searched: nobody reads a megabyte of description.
    found = _SPACES.sub(" ", str(value)[: 4 * longest]).strip()
    return found[:longest].rstrip() or None


def known(value: object, longest: int = LONGEST) -> str | None:
    """Read a text that its maker filled in."""
    found = text(value, longest)
    return found if found and placeholders.is_known(found) else None


def whole(value: object) -> int | None:
    """Read a whole number; digits after the point are dropped, units not judged."""
    number = _amount(value)
    return None if number is None else int(number[0])


def measure(value: object, scales: Mapping[str, float]) -> int | None:
    """Read an amount in the unit whose scale is 1; an unknown unit is not guessed at.

    `scales` names units in small letters; the empty one is what a bare number means.
    """
    number = _amount(value)
    if number is None or (scale := scales.get(number[1].lower())) is None:
        return None
    found = round(number[0] * scale)
    return found if 0 <= found <= _MOST else None


def _amount(value: object) -> tuple[float, str] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return (float(value), "") if abs(value) <= _MOST else None
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    found = _MEASURE.match(value.strip())
    if found is None or abs(float(found[1])) > _MOST:
        return None
    return float(found[1]), found[2]


def is_yes(value: object) -> bool:
    return value is True or str(value).strip().lower() in _YES


def mac(value: object) -> str | None:
    """Read a hardware address as six pairs of small letters; zeros are none."""
    found = str(value).strip().lower() if isinstance(value, str) else ""
    if _MAC.fullmatch(found) is None:
        return None
    digits = found.replace(":", "").replace("-", "")
    if not digits.strip("0") or not digits.strip("f"):
        return None
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def uuid(value: object) -> str | None:
    """Read a device's UUID, or None where it is a placeholder or none at all."""
    found = (text(value) or "").lower().strip("{}")
    if _UUID.fullmatch(found) is None or not placeholders.is_uuid(found):
        return None
    return found


def serial(value: object) -> str | None:
    """Read a serial number, or None where it is one that many devices share."""
    found = text(value, 120)
    return found if found and placeholders.is_serial(found) else None


def asset_tag(value: object) -> str | None:
    found = text(value, 120)
    return found if found and placeholders.is_asset_tag(found) else None


def moment(value: object, offset: object = None) -> datetime | None:
    """Read when something was, in UTC.

    Agents write the device's own time and beside it, at best, how far that is from
    UTC; else it is taken for the time in England.
    """
    found = _MOMENT.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        written = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        return written.replace(tzinfo=_zone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: object) -> timezone | ZoneInfo:
    found = _OFFSET.fullmatch(offset) if isinstance(offset, str) else None
    if found is None:
        return LONDON
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if away > _LONGEST_OFFSET:
        return LONDON
    return timezone(away if found[1] == "+" else -away)
