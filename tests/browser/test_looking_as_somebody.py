"""A manager looks as a school's technician, tries to change something, and stops."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.journeys import arrive, go, leave, look, offered
from tests.browser.pages import (
    NARROWEST,
    WIDTHS,
    Kit,
    fits,
    listen,
    looks,
    violations,
)
from tests.stack import Stack

ONLY = "You are looking as somebody else"


def technician_of(page: Page, kit: Kit) -> tuple[str, str]:
    """Say where the page of the school's technician is, and what they are called."""
    asked = f"school={kit.school.rpartition('/')[2]}&role=school-technician"
    found = page.request.get(f"/api/directory/v1/people?{asked}").json()["items"]
    return f"/people/{found[0]['person_id']}", found[0]["display_name"]


def band(page: Page) -> Locator:
    return page.get_by_role("complementary", name=ONLY)


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(WIDTHS[0], True), (WIDTHS[1], True), (WIDTHS[0], False)],
    ids=["desk", "phone", "no scripts"],
)
def test_a_manager_sees_what_the_technician_sees(
    window: Callable[..., Page], stack: Stack, kit: Kit, width: int, *, scripts: bool
) -> None:
    page = window(None, width=width, scripts=scripts)
    said = listen(page)
    arrive(page, stack, "la-manager")
    person, name = technician_of(page, kit)
    page.goto(person)
    look(page, "viewing-offered")
    page.get_by_role("button", name="See what they see").click()

    expect(band(page)).to_contain_text(f"You see what {name} sees.")
    offers = ["Home", "Assets", "Estate", "Machines", "Tickets", "Comparison"]
    assert offered_to_them(page) == offers
    look(page, "viewing-home")
    go(page, "Assets")
    expect(band(page)).to_be_visible()
    page.goto(f"{kit.asset}/edit")
    page.fill("#model", "Something else")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text(ONLY)
    expect(band(page)).to_contain_text(name)
    look(page, "viewing-only")
    page.goto("/account")
    expect(page.locator("h1")).to_have_text(ONLY)
    page.goto(kit.asset)
    expect(page.locator("main")).not_to_contain_text("Something else")

    band(page).get_by_role("button", name="Stop").click()

    expect(page.locator("h1")).to_contain_text(name)
    expect(band(page)).to_have_count(0)
    assert page.url == f"{stack.url}{person}"
    assert "People" in offered(page)
    page.goto(f"/authorities/{kit.la_code}/audit?what=viewing")
    expect(page.locator("main")).to_contain_text("Viewing ended")
    leave(page)
    assert said == []


def offered_to_them(page: Page) -> list[str]:
    """Say which pages are offered: an account is not among them."""
    if page.viewport_size is not None and page.viewport_size["width"] == WIDTHS[1]:
        page.locator(".ju-nav__narrow > summary").click()
    return page.locator("nav[aria-label=Main] a:visible").all_inner_texts()


def test_the_band_has_no_violation_and_stays_on_paper(
    window: Callable[..., Page], stack: Stack, kit: Kit
) -> None:
    page = window(None)
    arrive(page, stack, "la-manager")
    person, name = technician_of(page, kit)
    page.goto(person)
    page.get_by_role("button", name="See what they see").click()

    for path, picture in (("/", "home"), (kit.asset, "asset"), ("/account", "only")):
        page.goto(path)
        for shown in looks(page):
            expect(band(page)).to_be_visible()
            assert violations(page, f"viewing-{picture}-{shown}") == []
            assert fits(page)
    page.emulate_media(media="print", color_scheme="light")
    expect(band(page)).to_contain_text(name)
    expect(band(page).get_by_role("button", name="Stop")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert fits(page)
    band(page).get_by_role("button", name="Stop").click()
    expect(page.locator("h1")).to_contain_text(name)
