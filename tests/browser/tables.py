"""What the tests of tables share: rows of their own, and ways to read a table."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

from playwright.sync_api import Locator, Page, expect

from tests.chromium import Visitors

ROWS = 30
FORMULA = "=1+1"
TECHNICIAN, MANAGER = "school-technician", "la-manager"
SERVICES = {"assets": "inventory", "tickets": "servicedesk"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Assets and tickets of one school that one word finds, and where they are listed.

    The first ten assets are printers, of the tickets the first ten are requests; the
    rest are laptops and incidents. Row 3 holds what a spreadsheet would run.
    """

    word: str
    urn: int
    la_code: str

    def path(self, table: str) -> str:
        kind, _, place = table.partition(" of the ")
        root = f"/authorities/{self.la_code}" if place else f"/schools/{self.urn}"
        return f"{root}/{kind}"

    def names(self) -> list[str]:
        """What the rows are called, in the order in which they were made."""
        return [f"{self.word}-{number:02}" for number in range(ROWS)]


def made(visitors: Visitors) -> Rows:
    """Make the rows, as a system does that connects to the API."""
    told = visitors.stack.signins[TECHNICIAN]
    word = f"w{uuid4().hex[:8]}"
    rows = Rows(word, told["schools"][0], told["la_code"])
    with visitors.window(TECHNICIAN, scripts=False) as context:
        page = context.new_page()
        page.goto("/")
        for number, name in enumerate(rows.names()):
            _post(page, "assets", _asset(rows, number, name))
            _post(page, "tickets", _ticket(rows, number, name))
    return rows


def _asset(rows: Rows, number: int, name: str) -> dict[str, Any]:
    return {
        "school_urn": rows.urn,
        "tag": name,
        "category": "printer" if number < ROWS // 3 else "laptop",
        "manufacturer": "Lenovo",
        # The other way round than the tags.
        "model": f"{rows.word} m{ROWS - number:02}",
        "room": FORMULA if number == 3 else "Library",
    }


def _ticket(rows: Rows, number: int, name: str) -> dict[str, Any]:
    return {
        "school_urn": rows.urn,
        "summary": f"{FORMULA} {name}" if number == 3 else name,
        "kind": "request" if number < ROWS // 3 else "incident",
    }


def _post(page: Page, kind: str, body: dict[str, Any]) -> None:
    token = page.locator("input[name=csrf_token]").first.get_attribute("value")
    url = f"/api/{SERVICES[kind]}/v1/{kind}"
    origin = re.match("https?://[^/]+", page.url)
    assert token is not None
    assert origin is not None
    headers = {"x-csrf-token": token, "origin": origin[0]}
    answer = page.request.post(url, data=body, headers=headers)
    assert answer.status == 201, answer.text()


def stored(page: Page, rows: Rows, kind: str) -> list[str]:
    """Say the status of each row, as the API says it, in the order of `names`."""
    path = f"/api/{SERVICES[kind]}/v1/{kind}?school={rows.urn}&q={rows.word}&limit=200"
    items = page.request.get(path).json()["items"]
    name = {"assets": "tag", "tickets": "summary"}[kind]
    assert len(items) == ROWS
    by_name = {item[name].removeprefix(f"{FORMULA} "): item["status"] for item in items}
    return [by_name[each] for each in rows.names()]


def afresh(page: Page, path: str) -> None:
    """Open a table as somebody sees it who has set nothing."""
    page.goto(f"{path}?reset")


def headings(page: Page) -> list[str]:
    """What each row is called."""
    return page.locator("tbody th a").all_inner_texts()


def cells(page: Page, title: str) -> list[str]:
    """What stands in one column."""
    return page.locator(f'tbody td[data-label="{title}"]').all_inner_texts()


def heading(page: Page, title: str) -> Locator:
    named = re.compile(rf"^\s*{title}\s*[▲▼]?\s*$")
    return page.locator("thead th").filter(has_text=named)


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """The table says it, and says it aloud where there are scripts."""
    expect(page.locator(".ju-result-line [role=status]")).to_have_text(words)


def flash(page: Page, words: str) -> None:
    expect(page.locator(".ju-flash__text")).to_have_text(words)


def tick(page: Page, names: Sequence[str]) -> None:
    for name in names:
        page.locator("tbody tr").filter(has_text=name).locator("[name=pick]").check()


def saved(page: Page, link: str | re.Pattern[str]) -> Path:
    """Save a file by its link, and say where it is."""
    with page.expect_download() as download:
        page.locator(".ju-files, .ju-result-line").get_by_role(
            "link", name=link
        ).first.click()
    assert download.value.failure() is None
    return Path(download.value.path())


def csv_rows(file: Path) -> list[list[str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def xlsx_cells(file: Path) -> tuple[int, set[str]]:
    """Say how many rows a workbook has, and what its text says; nothing in it runs."""
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        texts = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
    assert b"<f>" not in sheet
    return sheet.count(b"<row "), {"".join(each.itertext()) for each in texts}
