"""A passkey in place of an app: set up, used, lost and replaced, in real Chromium.

The browser holds an authenticator of its own making, as a phone or a computer would be;
everything else is the product's and Keycloak's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import CDPSession, Page, expect

from local_stack import realm, second_factor
from local_stack.place import REALM
from tests import authenticator
from tests.browser.joining import choose_password, give_password, link_to
from tests.browser.journeys import look
from tests.browser.test_from_invitation_to_first_page import invite
from tests.browser.test_keycloak_pages import PASSWORD, judge, someone
from tests.sign_on import administrator
from tests.stack import Stack, eventually

Window = Callable[..., Page]
ON_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Keyring:
    """What holds the passkeys of one browser."""

    cdp: CDPSession
    id: str

    def held(self) -> list[dict[str, Any]]:
        """The passkeys that it holds: whoever has them has the device."""
        told = {"authenticatorId": self.id}
        found: list[dict[str, Any]] = self.cdp.send("WebAuthn.getCredentials", told)[
            "credentials"
        ]
        return found

    def take(self, passkey: dict[str, Any]) -> None:
        told = {"authenticatorId": self.id, "credential": passkey}
        self.cdp.send("WebAuthn.addCredential", told)


def keyring(page: Page) -> Keyring:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable", {"enableUI": False})
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": ON_A_PHONE})
    return Keyring(cdp, made["authenticatorId"])


@pytest.fixture
def newcomer(window: Window, stack: Stack) -> str:
    """Somebody invited as the LA's technician, who chose a password."""
    email = f"{uuid4().hex[:8]}@joinedup.example"
    invite(window("la-manager"), "Wilhelmina Ng", email, "la-technician", "")
    choose_password(window(None), link_to(stack, email))
    return email


