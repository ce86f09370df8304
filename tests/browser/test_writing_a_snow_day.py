"""A technician writes a snow day down, by keys alone, and sees the count change."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.keys import press, tab_to
from tests.browser.pages import Kit, fits, listen, looks, violations

Window = Callable[..., Page]
MONDAY = "25/1/2027"


def days(page: Page) -> int:
    """Read how many school days the year holds, as the page says."""
    return int(
        page.locator(".ju-count", has_text="School days").locator("dd").inner_text()
    )


def test_a_snow_day_is_written_down_and_taken_away(window: Window, kit: Kit) -> None:
    page = window("school-technician")
    said = listen(page)
    page.goto(kit.school)
    press(page, f"main a[href='{kit.school}/calendar']")
    page.wait_for_url("**/calendar")
    page.goto(f"{kit.school}/calendar?year=2026")
    before = days(page)
    press(page, f"a[href='{kit.school}/calendar/add/closure']")
    page.wait_for_url("**/add/closure")
    tab_to(page, "#first")
    page.keyboard.press("Control+A")
    page.keyboard.type(MONDAY)
    tab_to(page, "#name")
    page.keyboard.type("Snow")
    press(page, "main form button", "Space")

    expect(page.locator(".ju-flash")).to_contain_text("The calendar has been changed")
    assert days(page) == before - 1
    closed = page.locator(".ju-month td", has_text="Closed: Snow").filter(has_text="25")
    expect(closed).to_have_count(1)
    for shown in looks(page):
        assert violations(page, f"calendar-snow-{shown}") == []
        assert fits(page)

    press(page, "a[href$='what=closure.2027-01-25']")
    expect(page.locator("h1")).to_contain_text("Remove Closed: Snow?")
    press(page, "main form button")
    page.wait_for_url("**/calendar?year=2026")
    expect(page.locator(".ju-flash")).to_contain_text("The calendar has been changed")
    assert days(page) == before
    assert said == []


def test_many_schools_are_told_apart_before_they_are_written(
    window: Window, kit: Kit
) -> None:
    """By phase: asked how many, and back to what was entered."""
    page = window("la-manager")
    page.goto(f"/authorities/{kit.la_code}/calendar/many")
    page.select_option("#kind", "closure")
    page.fill("#first", MONDAY)
    page.fill("#name", "Storm")
    page.check("[name=choice][value=phase]")
    page.check("[name=phase][value=secondary]")
    page.click("text=Go on")

    expect(page.locator("h1")).to_contain_text(re.compile(r"Add it at \d+ schools?\?"))
    for shown in looks(page):
        assert violations(page, f"calendar-many-{shown}") == []
        assert fits(page)
    page.click("text=Change something")
    expect(page.locator("#name")).to_have_value("Storm")
    expect(page.locator("[name=phase][value=secondary]")).to_be_checked()
