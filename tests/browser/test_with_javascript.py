"""What scripts add: results that follow typing, and the key to the search box."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import (
    Kit,
    add_asset,
    new_tag,
    send_register,
    unlikely_register,
)


def test_results_follow_typing_and_the_address_can_be_shared(
    window: Callable[..., Page], kit: Kit
) -> None:
    page, tag = window("school-technician"), new_tag()
    add_asset(page, kit.school, tag)

    # As somebody sees the list who has set nothing of it before.
    page.goto(f"{kit.school}/assets?reset")
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

    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("")


def test_an_asset_is_found_and_opened_by_the_keyboard_alone(
    window: Callable[..., Page], kit: Kit
) -> None:
    page, tag = window("school-technician"), new_tag()
    path = add_asset(page, kit.school, tag)

    page.goto("/keyboard")
    page.keyboard.press("/")
    page.keyboard.type(tag.lower())
    expect(page.locator("#told")).to_contain_text("1 result")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{path}")


def test_escape_closes_what_the_search_found(window: Callable[..., Page]) -> None:
    page = window("la-manager")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("school")
    expect(page.locator(".ju-quick__panel")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")

    expect(page.locator(".ju-quick__panel")).to_have_count(0)
    expect(page.locator("#search")).to_be_focused()


def test_the_quick_keys_can_be_switched_off(window: Callable[..., Page]) -> None:
    page = window("la-manager")
    page.goto("/keyboard")
    page.get_by_label("Use quick keys").uncheck()
    page.get_by_role("heading", name="Keyboard", exact=True).click()
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()

    page.get_by_label("Use quick keys").check()
    page.get_by_role("heading", name="Keyboard", exact=True).click()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_a_school_is_changed_without_leaving_the_page(
    window: Callable[..., Page],
) -> None:
    page = window("la-manager")
    page.goto("/keyboard")
    page.click("[data-switch]")
    box = page.locator("dialog input[type=search]")
    expect(box).to_be_focused()
    box.press_sequentially("zzzzzz")
    expect(page.locator("dialog")).to_contain_text("No school matches")

    # In a search box, Escape first empties the box: that is the browser's own.
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_what_was_typed_comes_back_after_signing_in_again(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician")
    page.goto(f"{kit.school}/assets/new")
    page.fill("#tag", "TYPED-1")
    page.context.clear_cookies(name="__Host-joinedup")
    page.click("text=Add the asset")
    page.click("[data-sign-in-again]")

    expect(page.locator("#tag")).to_have_value("TYPED-1")
    expect(page.locator(".ju-restored")).to_be_visible()


def test_the_work_on_a_file_is_followed_to_its_end(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("la-manager")
    content = unlikely_register(page, kit.la_code)
    send_register(page, content, "edubasealldata20300202.csv")

    expect(page).to_have_title(re.compile("^Ready to apply:"), timeout=60_000)
    expect(page.locator("progress")).to_have_count(0)
