"""The journeys of the portal in a browser that runs no script at all."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    Kit,
    add_asset,
    look_until,
    new_tag,
    send_register,
    unlikely_register,
)


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    return window("school-technician", scripts=False)


def told(page: Page, words: str) -> None:
    """The page after the form says so, once."""
    expect(page.locator(".ju-flash__text")).to_have_text(words)


def test_an_asset_is_added_changed_moved_retired_and_reinstated(
    page: Page, kit: Kit
) -> None:
    path = add_asset(page, kit.school, new_tag())
    page.reload()
    expect(page.locator(".ju-flash__text")).to_have_count(0)

    page.goto(f"{path}/edit")
    page.fill("#model", "ThinkPad L14")
    page.click("text=Save changes")
    told(page, "Your changes have been saved.")

    page.goto(f"{path}/move")
    page.fill("#room", "Library")
    page.click("button:has-text('Move it')")
    told(page, "The asset has been moved.")

    page.goto(f"{path}/retire")
    page.click("button:has-text('Retire it')")
    told(page, "The asset has been retired.")
    expect(page.locator("main")).to_contain_text("no longer counts as a device")

    page.click("button:has-text('Reinstate it')")
    told(page, "The asset has been reinstated: it is as it was.")
    expect(page.locator("main")).to_contain_text("Library")
    page.click("button:has-text('Undo')")
    told(page, "The asset has been retired.")
    steps = page.locator(".ju-timeline strong")
    said = ["Added", "Changed", "Moved", "Retired", "Reinstated", "Retired"]
    expect(steps).to_have_text(said)


def test_a_tag_that_is_taken_is_said_at_the_tag(page: Page, kit: Kit) -> None:
    tag = new_tag()
    add_asset(page, kit.school, tag)

    page.goto(f"{kit.school}/assets/new")
    page.fill("#tag", tag)
    page.select_option("#category", "laptop")
    page.fill("#manufacturer", "Apple")
    page.fill("#model", "MacBook Air")
    page.click("text=Add the asset")

    expect(page.locator("#tag-error")).to_contain_text("taken")
    expect(page.locator("#model")).to_have_value("MacBook Air")


def test_two_edits_that_meet_are_shown_and_the_person_decides(
    page: Page, kit: Kit
) -> None:
    path = add_asset(page, kit.school, new_tag())
    page.goto(f"{path}/edit")
    other = page.context.new_page()
    other.goto(f"{path}/edit")
    other.fill("#model", "Theirs")
    other.click("text=Save changes")

    page.fill("#model", "Mine")
    page.click("text=Save changes")
    expect(page.locator(".ju-stale tbody tr")).to_have_count(1)
    expect(page.locator(".ju-stale tbody")).to_contain_text("Theirs")
    page.click("text=Save my values")

    expect(page.locator("main")).to_contain_text("Mine")


def test_assets_are_searched_and_filtered(page: Page, kit: Kit) -> None:
    tag = new_tag()
    add_asset(page, kit.school, tag)

    page.goto(f"{kit.school}/assets")
    page.fill("#q", tag)
    page.click("text=Apply")
    expect(page.locator("tbody tr")).to_have_count(1)

    page.select_option("#status", "retired")
    page.click("text=Apply")
    expect(page.locator("main")).to_contain_text("Nothing matches")


def test_a_ticket_goes_from_report_to_close(page: Page, kit: Kit) -> None:
    page.goto(kit.asset)
    page.click("text=Report a fault with it")
    page.fill("#summary", "The screen flickers")
    page.click("button:has-text('Send')")
    expect(page.locator(".ju-flash__text")).to_contain_text(
        "The ticket has been opened"
    )

    page.fill("#body", "It began on Friday.")
    page.click("text=Add the comment")
    expect(page.locator(".ju-comment")).to_contain_text("It began on Friday.")
    for step, words in (
        ("Resolve", "resolved"),
        ("Reopen", "reopened"),
        ("Resolve", "resolved"),
        ("Close", "closed"),
    ):
        page.get_by_role("button", name=step, exact=True).click()
        told(page, f"The ticket has been {words}.")
    expect(page.locator("#record .ju-timeline li")).to_have_count(5)


def test_the_comparison_is_sorted_filtered_and_downloaded(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("la-manager", scripts=False)
    page.goto(f"/authorities/{kit.la_code}/comparison")
    page.get_by_role("columnheader", name="Pupils", exact=True).get_by_role(
        "link"
    ).click()
    heading = page.get_by_role("columnheader", name="Pupils", exact=False).first
    expect(heading).to_have_attribute("aria-sort", "ascending")

    with page.expect_download() as download:
        page.click("text=Download CSV")
    name = download.value.suggested_filename
    assert re.fullmatch(r"comparison-[a-z-]+-\d{4}-\d\d-\d\d\.csv", name)


def test_signing_out_ends_the_visit(stack_page: Page) -> None:
    stack_page.click("text=Sign out")
    stack_page.goto("/switch-school")

    expect(stack_page.locator("#username")).to_be_visible()


@pytest.fixture
def stack_page(window: Callable[..., Page]) -> Page:
    """A visit of its own, since it is ended."""
    page = window("auditor", scripts=False)
    page.goto("/")
    return page


def test_a_step_is_taken_back_from_the_page_that_says_it(page: Page, kit: Kit) -> None:
    path = add_asset(page, kit.school, new_tag())
    page.goto(f"{path}/move")
    page.fill("#room", "Library")
    page.click("button:has-text('Move it')")
    page.get_by_role("button", name="Undo").click()

    told(page, "The asset has been moved.")
    named = page.get_by_text("Place", exact=True)
    place = page.locator(".govuk-summary-list__row", has=named)
    expect(place).to_contain_text("Not recorded")


def test_a_file_of_the_register_is_read_doubted_and_given_up(
    window: Callable[..., Page], kit: Kit
) -> None:
    page, name = window("la-manager", scripts=False), "edubasealldata20300101.csv"
    send_register(page, unlikely_register(page, kit.la_code), name)
    look_until(page, "Ready to apply")
    expect(page.locator("main")).to_contain_text("2 rows cannot be read")

    page.click("main a:has-text('Apply ')")
    page.click("button:has-text('Apply ')")
    expect(page.locator("#overrides-error")).to_contain_text("Tick each of these")
    page.click("text=Change nothing")
    page.click("text=Give this import up")
    page.click("button:has-text('Give it up')")

    told(page, "The import has been given up. Nothing was changed.")
    page.goto("/register")
    expect(page.locator("tbody tr").first).to_contain_text("Given up")
