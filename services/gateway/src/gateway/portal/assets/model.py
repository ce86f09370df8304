"""What the asset pages know: the words of codes, and how two edits differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chassis import errors
from gateway.portal.templates import formats

CATEGORIES = {
    "desktop": "Desktop",
    "laptop": "Laptop",
    "tablet": "Tablet",
    "phone": "Phone",
    "server": "Server",
    "storage": "Storage",
    "virtual-machine": "Virtual machine",
    "network": "Network equipment",
    "wireless": "Wireless equipment",
    "printer": "Printer",
    "scanner": "Scanner",
    "audio-visual": "Audio-visual",
    "camera": "Camera",
    "music-media": "Music and media kit",
    "peripheral": "Peripheral",
}
COMPUTERS = frozenset({"desktop", "laptop", "tablet", "server"})
"""Kit on which software is to be expected."""
WORKING = {"in-use": "In use", "in-store": "In store", "in-repair": "In repair"}
SETTABLE = {
    "ordered": "On order",
    **WORKING,
    "missing": "Missing",
    "cancelled": "Cancelled",
}
"""What a person may say of an asset; the rest comes of a step of its own."""
NEW = {name: SETTABLE[name] for name in ("in-use", "in-store", "in-repair", "ordered")}
STATUSES = {**SETTABLE, "retired": "Retired", "disposed": "Disposed of"}
OUT_OF_USE = frozenset({"retired", "disposed", "cancelled"})
TONES = {
    "ordered": "note",
    "in-use": "good",
    "in-store": "note",
    "in-repair": "warn",
    "missing": "bad",
    "retired": "quiet",
    "disposed": "quiet",
    "cancelled": "quiet",
}
FIELDS = {
    "tag": "Asset tag",
    "category": "Category",
    "manufacturer": "Make",
    "model": "Model",
    "serial": "Serial number",
    "status": "Status",
    "purchased_on": "Bought on",
}

FACTS = {
    "changed": "Changed",
    "moved": "Moved",
    "retired": "Retired",
    "disposed": "Disposed of",
    "reinstated": "Reinstated",
}
ELSEWHERE = frozenset({"school_id", "la_code"})
"""Fields of a move to another school, whose value is no word for people."""
_TOLD = {**FIELDS, "room": "Room"}
_CODES: Mapping[str, Mapping[str, str]] = {"status": STATUSES, "category": CATEGORIES}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the saved asset is not what the form holds."""

    field: str
    label: str
    saved: object
    yours: object


def differences(
    saved: dict[str, object], yours: dict[str, object]
) -> tuple[Difference, ...]:
    """List the fields where saving would overwrite somebody else's value."""
    return tuple(
        Difference(field, label, saved.get(field), yours.get(field))
        for field, label in FIELDS.items()
        if field in yours and saved.get(field) != yours.get(field)
    )


def told(field: str, before: object, after: object) -> str:
    """Say in words how a field changed."""
    if field in ELSEWHERE:
        return "To another school"
    label = _TOLD.get(field, formats.words(field.replace("_", "-")))
    was, now = (formats.kept(field, v, _CODES, "not recorded") for v in (before, after))
    return f"{label}: {was} \u2192 {now}"


def read_date(day: str, month: str, year: str) -> date | None:
    """Read a date of three boxes; three empty boxes are no date.

    Raises:
        errors.Invalid: the boxes hold no real date.
    """
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return None
    if all(part.isascii() and part.isdigit() for part in parts):
        numbers = [int(part) for part in parts]
        try:
            return date(numbers[2], numbers[1], numbers[0])
        except (ValueError, OverflowError):
            pass
    fault = errors.Fault(
        "/purchased_on", "Enter a real date, like 3 9 2026, or leave all three empty"
    )
    raise errors.Invalid(faults=[fault])
