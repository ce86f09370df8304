"""The words of stock-takes, and how one is written as a file; no I/O."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from gateway.portal.assets import model as assets
from gateway.portal.tables.export import Cell, Row, cells
from gateway.portal.tables.model import Column

STANDINGS = {
    "missing": "Missing",
    "elsewhere": "Elsewhere by the register",
    "not-in-use": "Not in use by the register",
    "unknown": "Unknown codes",
    "on-loan": "On loan",
    "late": "Came after the end",
    "found": "Found",
}
"""In the order of a page, what needs somebody first."""
ABOUT = {
    "missing": "In use and said to be here, and not scanned.",
    "elsewhere": "Scanned here, and the register has it in another room."
    " It can be moved here as the stock-take is closed.",
    "not-in-use": "Scanned here, and the register has it in store, retired or the like."
    " Its page says what can be done.",
    "unknown": "No asset of the school, or more than one, bears the code."
    " Register it, or scan its tag: then it is counted.",
    "on-loan": "Said to be here, and somebody has it: expected to be away.",
    "late": "Scanned as the stock-take had ended already. Nothing came of it:"
    " count the room again.",
    "found": "Scanned, and where the register has it.",
}
STATES = {"open": "Under way", "closed": "Closed", "abandoned": "Given up"}
TONES = {"open": "note", "closed": "good", "abandoned": "quiet"}
RESULTS = {
    "found": "Found",
    "elsewhere": "Elsewhere by the register",
    "not-in-use": "Not in use by the register",
    "unknown": "Unknown",
    "repeated": "Scanned before",
    "late": "Too late",
}
RESULT_TONES = {"found": "good", "repeated": "quiet"}
MOST_SHOWN = 1_000
"""Lines on a page; the file has them all."""
COLUMNS = (
    Column("standing", "How it stands"),
    Column("tag", "Tag"),
    Column("category", "Category"),
    Column("manufacturer", "Make"),
    Column("model", "Model"),
    Column("serial", "Serial number"),
    Column("room", "Room by the register"),
    Column("building", "Building"),
    Column("site", "Site"),
    Column("status", "Status"),
    Column("is_out", "On loan"),
    Column("code", "Code as scanned"),
    Column("scanned_at", "Scanned", "moment"),
    Column("is_moved", "Moved here at the end"),
)


def called(site: str | None, building: str | None, room: str | None) -> str:
    """Name a room as people do."""
    parts = [each for each in (building, site) if each]
    return ", ".join([room or "No room", *parts])


def rows(lines: Iterable[Mapping[str, Cell]]) -> Iterable[Row]:
    """Write lines as the rows of a file."""
    for line in lines:
        standing, status = str(line["standing"]), line["status"]
        category = line["category"]
        told: dict[str, Cell] = {
            **line,
            "standing": STANDINGS.get(standing, standing),
            "category": category and assets.CATEGORIES.get(str(category), category),
            "status": status and assets.STATUSES.get(str(status), status),
            "is_out": "Yes" if line["is_out"] else "",
            "is_moved": "Yes" if line["is_moved"] else "",
        }
        yield cells(COLUMNS, told)


def registering(urn: int, code: str, place: Mapping[str, str | None]) -> str:
    """The address of the form that registers what bears a code."""
    known = {name: value for name, value in place.items() if value}
    return f"/schools/{urn}/assets/new?{urlencode({'tag': code, **known})}"
