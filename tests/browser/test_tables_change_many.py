"""Many rows of a table changed at once: chosen over pages, confirmed, taken back.

On a desk, without JavaScript, and by keys alone; what the API says is what was done.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keys import back_to, press, tab_to
from tests.browser.pages import listen, violations
from tests.browser.tables import (
    MANAGER,
    ROWS,
    TECHNICIAN,
    Rows,
    afresh,
    flash,
    made,
    stored,
    tick,
    told,
)
from tests.chromium import Visitors

Window = Callable[..., Page]
CHANGES = {
    "assets": (TECHNICIAN, "set-in-store", "in-use", "in-store"),
    "tickets": (TECHNICIAN, "resolve", "open", "resolved"),
    "assets of the la": (MANAGER, "retire", "in-use", "retired"),
    "tickets of the la": (MANAGER, "resolve", "open", "resolved"),
}


@pytest.fixture
def rows(visitors: Visitors) -> Rows:
    return made(visitors)


@pytest.mark.parametrize("table", CHANGES, ids=str)
def test_what_is_ticked_on_two_pages_is_changed_and_taken_back(
    window: Window, rows: Rows, table: str
) -> None:
    role, action, before, after = CHANGES[table]
    kind = table.partition(" ")[0]
    page = window(role)
    said = listen(page)
    afresh(page, rows.path(table))
    page.goto(f"{rows.path(table)}?q={rows.word}&size=25&sort={_order(kind)}")
    page.click("text=Tick all on this page")
    tick(page, rows.names()[:1] if kind == "assets" else rows.names()[-1:])
    page.locator("[name=pick]").first.uncheck()
    page.get_by_role("link", name="Next page").click()
    page.locator("[name=pick]").first.check()
    page.select_option("[name=action]", action)
    page.click("text=Continue with 25")
    expect(page.locator("h1")).to_contain_text(f"25 {kind}")
    assert violations(page, f"{kind}-confirm-1280") == []

    # Nothing is lost by who thinks again.
    page.click("text=Change nothing")
    told(page, f"26 to 30 of 30 {kind} that match")
    page.select_option("[name=action]", action)
    page.click("text=Continue with 25")
    assert {*stored(page, rows, kind)} == {before}
    page.locator("main form button").click()
    flash(page, f"The {kind} you chose have been changed.")
    told(page, f"26 to 30 of 30 {kind} that match")
    expect(page.locator(".ju-bulk [type=submit]")).to_have_text("Continue")
    order = rows.names() if kind == "assets" else rows.names()[::-1]
    status = dict(zip(rows.names(), stored(page, rows, kind), strict=True))
    assert [status[name] for name in order] == [before, *[after] * 25, *[before] * 4]

    page.get_by_role("button", name="Undo").click()
    flash(page, "It has been undone: everything is as it was.")
    assert {*stored(page, rows, kind)} == {before}
    assert said == []


def _order(kind: str) -> str:
    return "tag" if kind == "assets" else "-opened_at"


@pytest.mark.parametrize("table", ["assets", "tickets"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_all_that_match_are_changed_and_taken_back(
    window: Window, rows: Rows, table: str, scripts: bool
) -> None:
    role, action, before, after = CHANGES[table]
    page = window(role, scripts=scripts)
    page.goto(f"{rows.path(table)}?q={rows.word}&size=25")
    page.get_by_label(f"All {ROWS} {table} that match").check()
    page.select_option("[name=action]", action)
    page.locator(".ju-bulk [type=submit]").click()
    expect(page.locator("h1")).to_contain_text(f"{ROWS} {table}")
    page.locator("main form button").click()
    flash(page, f"The {table} you chose have been changed.")
    assert {*stored(page, rows, table)} == {after}

    page.get_by_role("button", name="Undo").click()
    flash(page, "It has been undone: everything is as it was.")
    assert {*stored(page, rows, table)} == {before}


def test_what_left_the_list_leaves_no_empty_page(window: Window, rows: Rows) -> None:
    page = window(TECHNICIAN)
    page.goto(f"{rows.path('assets')}?q={rows.word}&status=in-use&size=25")
    page.get_by_role("link", name="Next page").click()
    page.click("text=Tick all on this page")
    page.select_option("[name=action]", "set-in-store")
    page.click("text=Continue with 5")
    page.locator("main form button").click()

    flash(page, "The assets you chose have been changed.")
    told(page, "25 assets that match")
    assert stored(page, rows, "assets").count("in-store") == 5


def test_some_are_changed_without_a_mouse(window: Window, rows: Rows) -> None:
    page = window(TECHNICIAN)
    afresh(page, rows.path("assets"))
    tab_to(page, "main #q")
    page.keyboard.type(rows.word)
    told(page, f"{ROWS} assets that match")
    press(page, "#sort-model")
    expect(page.locator("[aria-sort=ascending]")).to_contain_text("Make and model")
    expect(page.locator("#sort-model")).to_be_focused()
    press(page, "[name=pick]", "Space")
    press(page, "[name=pick]", "Space")
    back_to(page, "[name=action]")
    page.keyboard.type("Retire")
    expect(page.locator("[name=action]")).to_have_value("retire")
    press(page, ".ju-bulk [type=submit]")
    expect(page.locator("h1")).to_contain_text("Retire: 2 assets")
    press(page, "main form button")
    flash(page, "The assets you chose have been changed.")
    assert stored(page, rows, "assets")[-2:] == ["retired", "retired"]

    press(page, ".ju-flash__undo")
    flash(page, "It has been undone: everything is as it was.")
    assert {*stored(page, rows, "assets")} == {"in-use"}
