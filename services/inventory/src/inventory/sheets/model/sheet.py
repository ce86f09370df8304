"""Reads the bytes of a file of assets into rows, each with the line it stands on."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal

import python_calamine
from pydantic import JsonValue, TypeAdapter, ValidationError
from python_calamine import CalamineWorkbook

from chassis import errors
from chassis.files import cells, records
from chassis.files.records import FileUnreadable

Layout = Literal["csv", "xlsx", "jsonl"]

MOST_ROWS = 100_000
MOST_COLUMNS = 200
_MOST_UNPACKED = 256 << 20
_TITLES_ABOVE = 20
"""So many lines may stand above the headings, such as a title of the whole."""
_LONGEST_HEADING = 100
_FEWEST_HEADINGS = 2
_OBJECT = TypeAdapter(dict[str, JsonValue])
_DELIMITERS = (",", ";", "\t")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by their headings; None where it is broken, and why."""

    line: int
    cells: Mapping[str, str] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of JSON: what it tells; None where it is broken, and why."""

    line: int
    told: Mapping[str, object] | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as its file holds it; no two of its headings are alike."""

    layout: Layout
    headings: Sequence[str]
    rows: Sequence[Row]


def layout_of(head: bytes) -> Layout:
    """Say by its first bytes how a file is laid out.

    Raises:
        FileUnreadable: it is of another kind altogether.
    """
    if head.startswith(_ZIP):
        return "xlsx"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "jsonl"
    records.require_kind(head)
    return "csv"


def read(content: bytes) -> Sheet:
    """Read a table of CSV or XLSX.

    Raises:
        FileUnreadable: it is another kind of file, or holds no table.
        errors.TooLarge: it holds more than is taken at once.
    """
    layout = layout_of(content[:512])
    found = _of_xlsx(content) if layout == "xlsx" else _of_csv(content)
    titles = _headings(found)
    rows: list[Row] = []
    for line, fields, why in found:
        if fields is None:
            rows.append(Row(line, None, why))
        elif any(fields):
            rows.append(_row(line, fields, titles))
        if len(rows) > MOST_ROWS:
            raise errors.TooLarge(f"More than {MOST_ROWS:,} rows: send it in parts")
    if not rows:
        raise FileUnreadable("The file has headings and no rows")
    return Sheet(layout, titles, rows)


def lines(content: bytes) -> Iterator[Line]:
    """Read JSON Lines: an object on each line; one that is broken spoils no other.

    Raises:
        errors.TooLarge: there are more lines than are taken at once.
    """
    texts = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if len(texts) > MOST_ROWS + 1:
        raise errors.TooLarge(f"More than {MOST_ROWS:,} lines: send it in parts")
    for at, text in enumerate(texts, start=1):
        if not text.strip():
            continue
        try:
            yield Line(at, _OBJECT.validate_json(text))
        except ValidationError:
            yield Line(at, None, "is no object of JSON")


_Found = Iterator[tuple[int, Sequence[str] | None, str]]


def _of_csv(content: bytes) -> _Found:
    delimiter = _delimiter(content)
    for record in records.records(content, delimiter):
        fields = record.fields
        texts = None if fields is None else [cells.original(f.strip()) for f in fields]
        yield record.line, texts, record.why


def _delimiter(content: bytes) -> str:
    """Take what stands most often in the first line that has any."""
    if content.startswith(records.GZIP):
        return ","
    for line in islice(io.BytesIO(content.replace(b"\r", b"\n")), _TITLES_ABOVE):
        counts = {each: line.count(each.encode()) for each in _DELIMITERS}
        best = max(_DELIMITERS, key=lambda each: counts[each])
        if counts[best]:
            return best
    return ","


def _of_xlsx(content: bytes) -> _Found:
    _require_no_bomb(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            table = book.get_sheet_by_name(name).to_python(
                skip_empty_area=False, nrows=MOST_ROWS + _TITLES_ABOVE
            )
            if table:
                break
        else:
            return
    except python_calamine.PasswordError as locked:
        raise FileUnreadable("The workbook has a password: take it off") from locked
    except python_calamine.CalamineError as broken:
        raise FileUnreadable("The workbook is damaged, or is none") from broken
    for line, fields in enumerate(table, start=1):
        yield line, [cells.original(_text(each)) for each in fields], ""


def _require_no_bomb(content: bytes) -> None:
    """Refuse an archive that would be too much when it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(each.file_size for each in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError) as broken:
        raise FileUnreadable("The workbook is damaged, or is none") from broken
    if unpacked > _MOST_UNPACKED:
        raise errors.TooLarge("The workbook is too large when it is unpacked")


def _text(cell: object) -> str:
    """Write a cell of a workbook as people would type it; days as ISO 8601 does."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _headings(found: _Found) -> Sequence[str]:
    """Take the first line with two cells or more as the headings.

    Raises:
        FileUnreadable: there is none.
    """
    for _, fields, _ in islice(found, _TITLES_ABOVE):
        if fields is None or sum(map(bool, fields)) < _FEWEST_HEADINGS:
            continue
        if len(fields) > MOST_COLUMNS:
            raise errors.TooLarge(f"More than {MOST_COLUMNS} columns")
        return _told_apart(fields)
    raise FileUnreadable("The file does not begin with headings")


def _told_apart(fields: Sequence[str]) -> Sequence[str]:
    """Name a column without heading by its place, and count those that are alike."""
    seen: Counter[str] = Counter()
    named: list[str] = []
    for place, text in enumerate(fields, start=1):
        name = " ".join(text.split())[:_LONGEST_HEADING] or f"Column {place}"
        seen[name.casefold()] += 1
        alike = seen[name.casefold()]
        named.append(name if alike == 1 else f"{name} ({alike})")
    return named


def _row(line: int, fields: Sequence[str], headings: Sequence[str]) -> Row:
    if any(fields[len(headings) :]):
        why = f"has {len(fields)} fields where there are {len(headings)} headings"
        return Row(line, None, why)
    told = dict(zip(headings, fields, strict=False))
    return Row(line, {name: text for name, text in told.items() if text})