def set_passkey_up(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_have_text("Set up a passkey")
    page.fill("#authenticatorLabel", name)
    page.click("#passkey")


def keep_codes(page: Page) -> list[str]:
    expect(page.locator("h1")).to_have_text("Keep your recovery codes")
    codes = page.locator("#kc-recovery-codes-list li").all_inner_texts()
    page.check("#kcRecoveryCodesConfirmationCheck")
    page.click("#saveRecoveryAuthnCodesBtn")
    return codes


def second_steps(page: Page) -> list[str]:
    page.goto("/account")
    rows = page.locator("section[aria-labelledby=second-steps] tbody th")
    return [" ".join(each.split()) for each in rows.all_inner_texts()]


def test_from_an_invitation_to_a_passkey_its_loss_and_a_new_one(
    window: Window, stack: Stack, newcomer: str
) -> None:
    page = window(None)
    keys = keyring(page)
    page.goto("/login?next=/account")
    give_password(page, newcomer)
    expect(page.locator("h1")).to_have_text("Set up your authenticator app")
    page.click("#with-passkey")
    give_password(page, newcomer)
    expect(page.locator("h1")).to_have_text("Set up a passkey")
    expect(page.locator("[role=alert]")).to_be_hidden()
    judge(page, "passkey-set-up")
    set_passkey_up(page, "My phone")
    codes = keep_codes(page)

    # On, to where they were going before they changed their mind.
    page.wait_for_url(f"{stack.url}/account")
    assert second_steps(page) == ["Passkey “My phone”", "Recovery codes 12 codes left"]
    expect(page.locator("section[aria-labelledby=seats]")).to_contain_text(
        re.compile(r"Chrome on Linux, this one")
    )
    look(page, "account-with-passkey")
    page.click("a:has-text('Remove Passkey')")
    expect(page.locator("main")).to_contain_text("It is your last one, and it stays")
    look(page, "second-step-needed")

    signed_out = window(None)
    device = keyring(signed_out)
    device.take(keys.held()[0])
    signed_out.goto("/login?next=/account")
    give_password(signed_out, newcomer)
    expect(signed_out.locator("h1")).to_have_text("Use your passkey")
    expect(signed_out.locator("#passkeys")).to_contain_text("My phone")
    judge(signed_out, "passkey")
    signed_out.click("#passkey")
    signed_out.wait_for_url(f"{stack.url}/account")

    lost = comes_in_with_a_code(window(None), newcomer, codes[0])
    lost.wait_for_url(f"{stack.url}/account")
    assert second_steps(lost)[1] == "Recovery codes 11 codes left"
    lost.click("section[aria-labelledby=second-steps] >> text=authenticator app")
    set_app_up_named(lost, "New phone")
    lost.wait_for_url(f"{stack.url}/account")
    lost.click("a:has-text('Remove Passkey')")
    look(lost, "second-step-remove")
    lost.click("text=Remove it")
    expect(lost.locator(".ju-flash")).to_contain_text("nobody signs in with it")
    left = second_steps(lost)
    assert left[0].startswith("Authenticator app “New phone”")
    assert not any("Passkey" in each for each in left)
    _is_recorded(window("la-manager"), stack)


def comes_in_with_a_code(lost: Page, newcomer: str, code: str) -> Page:
    """Come in without the device that holds the passkey."""
    keyring(lost)
    lost.goto("/login?next=/account")
    give_password(lost, newcomer)
    expect(lost.locator("[role=alert]")).to_be_hidden()
    lost.click("#passkey")
    expect(lost.get_by_role("alert")).to_contain_text("It was not used")
    judge(lost, "passkey-not-used")
    lost.get_by_role("button", name="Sign in another way").click()
    lost.get_by_role("button", name="Recovery code").click()
    lost.fill("#recoveryCodeInput", code)
    lost.click("#kc-login")
    return lost


def set_app_up_named(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_have_text("Set up your authenticator app")
    page.click("#mode-manual")
    key = page.locator("#kc-totp-secret-key").inner_text().replace(" ", "")
    page.fill("#userLabel", name)
    page.fill("#totp", authenticator.unused_code(key))
    page.click("#saveTOTPBtn")


def _is_recorded(manager: Page, stack: Stack) -> None:
    """Each change is in the LA's record: what came at Keycloak, and what went here."""
    la = stack.signins["la-manager"]["la_code"]

    def said() -> bool:
        manager.goto(f"/authorities/{la}/audit?what=second-step")
        text = manager.locator("main").inner_text()
        return "Second step added" in text and "Second step removed" in text

    eventually(said)


def test_keycloak_has_no_way_around_the_second_step(
    stack: Stack, window: Window
) -> None:
    """A password alone opens none of its own consoles, nor gives a token."""
    admin = administrator(stack)
    where = f"{stack.place.keycloak_url}/realms/{REALM}"
    with someone(admin, role="la-manager") as username:
        form = {
            "grant_type": "password",
            "client_id": "admin-cli",
            "username": username,
            "password": PASSWORD,
        }
        answer = httpx.post(f"{where}/protocol/openid-connect/token", data=form)
        assert answer.status_code in {400, 401}, answer.text
        assert "access_token" not in answer.json()
    page = window(None)
    for client in ("account-console", "security-admin-console"):
        page.goto(
            f"{where}/protocol/openid-connect/auth?client_id={client}"
            f"&response_type=code&redirect_uri={where}/account/"
        )
        expect(page.locator("#kc-error-message")).to_be_visible()


def test_the_sign_on_is_repaired_to_it(stack: Stack) -> None:
    """What somebody changed at Keycloak is put right by the next start."""
    admin = administrator(stack)
    console = str(admin.get_client_id("account-console"))
    admin.update_client(console, admin.get_client(console) | {"enabled": True})
    passkey = next(
        each
        for each in admin.get_required_actions()
        if each["alias"] == "webauthn-register"
    )
    admin.update_required_action("webauthn-register", passkey | {"enabled": False})
    admin.update_realm(REALM, {"browserFlow": "browser"})

    realm.ensure(stack.place)

    actions = {each["alias"]: each for each in admin.get_required_actions()}
    assert actions["webauthn-register"]["enabled"]
    assert not admin.get_client(console)["enabled"]
    assert admin.get_realm(REALM)["browserFlow"] == second_factor.FLOW
