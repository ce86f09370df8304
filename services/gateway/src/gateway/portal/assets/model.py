"""What the asset pages know: the words of codes, and how two edits differ."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from chassis import errors
from gateway.portal.templates import formats
from gateway.portal.visit.model import whole

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
_POUNDS = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
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
DISPOSABLE = frozenset({"retired", "missing"})
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
    "order_number": "Order number",
    "ordered_on": "Ordered on",
    "purchased_on": "Bought on",
    "price_pence": "Price",
    "supplier": "Supplier",
    "funding_line": "Funding line",
    "cfr_code": "CFR code",
    "warranty_until": "Warranty until",
    "support_until": "Support until",
}
CFR_CODES = {
    "E20A": "E20A Connectivity",
    "E20B": "E20B On-site servers",
    "E20C": "E20C Learning resources",
    "E20D": "E20D Administration software",
    "E20E": "E20E Laptops, desktops and tablets",
    "E20F": "E20F Other hardware",
    "E20G": "E20G IT support",
}
METHODS = {
    "recycled": "Recycled as electrical waste",
    "sold": "Sold",
    "donated": "Given away",
    "returned": "Returned to its lessor or supplier",
    "scrapped": "Scrapped",
    "written-off": "Written off, as it is lost",
}

ATTACHMENTS = {
    "picture": "Picture",
    "invoice": "Invoice",
    "warranty": "Warranty",
    "manual": "Manual",
    "certificate": "Certificate",
    "other": "Something else",
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    "application/pdf": "PDF",
    f"{_OPEN_XML}.wordprocessingml.document": "Word",
    f"{_OPEN_XML}.spreadsheetml.sheet": "Excel",
    f"{_OPEN_XML}.presentationml.presentation": "PowerPoint",
    f"{_OPEN_DOCUMENT}.text": "OpenDocument text",
    f"{_OPEN_DOCUMENT}.spreadsheet": "OpenDocument spreadsheet",
    f"{_OPEN_DOCUMENT}.presentation": "OpenDocument presentation",
}

FACTS = {
    "changed": "Changed",
    "moved": "Moved",
    "retired": "Retired",
    "disposed": "Disposed of",
    "reinstated": "Reinstated",
    "merged": "Merged into another asset",
    "took-in": "Took in a duplicate",
    "split": "Split off again",
    "gave-back": "Gave back what was its duplicate\u2019s",
    "attached": "Picture or document added",
    "detached": "Picture or document removed",
    "issued": "Given out",
    "renewed": "Due on another day",
    "returned": "Back",
    "lost": "Missing",
    "found": "Found",
}
MERGED = "Merged"
"""The word for the state of a duplicate, which is another asset in truth."""
_COUNTED = {
    "moved_devices": "Machines that went with it",
    "moved_attachments": "Pictures and documents that went with it",
    "moved_repairs": "Repairs that went with it",
    "moved_relations": "Relations that went with it",
}
_WITH = "merged_with"
_OF_ATTACHMENTS = "attachments."
UNTOLD = frozenset({"merged_into"})
"""Fields whose value is no word for people, and is told beside."""
ELSEWHERE = frozenset({"school_id", "la_code"})
"""Fields of a move to another school, whose value is no word for people."""
_TOLD = {
    **FIELDS,
    "site": "Site",
    "building": "Building",
    "room": "Room",
    "disposed_on": "Disposed of on",
    "disposal_method": "How",
    "disposal_reference": "Reference",
    "custody.purpose": "What for",
    "custody.holder_kind": "To",
    "custody.due_on": "Due",
    "loss.kind": "What happened",
    "loss.police_reference": "Police reference",
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES,
    "category": CATEGORIES,
    "cfr_code": CFR_CODES,
    "disposal_method": METHODS,
    "custody.purpose": {
        "loan": "Loan",
        "one-to-one": "One-to-one scheme",
        "class-set": "Class set",
        "lent-to-school": "Lent to a school",
    },
    "custody.holder_kind": {
        "person": "A person",
        "room": "A room",
        "class": "A class",
        "school": "A school",
    },
    "loss.kind": {"lost": "Lost", "stolen": "Stolen"},
}
OF_DETAILS = "details."
"""What a detail's name begins with in a history."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the saved asset is not what the form holds."""

    field: str
    label: str
    saved: object
    yours: object


def differences(
    saved: Mapping[str, object], yours: Mapping[str, object]
) -> tuple[Difference, ...]:
    """List the fields where saving would overwrite somebody else's value."""
    return tuple(
        Difference(field, label_of(field), *(_written(field, v) for v in (was, now)))
        for field, now in yours.items()
        if (was := saved.get(field)) != now
    )


def label_of(field: str, labels: Mapping[str, str] = {}) -> str:
    """Name a field for people; `labels` names those that a kind has of its own."""
    name = field.removeprefix(OF_DETAILS)
    return _TOLD.get(field) or labels.get(name) or formats.words(name.replace("_", "-"))


def told(
    field: str, before: object, after: object, labels: Mapping[str, str] = {}
) -> str:
    """Say in words how a field changed."""
    if field in ELSEWHERE:
        return "To another school"
    if field in _COUNTED:
        return f"{_COUNTED[field]}: {after}"
    if field == _WITH:
        return f"With {after or before}"
    if field.startswith(_OF_ATTACHMENTS):
        kind = field.removeprefix(_OF_ATTACHMENTS)
        return f"{ATTACHMENTS.get(kind, kind)}: {after or before}"
    label = label_of(field, labels)
    was, now = (formats.kept(field, v, _CODES, "not recorded") for v in (before, after))
    return f"{label}: {was} \u2192 {now}"


def _written(field: str, value: object) -> str:
    return formats.kept(field, value, _CODES, "")


def as_typed(on: date | None) -> str:
    """Write a date as it is typed: 3/9/2026."""
    return f"{on.day}/{on.month}/{on.year}" if on else ""


def read_day(text: str, field: str) -> date | None:
    """Read a date as the English write it, 3/9/2026; nothing is no date.

    Raises:
        errors.Invalid: the text is no real date.
    """
    parts = text.replace("/", " ").replace(".", " ").split()
    if not parts:
        return None
    if len(parts) == 3:  # noqa: PLR2004 - day, month and year
        with suppress(errors.Invalid):
            return read_date(*parts)
    detail = "Enter a real date, like 3/9/2026, or leave it empty"
    raise errors.Invalid(faults=[errors.Fault(f"/{field}", detail)])


def read_pence(text: str, field: str) -> int | None:
    """Read a price in pounds, like £589.99 or 1,200; nothing is no price.

    Raises:
        errors.Invalid: the text is no price.
    """
    plain = text.strip().removeprefix("£").replace(",", "").strip()
    if not plain:
        return None
    if found := _POUNDS.fullmatch(plain):
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    detail = "Enter a price in pounds, like 589.99"
    raise errors.Invalid(faults=[errors.Fault(f"/{field}", detail)])


def read_date(day: str, month: str, year: str) -> date | None:
    """Read a date of three boxes; three empty boxes are no date.

    Raises:
        errors.Invalid: the boxes hold no real date.
    """
    parts = [part.strip() for part in (day, month, year)]
    if not any(parts):
        return None
    numbers = [number for part in parts if (number := whole(part)) is not None]
    if len(numbers) == len(parts):
        with suppress(ValueError):
            return date(numbers[2], numbers[1], numbers[0])
    fault = errors.Fault(
        "/purchased_on", "Enter a real date, like 3 9 2026, or leave all three empty"
    )
    raise errors.Invalid(faults=[fault])
