"""A file for a spreadsheet: nothing in it runs, and what went out can come back."""

import csv
import io
import zipfile
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.files import cells
from gateway.portal.tables import export
from gateway.portal.tables.model import Column

COLUMNS = (
    Column("tag", "Tag"),
    Column("count", "Count", "number"),
    Column("on", "Bought", "day"),
    Column("at", "Changed", "moment"),
)
ROW: export.Row = (
    "LT-1",
    1240,
    date(2026, 9, 3),
    datetime(2026, 7, 1, 12, 5, tzinfo=UTC),
)
HOSTILE = (
    "=1+1",
    "+44 20 7946 0000",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "'=1",
    "''=1",
    "' =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","a")',
)
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_back(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def exported(*rows: export.Row) -> bytes:
    return b"".join(export.csv(COLUMNS[: len(rows[0])], rows))


def test_excel_is_told_the_encoding_and_dates_are_british() -> None:
    file = exported(ROW)

    assert file.startswith(b"\xef\xbb\xbf")
    assert read_back(file) == [
        ["Tag", "Count", "Bought", "Changed"],
        ["LT-1", "1240", "03/09/2026", "01/07/2026 13:05"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    [_, [cell]] = read_back(exported([text]))

    assert cell == f"'{text}"
    assert cells.original(cell) == text


@given(
    st.lists(st.sampled_from([*"=+-@'\t\r\n \uff1d\uff0b\uff0d\uff20ab\","])).map(
        "".join
    )
)
def test_what_is_exported_and_imported_again_is_the_same(text: str) -> None:
    [cell] = read_back(exported(["x"], [text]))[2] or [""]

    assert cells.original(cell) == text
    bare = cell.lstrip(" ")
    assert not bare or bare[0] not in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("number", [-1, Decimal("-12.50"), -0.5])
def test_a_number_stays_a_number(number: float | Decimal) -> None:
    assert read_back(exported([number]))[1] == [str(number)]


async def test_pages_are_written_as_they_come() -> None:
    async def pages() -> AsyncGenerator[list[export.Row]]:
        yield [["a"], ["b"]]
        yield [["=c"]]

    parts = [part async for part in export.csv_pages(COLUMNS[:1], pages())]

    assert len(parts) == 3
    assert read_back(b"".join(parts)) == [["Tag"], ["a"], ["b"], ["'=c"]]


def sheet(*rows: export.Row) -> tuple[ET.Element, list[str]]:
    book = zipfile.ZipFile(io.BytesIO(export.xlsx("Oak [1]: a/b", COLUMNS, rows)))
    strings = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
    texts = ["".join(each.itertext()) for each in strings]
    return ET.fromstring(book.read("xl/worksheets/sheet1.xml")), texts  # noqa: S314


def test_a_workbook_holds_typed_cells_and_a_heading_that_stays() -> None:
    found, texts = sheet(ROW, ("LT-2", None, None, None))

    cells = {each.get("r"): each for each in found.iter(f"{_SHEET}c")}
    kinds = {place: each.get("t") for place, each in cells.items()}
    assert kinds["A2"] == "s"
    assert (kinds["B2"], cells["B2"][0].text) == (None, "1240")
    assert (kinds["C2"], cells["C2"][0].text) == (None, "46268")
    assert kinds["D2"] is None
    assert float(cells["D2"][0].text or 0) % 1 == pytest.approx((13 * 60 + 5) / 1440)
    assert "B3" not in cells
    assert next(found.iter(f"{_SHEET}pane")).get("ySplit") == "1"
    assert next(found.iter(f"{_SHEET}autoFilter")).get("ref") == "A1:D3"
    assert texts[:4] == ["Tag", "Count", "Bought", "Changed"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_no_formula_and_the_very_text(text: str) -> None:
    found, texts = sheet((text, None, None, None))

    assert list(found.iter(f"{_SHEET}f")) == []
    assert next(c for c in found.iter(f"{_SHEET}c") if c.get("r") == "A2").get("s")
    # A carriage return is written as its number: XML itself would lose it.
    assert texts[-1].replace("_x000D_", "\r").replace("_x0009_", "\t") == text


def test_a_workbook_without_rows_can_be_opened() -> None:
    found, _ = sheet()

    assert next(found.iter(f"{_SHEET}autoFilter")).get("ref") == "A1:D2"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (
            ("Assets", "St Mary's C.E. School"),
            "assets-st-marys-c-e-school",
        ),
        (
            ("Assets", "Ysgol Bryn Tawe \u2013 \u00e9"),
            "assets-ysgol-bryn-tawe-e",
        ),
        (("", '"; x="'), "x"),
        (("\u4e2d",), "table"),
    ],
)
def test_a_file_is_named_by_what_it_holds_and_the_day(
    parts: tuple[str, ...], name: str
) -> None:
    made = export.file_name(*parts, on=date(2026, 11, 25), suffix="csv")

    assert made == f"{name}-2026-11-25.csv"
