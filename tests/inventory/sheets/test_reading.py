"""Reading a file of assets: any layout, any bytes; what cannot be is said."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from chassis import errors
from chassis.files.records import FileUnreadable
from inventory.sheets.model import presets, reading, rows, sheet, values
from inventory.sheets.model.values import CellFault
from tests.inventory.world import HERE


def workbook(*lines: list[object], above: int = 0) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, line in enumerate(lines, start=above):
        for column, cell in enumerate(line):
            if isinstance(cell, date):
                page.write_datetime(at, column, datetime.combine(cell, time()), dated)
            else:
                page.write(at, column, cell)
    if above:
        page.write(0, 0, "Kit of our school")
    book.close()
    return file.getvalue()


def test_a_workbook_is_read_as_it_looks() -> None:
    content = workbook(
        ["Asset no", "Type", "Make", "Model", "Serial", "Bought", "Price"],
        ["A1", "Laptop", "Dell", 3190, 5020000000000001, date(2024, 9, 3), 412.5],
        above=3,
    )

    table = sheet.read(content)
    suggested = reading.suggested(table, reading.columns_of(table))
    taken = rows.taken(content, suggested, HERE.urn)

    assert taken.faults == []
    [told] = taken.assets
    assert told.line == 5
    assert told.asset.model == "3190"
    assert told.asset.serial == "5020000000000001"
    assert (told.asset.purchased_on, told.asset.price_pence) == (
        date(2024, 9, 3),
        41250,
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_as_any_program_writes_it(delimiter: str, end: str, alphabet: str) -> None:
    lines = ["Tag", "Category", "Make", "Model"], ["Ä1", "laptop", "Müller", "“L”"]
    text = end.join(delimiter.join(line) for line in lines)

    table = sheet.read(text.encode(alphabet))

    assert table.headings == ["Tag", "Category", "Make", "Model"]
    assert table.rows[0].cells == {
        "Tag": "Ä1",
        "Category": "laptop",
        "Make": "Müller",
        "Model": "“L”",
    }


def test_headings_that_are_alike_or_missing_are_told_apart() -> None:
    table = sheet.read(b"Tag,Note,,note\n1,2,3,4\n")

    assert table.headings == ["Tag", "Note", "Column 3", "note (2)"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"PK\x03\x04broken", b"%PDF-1.7", b"\x89PNG", b"one\n", b"a,b\n"],
)
def test_what_is_no_table_is_said_so(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        sheet.read(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))

    with pytest.raises(errors.TooLarge):
        sheet.read(file.getvalue())


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        table = sheet.read(content)
    except (FileUnreadable, errors.TooLarge):
        return
    suggested = reading.suggested(table, reading.columns_of(table))
    taken = rows.taken(content, suggested, HERE.urn)
    assert taken.count >= len(taken.assets)


@pytest.mark.parametrize(
    ("cell", "order", "meant"),
    [
        ("03/04/2026", "day-first", date(2026, 4, 3)),
        ("03/04/2026", "month-first", date(2026, 3, 4)),
        ("3.4.26", "day-first", date(2026, 4, 3)),
        ("1/2/98", "day-first", date(1998, 2, 1)),
        ("2026-04-03", "month-first", date(2026, 4, 3)),
        ("2026-04-03 00:00:00", "day-first", date(2026, 4, 3)),
        ("3 April 2026", "day-first", date(2026, 4, 3)),
        ("03-Apr-2026", "day-first", date(2026, 4, 3)),
    ],
)
def test_dates_as_people_write_them(
    cell: str, order: values.Order, meant: date
) -> None:
    assert values.day(cell, order) == meant


@pytest.mark.parametrize("cell", ["31/02/2026", "2026", "soon", "13/13/2026", "0/1/26"])
def test_what_is_no_date_is_said_so(cell: str) -> None:
    with pytest.raises(CellFault):
        values.day(cell, "day-first")


@pytest.mark.parametrize(
    ("cell", "pence"),
    [("£1,234.50", 123450), ("12", 1200), ("GBP 3.5", 350), ("0", 0), ("£ 7", 700)],
)
def test_money_in_pounds(cell: str, pence: int) -> None:
    assert values.pence(cell) == pence


@pytest.mark.parametrize("cell", ["$5", "12.345", "-1", "NaN", "Infinity", "1e30", "x"])
def test_what_is_no_money_is_said_so(cell: str) -> None:
    with pytest.raises(CellFault):
        values.pence(cell)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Laptops", "laptop"),
        ("iPads", "tablet"),
        ("Network Switches", "network"),
        ("Virtual machine", "virtual-machine"),
        ("Audio-visual", "audio-visual"),
        ("spaceship", None),
    ],
)
def test_kinds_by_the_words_of_others(word: str, kind: str | None) -> None:
    assert presets.category_of(word) == kind


def test_an_export_of_glpi_is_known_by_its_headings() -> None:
    content = (
        b'"Name";"Entity";"Statuses";"Manufacturers";"Serial number";"Types";"Models";'
        b'"Inventory number";"Locations"\n'
        b'"PC-7";"Root > School";"In service";"Dell Inc.";"S1";"Notebook";"L3190";'
        b'"T-7";"ICT 1"\n'
    )

    table = sheet.read(content)
    preset = presets.preset_of(table.headings)
    suggested = reading.suggested(table, reading.columns_of(table))
    [told] = rows.taken(content, suggested, HERE.urn).assets

    assert preset is not None
    assert preset.name == "GLPI"
    assert (told.asset.tag, told.asset.category, told.asset.status) == (
        "T-7",
        "laptop",
        "in-use",
    )
    assert told.asset.details == {"hostname": "PC-7"}


def test_the_order_of_dates_is_what_only_one_reading_allows() -> None:
    assert values.order_of(["01/02/2026", "02/13/2026"]) == "month-first"
    assert values.order_of(["01/02/2026", "13/02/2026"]) == "day-first"
    assert values.order_of(["01/02/2026"]) == "day-first"


def test_a_letter_that_no_database_keeps_spoils_its_row_alone() -> None:
    lines = (
        b'{"tag": "a\\u0000b", "x\\u0000": 1}\n'
        b'{"tag": "b", "category": "laptop", "manufacturer": "D", "model": "L"}\n'
    )

    taken = rows.taken(lines, reading.Reading({}), HERE.urn)

    assert [told.asset.tag for told in taken.assets] == ["b"]
    assert taken.faults
    assert not [f for f in taken.faults if "\0" in f.heading + f.said]


@pytest.mark.parametrize(
    ("bought", "months", "until"),
    [
        ("30/11/2024", "3", date(2025, 2, 28)),
        ("31/01/2024", "1", date(2024, 2, 29)),
        ("01/12/2024", "12", date(2025, 12, 1)),
        ("28/12/9990", "999", None),
    ],
)
def test_a_warranty_is_counted_on_from_the_purchase(
    bought: str, months: str, until: date | None
) -> None:
    head = "Tag,Category,Make,Model,Bought,Warranty\n"
    content = f"{head}A,laptop,D,L,{bought},{months}\n".encode()
    table = sheet.read(content)
    suggested = reading.suggested(table, reading.columns_of(table))

    taken = rows.taken(content, suggested, HERE.urn)

    assert [told.asset.warranty_until for told in taken.assets] == [until] * bool(until)
    assert [f.heading for f in taken.faults] == ["Warranty"] * (until is None)
