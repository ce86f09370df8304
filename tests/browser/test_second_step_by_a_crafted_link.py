"""The portal keeps the last second step that a role needs; a link to Keycloak does not.

Whoever has the password and the second step may have Keycloak take it away. They, or
whoever knows the password by then, get in again only past setting up another one.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from keycloak import KeycloakAdmin
from playwright.sync_api import Page, expect

from tests.browser.joining import choose_password, give_password, link_to, set_app_up
from tests.browser.test_from_invitation_to_first_page import invite
from tests.browser.test_passkeys import keep_codes, set_app_up_named
from tests.sign_on import administrator
from tests.stack import Stack, eventually

Window = Callable[..., Page]
CODES, APP = "recovery-authn-codes", "otp"


@pytest.fixture
def admin(stack: Stack) -> KeycloakAdmin:
    return administrator(stack)


@pytest.fixture
def newcomer(window: Window, stack: Stack) -> str:
    """Somebody invited as the LA's technician, who chose a password."""
    email = f"{uuid4().hex[:8]}@joinedup.example"
    invite(window("la-manager"), "Wilhelmina Ng", email, "la-technician", "")
    choose_password(window(None), link_to(stack, email))
    return email


def account(admin: KeycloakAdmin, email: str) -> dict[str, Any]:
    [user] = admin.get_users({"email": email, "exact": True})
    found: dict[str, Any] = user
    return found


def held(admin: KeycloakAdmin, email: str) -> dict[str, str]:
    """What somebody has at Keycloak to sign in by: ids by kind."""
    found: list[dict[str, Any]] = admin.get_credentials(account(admin, email)["id"])
    return {each["type"]: each["id"] for each in found}


def have_taken_away(page: Page, stack: Stack, credential_id: str) -> None:
    """Do as a crafted link does: our own address at Keycloak with an action in it."""
    begun = page.request.get(f"{stack.url}/login", max_redirects=0)
    action = f"kc_action=delete_credential:{credential_id}"
    page.goto(f"{begun.headers['location']}&{action}")
    page.locator("#kc-accept").click()
    page.wait_for_url(f"{stack.url}/**")


def test_who_has_nothing_left_sets_another_up_to_get_in(
    window: Window, stack: Stack, admin: KeycloakAdmin, newcomer: str
) -> None:
    page = signed_in(window(None), stack, newcomer)
    before = held(admin, newcomer)
    for kind in (CODES, APP):
        have_taken_away(page, stack, before[kind])
    assert held(admin, newcomer).keys() == {"password"}

    again = window(None)
    again.goto("/login?next=/account")
    give_password(again, newcomer)

    set_app_up(again)
    again.wait_for_url(f"{stack.url}/account")


def test_who_has_but_codes_left_sets_another_up_to_get_in(
    window: Window, stack: Stack, admin: KeycloakAdmin, newcomer: str
) -> None:
    page = window(None)
    page.goto("/login?next=/account")
    give_password(page, newcomer)
    set_app_up_named(page, "My phone")
    codes = keep_codes(page)
    page.wait_for_url(f"{stack.url}/account")
    have_taken_away(page, stack, held(admin, newcomer)[APP])
    eventually(lambda: account(admin, newcomer)["requiredActions"])

    again = window(None)
    again.goto("/login?next=/account")
    give_password(again, newcomer)
    again.fill("#recoveryCodeInput", codes[0])
    again.click("#kc-login")

    expect(again.locator("h1")).to_have_text("Set up your authenticator app")
    # Nor are they in meanwhile.
    assert "__Host-joinedup" not in {one.get("name") for one in again.context.cookies()}
    set_app_up_named(again, "Another phone")
    again.wait_for_url(f"{stack.url}/account")
    assert APP in held(admin, newcomer)


def signed_in(page: Page, stack: Stack, email: str) -> Page:
    page.goto("/login?next=/account")
    give_password(page, email)
    set_app_up(page)
    page.wait_for_url(f"{stack.url}/account")
    return page
