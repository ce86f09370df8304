"""Writes a table as a file for a spreadsheet: CSV as it comes, XLSX as a whole.

No cell can be run: text that a spreadsheet would take for a formula is marked as text.
`cells.original` takes the mark off again, so that a file that was exported can be read
back as it was.
"""

import csv as standard_csv
import io
import re
import unicodedata
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

import xlsxwriter

from chassis.files.cells import is_hazard, neutral
from gateway.portal.tables.model import Column

Cell = str | float | Decimal | date | None
"""A moment is a `datetime` with its zone; a `date` alone is a day."""
Row = Sequence[Cell]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CSV_ROWS = 100_000
MOST_XLSX_ROWS = 20_000
"""A workbook is made as a whole, in memory."""

LONDON = ZoneInfo("Europe/London")
_BOM = "\ufeff"
_WIDEST, _NARROWEST, _SAMPLE = 60, 8, 200
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_FILE_NAME = re.compile(r"[^a-z0-9]+")


def csv(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows as CSV: UTF-8 that Excel knows as such, dates as the British do."""
    yield csv_head(columns)
    yield csv_lines(rows)


async def csv_pages(
    columns: Sequence[Column], pages: AsyncIterable[Sequence[Row]]
) -> AsyncGenerator[bytes]:
    """Write rows as CSV while they come in."""
    yield csv_head(columns)
    async for rows in pages:
        yield csv_lines(rows)


def csv_head(columns: Sequence[Column]) -> bytes:
    return _BOM.encode() + csv_lines([[column.title for column in columns]])


def csv_lines(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = standard_csv.writer(text, lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.astimezone(LONDON):%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case str():
            return neutral(cell)
        case _:
            return str(cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook, with the titles of its columns."""

    title: str
    titles: Sequence[str]
    rows: Sequence[Row]


def xlsx(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Write rows as a workbook of one sheet."""
    return workbook([Sheet(title, [each.title for each in columns], list(rows))])


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets: typed cells, a heading that stays, filters, widths."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # Its own annotations leave out half of the types.
    with cast("Any", xlsxwriter.Workbook(file, options)) as book:
        formats = {
            "heading": book.add_format(
                {"bold": True, "bg_color": "#EAF2F0", "bottom": 1, "text_wrap": False}
            ),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            # What Excel itself sets on a cell that was typed with an apostrophe.
            "marked": book.add_format({"quote_prefix": True}),
        }
        for sheet in sheets:
            name = _SHEET_NAME.sub(" ", sheet.title)[:31].strip() or "Table"
            _fill(book.add_worksheet(name), sheet, formats)
    return file.getvalue()


def _fill(made: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for at, title in enumerate(sheet.titles):
        made.write_string(0, at, title, formats["heading"])
        made.set_column(at, at, _width(title, at, sheet.rows))
    for down, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            _write(made, (down, at), cell, formats)
    made.freeze_panes(1, 1)
    made.autofilter(0, 0, max(1, len(sheet.rows)), max(0, len(sheet.titles) - 1))
    made.repeat_rows(0)


def _write(
    sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[str, Any]
) -> None:
    down, at = place
    match cell:
        case None | "":
            return
        case datetime():
            # A spreadsheet knows no zones: it is told the time of London's clock.
            local = cell.astimezone(LONDON).replace(tzinfo=None)
            sheet.write_datetime(down, at, local, formats["moment"])
        case date():
            sheet.write_datetime(down, at, cell, formats["day"])
        case str():
            marked = formats["marked"] if is_hazard(cell) else None
            sheet.write_string(down, at, cell, marked)
        case _:
            sheet.write_number(down, at, float(cell))


def _width(title: str, at: int, rows: Sequence[Row]) -> int:
    """Give a column the width of what stands in its first rows."""
    longest = max(
        (len(_written(row[at])) for row in rows[:_SAMPLE]), default=_NARROWEST
    )
    # The heading bears the filter's button as well.
    return min(_WIDEST, max(_NARROWEST, longest + 2, len(title) + 4))


def file_name(*parts: str, on: date, suffix: str) -> str:
    """Name a file by what is in it and the day: `assets-oak-primary-2026-11-25.csv`."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore")
    words = _FILE_NAME.sub("-", plain.decode().replace("'", "").lower()).strip("-")
    return f"{words[:100] or 'table'}-{on.isoformat()}.{suffix}"


def attachment(name: str) -> dict[str, str]:
    """Say that an answer is a file to be kept, and by which name."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }


def cells(columns: Sequence[Column], values: Mapping[str, Cell]) -> list[Cell]:
    """Put a row's values in the order of the columns."""
    return [values[column.key] for column in columns]
