"""What scripts add: results that follow typing, and the key to the search box."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, add_asset, new_tag


def test_results_follow_typing_and_the_address_can_be_shared(
    window: Callable[..., Page], kit: Kit
) -> None:
    page, tag = window("school-technician"), new_tag()
    add_asset(page, kit.school, tag)

    page.goto(f"{kit.school}/assets")
    page.fill("#q", tag)
    page.wait_for_url(f"**q={tag}*")

    expect(page.locator("tbody tr")).to_have_count(1)
    page.reload()
    expect(page.locator("#q")).to_have_value(tag)


def test_the_slash_key_goes_to_the_search_box(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician")
    page.goto(f"{kit.school}/assets")
    page.keyboard.press("/")

    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")
