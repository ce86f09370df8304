"""From an invitation to the first page: mail, password, authenticator app, and in."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.joining import choose_password, give_password, link_to, set_app_up
from tests.browser.journeys import look
from tests.stack import Stack

Window = Callable[..., Page]


def invite(page: Page, name: str, email: str, role: str, place: str) -> None:
    page.goto("/people/new")
    page.fill("#display_name", name)
    page.fill("#email", email)
    page.select_option("#role-0", role)
    page.fill("#place-0", place)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".ju-flash")).to_contain_text("have been invited")


def test_who_is_to_have_a_second_step_sets_it_up_on_the_way_in(
    window: Window, stack: Stack
) -> None:
    email = f"{uuid4().hex[:8]}@joinedup.example"
    manager = window("la-manager")
    invite(manager, "Wilhelmina Ng", email, "la-technician", "")
    link = link_to(stack, email)
    manager.reload()
    expect(manager.locator("main")).to_contain_text("Sent")
    look(manager, "invitation-sent")

    page = window(None)
    choose_password(page, link)
    give_password(page, email)
    set_app_up(page)

    expect(page).to_have_title(re.compile("Joinedup$"))
    expect(page.locator("main")).to_be_visible()
    assert page.url.startswith(stack.url)
    look(page, "invited-first-page")
    manager.reload()
    expect(manager.locator("main")).to_contain_text("Active")


def test_staff_of_a_school_come_in_by_a_password_alone(
    window: Window, stack: Stack
) -> None:
    email = f"{uuid4().hex[:8]}@joinedup.example"
    urn = stack.signins["school-technician"]["schools"][0]
    invite(window("la-manager"), "Ola Brandt", email, "staff", str(urn))

    page = window(None)
    choose_password(page, link_to(stack, email))
    give_password(page, email)

    expect(page.locator("main")).to_be_visible()
    assert page.url.startswith(stack.url)
