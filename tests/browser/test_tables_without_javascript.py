"""The tables in a browser that runs no script: set, looked through, kept, saved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tables import (
    FORMULA,
    MANAGER,
    ROWS,
    TECHNICIAN,
    Rows,
    afresh,
    csv_rows,
    flash,
    heading,
    headings,
    made,
    saved,
    told,
    xlsx_cells,
)
from tests.chromium import Visitors

Window = Callable[..., Page]
LISTS = {"assets": TECHNICIAN, "tickets of the la": MANAGER}


@pytest.fixture(scope="module")
def rows(visitors: Visitors) -> Rows:
    return made(visitors)


@pytest.fixture(params=LISTS, ids=str)
def table(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def page(window: Window, table: str) -> Page:
    return window(LISTS[table], scripts=False)


def test_a_table_is_filtered_sorted_and_looked_through(
    page: Page, rows: Rows, table: str
) -> None:
    kind = table.partition(" ")[0]
    title = {"assets": "Make and model", "tickets": "Opened"}[kind]
    afresh(page, rows.path(table))
    heading(page, title).get_by_role("link").click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")
    page.click("text=Columns and rows")
    page.select_option("[name=size]", "25")
    page.fill("#q", rows.word)
    page.click("button:has-text('Apply')")
    told(page, f"1 to 25 of {ROWS} {kind} that match")
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")
    first = headings(page)
    order = rows.names()[::-1] if kind == "assets" else rows.names()
    assert [each.removeprefix(f"{FORMULA} ") for each in first] == order[:25]

    page.get_by_role("link", name="Next page").click()
    told(page, f"26 to {ROWS} of {ROWS} {kind} that match")
    page.get_by_role("link", name="Previous page").click()
    assert headings(page) == first
    heading(page, title).get_by_role("link").click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "descending")
    told(page, f"1 to 25 of {ROWS} {kind} that match")

    _, *found = csv_rows(saved(page, "CSV"))
    assert [row[0].removeprefix("'") for row in found][:25] == headings(page)
    assert xlsx_cells(saved(page, "Excel"))[0] == ROWS + 1
    page.click("text=Clear the filters")
    expect(page.locator(".ju-chip")).to_have_count(0)
    expect(heading(page, title)).to_have_attribute("aria-sort", "descending")
    page.goto("/")
    page.goto(rows.path(table))
    expect(heading(page, title)).to_have_attribute("aria-sort", "descending")
    page.click("text=Reset it")
    expect(page.locator(".ju-remembered")).to_have_count(0)


def test_a_phone_sorts_by_a_button(window: Window, rows: Rows) -> None:
    page = window(TECHNICIAN, width=375, scripts=False)
    page.goto(f"{rows.path('assets')}?q={rows.word}")
    page.get_by_label("Order", exact=True).select_option("Tag, Z to A")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page.locator("tbody th").first).to_contain_text(rows.names()[-1])
    expect(page.locator("#q")).to_have_value(rows.word)


@pytest.mark.parametrize("table", ["assets"])
def test_a_view_is_kept_chosen_renamed_and_deleted(
    page: Page, rows: Rows, table: str
) -> None:
    name = f"Plain {rows.word}"
    page.goto(f"{rows.path(table)}?q={rows.word}&size=25")
    views = page.locator(".ju-views")
    views.locator("summary").click()
    views.get_by_label("Name", exact=True).fill(name)
    views.get_by_role("button", name="Save this view").click()
    flash(page, "The view has been saved.")
    afresh(page, rows.path(table))
    views.locator("summary").click()
    views.get_by_role("link", name=name).click()
    expect(page.locator("#q")).to_have_value(rows.word)

    views.locator("summary").click()
    views.get_by_role("button", name=f"Rename {name}").click()
    page.fill("#name", "")
    page.get_by_role("button", name="Rename this view").click()
    expect(page.locator("#name-error")).to_contain_text("Give the view a name")
    page.fill("#name", f"{name} two")
    page.get_by_role("button", name="Rename this view").click()
    flash(page, "The view has been changed.")
    for step in ("Delete", "Undo", "Delete"):
        if step == "Delete":
            views.locator("summary").click()
            page.get_by_role("button", name=f"Delete {name} two").click()
            flash(page, "The view has been deleted.")
        else:
            page.get_by_role("button", name="Undo").click()
            flash(page, "The view has been saved.")
