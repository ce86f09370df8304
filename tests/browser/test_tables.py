"""The tables as they are used on a desk and on a phone: set, looked through, kept."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import fits, listen, violations
from tests.browser.tables import (
    FORMULA,
    MANAGER,
    ROWS,
    TECHNICIAN,
    Rows,
    afresh,
    cells,
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
LISTS = {
    "assets": TECHNICIAN,
    "tickets": TECHNICIAN,
    "assets of the la": MANAGER,
    "tickets of the la": MANAGER,
}
TABLES = {**LISTS, "schools of the la": MANAGER, "comparison of the la": MANAGER}
SORTED = {"assets": "Tag", "tickets": "Opened", "schools": "Pupils"}
LONG = (
    "The Blessed Robert Johnson and St Thomas of Canterbury Catholic Voluntary"
    " Academy, Primary School and Nursery"
)


@pytest.fixture(scope="module")
def rows(visitors: Visitors) -> Rows:
    return made(visitors)


@pytest.fixture(params=TABLES, ids=str)
def table(request: pytest.FixtureRequest) -> str:
    """One of the tables, of a school or of an LA."""
    name: str = request.param
    return name


@pytest.fixture
def page(window: Window, table: str) -> Iterator[Page]:
    page = window(TABLES[table])
    said = listen(page)
    yield page
    assert said == []


def test_a_heading_sorts_both_ways_and_keeps_the_focus(
    page: Page, rows: Rows, table: str
) -> None:
    title = SORTED.get(table.partition(" ")[0], "Pupils")
    afresh(page, rows.path(table))
    sort = heading(page, title).get_by_role("link")
    first = heading(page, title).get_attribute("aria-sort")
    ways = ["ascending", "descending"]
    seen: dict[str, list[str]] = {}
    for way in ways[::-1] if first == "ascending" else ways:
        sort.focus()
        page.keyboard.press("Enter")
        expect(heading(page, title)).to_have_attribute("aria-sort", way)
        expect(sort).to_be_focused()
        expect(page.locator("#told")).to_have_text(re.compile(r"\d"))
        seen[way] = cells(page, title) or headings(page)

    expect(page.locator("thead th[aria-sort]")).to_have_count(1)
    if title == "Pupils":
        up, down = ([int(n.replace(",", "")) for n in seen[way]] for way in ways)
        assert (up, down) == (sorted(up), sorted(down, reverse=True))
    else:
        assert seen["ascending"] != seen["descending"]
    page.go_back()
    before = "descending" if first == "ascending" else "ascending"
    expect(heading(page, title)).to_have_attribute("aria-sort", before)


def test_a_filter_keeps_the_order_and_is_taken_off_again(
    page: Page, rows: Rows, table: str
) -> None:
    kind = table.partition(" ")[0]
    title = {"assets": "Make and model", "tickets": "Opened"}.get(kind, "Pupils")
    afresh(page, rows.path(table))
    heading(page, title).get_by_role("link").click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")

    choice = {"assets": "printer", "tickets": "request"}.get(kind)
    if choice:
        page.fill("#q", rows.word)
        told(page, f"{ROWS} {kind} that match")
        page.select_option("#category, #kind", choice)
        told(page, f"10 {kind} that match")
        expect(page.locator("#told")).to_have_text(f"10 {kind} that match")
        # Made last is sorted first: the models are numbered the other way round.
        first = 9 if kind == "assets" else 0
        assert rows.names()[first] in headings(page)[0]
        page.click("text=Take off Search")
        expect(page.locator("#q")).to_have_value("")
        page.click("text=Clear the filters")
    else:
        page.fill("#q", "nothing-is-called-so")
        expect(page.locator("main")).to_contain_text("No school matches")
        page.get_by_role("link", name=re.compile("^(Clear|Show every)")).first.click()
    expect(page.locator(".ju-chip")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("")
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")


def test_the_way_back_leads_through_what_was_set_and_not_through_each_letter(
    window: Window, rows: Rows
) -> None:
    page = window(TECHNICIAN)
    afresh(page, rows.path("assets"))
    page.select_option("#category", "laptop")
    page.wait_for_url("**category=laptop*")
    page.fill("#q", rows.word[:4])
    page.wait_for_url(f"**q={rows.word[:4]}&**")
    page.fill("#q", rows.word)
    page.wait_for_url(f"**q={rows.word}&**")
    page.click("button:has-text('Apply')")
    told(page, "20 assets that match")

    page.go_back()
    page.wait_for_url("**category=laptop")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#category")).to_have_value("laptop")
    page.go_forward()
    expect(page.locator("#q")).to_have_value(rows.word)
    told(page, "20 assets that match")


@pytest.mark.parametrize("table", ["assets", "tickets of the la"])
def test_pages_lead_on_and_back_and_ticks_stay(
    page: Page, rows: Rows, table: str
) -> None:
    kind = table.partition(" ")[0]
    afresh(page, rows.path(table))
    page.fill("#q", rows.word)
    page.click("text=Columns and rows")
    page.select_option("[name=size]", "25")
    told(page, f"1 to 25 of 30 {kind} that match")
    go_on = page.locator(".ju-bulk [type=submit]")
    page.click("text=Tick all on this page")
    expect(go_on).to_have_text("Continue with 25")
    expect(page.locator("#told")).to_have_text("25 ticked")
    page.locator("[name=pick]").first.uncheck()
    expect(page.locator("[data-tick-page]")).to_have_text("Tick all on this page")
    first = headings(page)

    page.get_by_role("link", name="Next page").click()
    told(page, f"26 to 30 of 30 {kind} that match")
    expect(go_on).to_have_text("Continue with 24")
    expect(page.locator("[data-elsewhere]")).to_contain_text("24 of them not on this")
    page.click("text=Tick all on this page")
    expect(go_on).to_have_text("Continue with 29")
    assert not {*first} & {*headings(page)}

    page.get_by_role("link", name="Previous page").click()
    told(page, f"1 to 25 of 30 {kind} that match")
    assert headings(page) == first
    expect(page.locator("[name=pick]:checked")).to_have_count(24)
    last = page.locator("thead th:has(.ju-sort)").last
    last.get_by_role("link").click()
    expect(last).to_have_attribute("aria-sort", "ascending")
    expect(go_on).to_have_text("Continue with 29")
    page.click("text=Untick those")
    expect(page.locator("[data-elsewhere]")).to_be_hidden()
    expect(page.locator("[data-tick-page]")).to_be_focused()


@pytest.mark.parametrize("table", ["assets of the la", "schools of the la"])
def test_a_view_is_kept_chosen_renamed_and_deleted(
    page: Page, rows: Rows, table: str
) -> None:
    name, kind = f"Mine {rows.word}", table.partition(" ")[0]
    afresh(page, rows.path(table))
    views = page.locator(".ju-views")
    title = {"assets": "Make and model", "tickets": "Opened"}.get(kind, "Pupils")
    heading(page, title).get_by_role("link").click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")
    _save_view(page, name)
    flash(page, "The view has been saved.")
    # The same name again is asked for anew, and nothing that was set is lost.
    _save_view(page, name)
    expect(page.locator("#name-error")).to_contain_text("another view of this name")
    page.fill("#name", f"{name} too")
    page.get_by_role("button", name="Save this view").click()
    flash(page, "The view has been saved.")

    afresh(page, rows.path(table))
    expect(heading(page, title)).not_to_have_attribute("aria-sort", "ascending")
    views.locator("summary").click()
    views.get_by_role("link", name=name, exact=True).click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")

    views.locator("summary").click()
    views.get_by_role("button", name=f"Rename {name} too").click()
    page.fill("#name", f"{name} two")
    page.get_by_role("button", name="Rename this view").click()
    flash(page, "The view has been changed.")
    _delete_view(page, name)
    page.get_by_role("button", name="Undo").click()
    flash(page, "The view has been saved.")
    for each in (name, f"{name} two"):
        _delete_view(page, each)
    views.locator("summary").click()
    expect(views).not_to_contain_text(name)


def _save_view(page: Page, name: str) -> None:
    page.locator(".ju-views summary").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save this view").click()


def _delete_view(page: Page, name: str) -> None:
    page.locator(".ju-views summary").click()
    page.get_by_role("button", name=f"Delete {name}", exact=True).click()
    flash(page, "The view has been deleted.")


@pytest.mark.parametrize("table", ["assets", "tickets of the la", "schools of the la"])
def test_a_table_is_found_as_it_was_left(page: Page, rows: Rows, table: str) -> None:
    kind = table.partition(" ")[0]
    afresh(page, rows.path(table))
    page.click("text=Columns and rows")
    page.get_by_role("checkbox", name="Status").uncheck()
    expect(heading(page, "Status")).to_have_count(0)
    title = {"assets": "Make and model", "tickets": "Opened"}.get(kind, "Pupils")
    heading(page, title).get_by_role("link").click()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")

    page.goto("/")
    page.goto(rows.path(table))
    expect(page.locator(".ju-remembered")).to_be_visible()
    expect(heading(page, title)).to_have_attribute("aria-sort", "ascending")
    expect(heading(page, "Status")).to_have_count(0)
    page.get_by_role("link", name="Reset it").click()
    expect(page.locator(".ju-remembered")).to_have_count(0)
    expect(heading(page, "Status")).to_have_count(1)


@pytest.mark.parametrize("table", ["tickets", "assets of the la"])
def test_what_is_filtered_is_saved_and_none_of_it_runs(
    page: Page, rows: Rows, table: str
) -> None:
    kind = table.partition(" ")[0]
    afresh(page, rows.path(table))
    page.fill("#q", rows.word)
    page.select_option("#category, #kind", {"assets": "printer"}.get(kind, "request"))
    told(page, f"10 {kind} that match")
    expected = headings(page)

    head, *found = csv_rows(saved(page, "CSV"))
    assert head == page.locator("thead th:not(.ju-table__tick)").evaluate_all(
        "all => all.map((each) => each.textContent.replace(/[▲▼]/, '').trim())"
    )
    runs = [cell for row in found for cell in row if cell.startswith("=")]
    marked = [cell for row in found for cell in row if cell.startswith(f"'{FORMULA}")]
    assert (runs, len(marked)) == ([], 1)
    assert [row[0].removeprefix("'") for row in found] == expected
    count, texts = xlsx_cells(saved(page, "Excel"))
    assert count == 11
    assert {*expected} <= texts
    assert not any(name in texts for name in rows.names()[10:])


@pytest.mark.parametrize("table", ["schools of the la", "comparison of the la"])
def test_the_schools_that_are_shown_are_saved(
    page: Page, rows: Rows, table: str
) -> None:
    afresh(page, rows.path(table))
    every = headings(page)
    page.fill("#q", every[0])
    expect(page.locator("tbody tr")).not_to_have_count(len(every))
    shown = headings(page)

    _, *found = csv_rows(saved(page, re.compile("CSV")))
    by_urn = "comparison" in table
    assert [row[by_urn] for row in found] == shown
    count, texts = xlsx_cells(saved(page, re.compile("Excel|XLSX")))
    assert count == len(shown) + 1
    assert {*shown} <= texts


@pytest.mark.parametrize(
    ("table", "order", "ends"),
    [
        ("assets", "Make and model, Z to A", (0, ROWS - 1)),
        ("tickets", "Opened, oldest first", (0, ROWS - 1)),
    ],
    ids=["assets", "tickets"],
)
def test_a_phone_sorts_what_has_no_headings(
    window: Window, rows: Rows, table: str, order: str, ends: tuple[int, int]
) -> None:
    page = window(TECHNICIAN, width=375)
    afresh(page, rows.path(table))
    page.fill("#q", rows.word)
    # What is drawn anew is told once the scripts have taken it in.
    expect(page.locator("#told")).to_have_text(f"{ROWS} {table} that match")
    page.focus("#sort")
    page.get_by_label("Order", exact=True).select_option(order)
    page.wait_for_url("**sort=*")

    first, last = (rows.names()[end] for end in ends)
    expect(page.locator("tbody th").first).to_contain_text(first)
    expect(page.locator("tbody th").last).to_contain_text(last)
    expect(page.locator("#sort")).to_be_focused()
    assert fits(page)
    assert violations(page, f"{table}-ordered-375") == []


@pytest.mark.parametrize("width", [1280, 375])
def test_a_long_name_leaves_the_header_as_it_is(
    window: Window, rows: Rows, width: int
) -> None:
    page = window(TECHNICIAN, width=width)
    page.goto(rows.path("assets"))
    name = page.locator(".ju-place__name")
    height = "document.querySelector('.ju-nav').clientHeight"
    before: int = page.evaluate(height)
    name.evaluate("(link, long) => { link.textContent = link.title = long; }", LONG)

    lines = 1 if width == 1280 else 2
    assert page.evaluate(height) <= before + 24 * (lines - 1)
    assert fits(page)
    expect(name).to_have_accessible_name(LONG)
    name.click()
    page.wait_for_url(f"**/schools/{rows.urn}")
