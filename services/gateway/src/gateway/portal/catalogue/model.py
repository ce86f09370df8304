"""The words of the catalogue, and what somebody typed of a model's life."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis import errors
from chassis.auth import Actor
from contracts import roles
from gateway.portal.assets import model as typed

SUPPORT = {
    "supported": "Supported",
    "ending": "Ends within a year",
    "ended": "Out of support",
    "unknown": "Not known",
}
NOT_HERE = "one that is in no catalogue here"
"""What a list calls a model that nobody has, or that somebody may not know of."""
TONES = {"supported": "good", "ending": "warn", "ended": "bad", "unknown": "quiet"}
KINDS = {"application": "Title", "update": "Update"}
HELD = {"true": "With devices", "false": "Without devices"}
COLUMNS = {
    "make": ("make", "manufacturer", "brand"),
    "model": ("model", "device", "name", "product"),
    "launched_on": ("launched", "launched on", "released", "release date"),
    "sold_until": ("sold until", "end of sale", "last sold"),
    "supported_until": (
        *("supported until", "end of support", "end of life", "eol", "support end"),
        *("auto update expiry", "auto update expiration", "aue", "security support"),
        "auto-update expiry",
    ),
    "source": ("source",),
    "note": ("note", "notes"),
}
"""By what is stored, what its column may be called; - and _ count as spaces."""
DAYS = ("launched_on", "sold_until", "supported_until")
MOST_ROWS = 2_000
MOST_SHOWN = 100
_WRITERS = frozenset({roles.LA_MANAGER})
_READERS = frozenset({roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.AUDITOR})


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a line of a file: the line as a spreadsheet counts it."""

    line: int
    column: str
    detail: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a file as inventory takes them, and what is wrong with others."""

    items: Sequence[Mapping[str, str]]
    lines: Sequence[int]
    wrong: Sequence[Wrong]


def may_write(actor: Actor, la_code: str) -> bool:
    return actor.may(_WRITERS, la_code, None)


def may_read_authority(actor: Actor, la_code: str) -> bool:
    return actor.may(_READERS, la_code, None)


def read_list(content: bytes) -> Listed:
    """Read a CSV file of models: UTF-8 or, as Excel writes it, Windows-1252.

    Raises:
        errors.Invalid: it is no such file, has no column of models, or too many rows.
    """
    rows = _rows(content)
    head = [_heading(cell) for cell in rows[0]] if rows else []
    places = {
        name: head.index(heading)
        for name, headings in COLUMNS.items()
        for heading in headings
        if heading in head
    }
    if "model" not in places:
        raise _unreadable("The first line must name the columns, and one of them Model")
    if len(rows) - 1 > MOST_ROWS:
        raise _unreadable(
            f"The file has more than {MOST_ROWS:,} rows: send it in parts"
        )
    items: list[Mapping[str, str]] = []
    lines: list[int] = []
    wrong: list[Wrong] = []
    for line, row in enumerate(rows[1:], 2):
        told = {
            name: row[at].strip()
            for name, at in places.items()
            if at < len(row) and row[at].strip()
        }
        if not told:
            continue
        faults = _read_days(told, line)
        if "model" not in told:
            faults.append(Wrong(line, "model", "Say which model this is"))
        wrong += faults
        if not faults:
            items.append(told)
            lines.append(line)
    if not items and not wrong:
        raise _unreadable("There is no row in the file")
    return Listed(items, lines, wrong)


def _read_days(told: dict[str, str], line: int) -> list[Wrong]:
    """Put days as inventory takes them; people write them as 1/6/2027, too."""
    wrong: list[Wrong] = []
    for name in DAYS:
        if name in told:
            try:
                day = typed.read_day(told[name], name)
            except errors.Invalid:
                day = None
            if day is None:
                wrong.append(Wrong(line, name, "Enter a real date, like 1/6/2027"))
            else:
                told[name] = day.isoformat()
    return wrong


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise _unreadable("This is no CSV file: save the list as CSV first")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise _unreadable("This is no CSV file: save the list as CSV first") from None


def _heading(cell: str) -> str:
    return " ".join(cell.strip().casefold().replace("_", " ").split())


def _unreadable(detail: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault("/file", detail)])
