"""What an LA agrees for its schools is read there, and ends when it says so."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, add_agreement, new_tag

Window = Callable[..., Page]


def test_what_a_manager_agrees_is_read_at_a_school_until_it_is_ended(
    window: Window, kit: Kit
) -> None:
    manager = window("la-manager", scripts=False)
    path = add_agreement(manager, f"/authorities/{kit.la_code}")
    expect(manager.locator(".ju-flash__text")).to_contain_text("has been added")
    name = manager.locator("h1").inner_text().split("\n")[-1]

    reader = window("school-technician", scripts=False)
    reader.goto(f"{kit.school}/tickets")
    reader.click("text=Agreements: what is promised")
    reader.fill("#q", name)
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=name, exact=True).click()
    expect(reader.get_by_role("table")).to_contain_text("30 minutes")
    expect(reader.locator("main")).to_contain_text("All schools of the LA")
    assert reader.get_by_role("button", name="Change").count() == 0

    manager.goto(path)
    manager.get_by_role("button", name="End it").click()
    manager.get_by_role("button", name="End it").click()
    expect(manager.locator(".ju-flash__text")).to_contain_text("The last day is saved")
    reader.reload()
    assert "for a year at a time" not in reader.content()


def test_a_time_that_is_none_is_said_at_its_field(window: Window, kit: Kit) -> None:
    page = window("school-technician", scripts=False)
    page.goto(f"{kit.school}/agreements/new")
    page.get_by_label("A supplier, or the regional").check()
    page.fill("#name", f"Projectors {new_tag()}")
    page.fill("#supplier_name", "Harland Audio-visual")
    page.fill("#starts_on", "1/9/2026")
    page.fill("#fix_minutes_2", "soon")
    page.get_by_role("button", name="Add it").click()

    page.get_by_role("link", name="Enter hours, such as 4").click()
    expect(page.locator("#fix_minutes_2")).to_be_focused()
    page.fill("#fix_minutes_2", "4:30")
    page.get_by_role("button", name="Add it").click()

    expect(page.get_by_role("table")).to_contain_text("4 hours 30 minutes")
