"""Keycloak's own pages: ours in looks and words, and without a violation of WCAG.

Each is reached as a person reaches it, then judged on a desk and on a phone, light and
dark.
"""

import json
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from keycloak import KeycloakAdmin
from playwright.sync_api import Page, expect

from contracts import roles
from local_stack import keycloak_server
from local_stack.place import REALM
from tests import authenticator
from tests.browser.pages import NARROWEST, fits, listen, looks, violations
from tests.stack import Stack, eventually

PASSWORD = "correct horse battery"
NEW_PASSWORD = "incorrect zebra charger"
LINK = re.compile(r"http://\S+")
WRONG = "The username or the password is wrong. Check both and try again."
NOT_IN_DIRECTORY = "You have no place in the directory yet"
SECRET = "NHD8tBpnkxyMRvjMzvVg"

Window = Callable[..., Page]


def judge(page: Page, name: str) -> None:
    """Hold a page to what holds everywhere: WCAG, width, words in its title."""
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.title().endswith("Joinedup")
    failed = page.locator(".govuk-error-summary, #kc-error-message").count() > 0
    assert page.title().startswith("Error: ") is failed
    if page.locator(".govuk-error-summary").count() > 0:
        page.wait_for_selector(".govuk-error-summary:focus")
    for shown in looks(page):
        assert violations(page, f"keycloak-{name}-{shown}") == []
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert fits(page)


@pytest.fixture
def page(window: Window) -> Generator[Page]:
    """A page of nobody; that its scripts and styles all ran is judged at the end."""
    made = window(None)
    said = listen(made)
    yield made
    assert said == []


@pytest.fixture
def admin(stack: Stack) -> KeycloakAdmin:
    return KeycloakAdmin(
        server_url=stack.place.keycloak_url,
        realm_name=REALM,
        user_realm_name="master",
        client_id=keycloak_server.ADMIN_CLIENT,
        client_secret_key=keycloak_server.admin_secret(stack.place),
        timeout=60,
    )


@contextmanager
def someone(
    admin: KeycloakAdmin, *actions: str, totp: bool = False, role: str = "staff"
) -> Generator[str]:
    """A person for one test, who must do these things on signing in."""
    username = f"throw-away-{uuid4().hex[:8]}"
    credentials: list[dict[str, Any]] = [
        {"type": "password", "value": PASSWORD, "temporary": False}
    ]
    if totp:
        form = {"subType": "totp", "digits": 6, "period": 30, "algorithm": "HmacSHA1"}
        secret = {"type": "otp", "secretData": json.dumps({"value": SECRET})}
        credentials.append(secret | {"credentialData": json.dumps(form)})
    user_id = admin.create_user(
        {
            "username": username,
            "enabled": True,
            "email": f"{username}@joinedup.example",
            "emailVerified": True,
            "firstName": "Throw",
            "lastName": "Away",
            "credentials": credentials,
            "requiredActions": list(actions),
        }
    )
    try:
        admin.assign_realm_roles(user_id, [admin.get_realm_role(role)])
        yield username
    finally:
        admin.delete_user(user_id)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.fill("#username", username)
    page.click("#kc-login")
    page.fill("#password", password)
    page.click("#kc-login")


def test_the_username_comes_first(page: Page) -> None:
    page.goto("/login")

    expect(page.locator("h1")).to_have_text("Sign in to Joinedup")
    expect(page.locator("#username")).to_be_focused()
    judge(page, "username")


def test_no_username_is_said_at_the_field(page: Page) -> None:
    page.goto("/login")
    page.click("#kc-login")

    expect(page.locator("#username-error")).to_contain_text("Enter your username")
    judge(page, "username-missing")


def test_the_password_comes_second_and_says_whose_it_is(page: Page) -> None:
    page.goto("/login")
    page.fill("#username", "school-leader")
    page.click("#kc-login")

    expect(page.locator("#kc-attempted-username")).to_have_text("school-leader")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    judge(page, "password")
    page.click("#reset-login")
    expect(page.locator("#username")).to_be_visible()


def test_an_unknown_person_and_a_wrong_password_read_alike(
    page: Page, window: Window
) -> None:
    other = window(None)
    said: list[str] = []
    for each, username in ((page, "school-leader"), (other, "nobody-of-that-name")):
        sign_in(each, username, "wrong")
        expect(each.locator("#password-error")).to_contain_text(WRONG)
        said.append(each.locator("main").inner_html().replace(username, "somebody"))

    assert _bare(said[0]) == _bare(said[1])
    judge(page, "password-wrong")


def test_a_new_password_is_asked_for(page: Page, admin: KeycloakAdmin) -> None:
    with someone(admin, "UPDATE_PASSWORD") as username:
        sign_in(page, username)
        expect(page.locator("h1")).to_have_text("Choose a new password")
        judge(page, "new-password")

        page.fill("#password-new", "short")
        page.fill("#password-confirm", "short")
        page.click("text=Save the new password")
        expect(page.locator("#password-new-error")).to_contain_text("12 characters")
        judge(page, "new-password-refused")

        page.fill("#password-new", PASSWORD)
        page.fill("#password-confirm", "something else entirely")
        page.click("text=Save the new password")
        expect(page.locator("#password-confirm-error")).to_contain_text("differ")


def test_an_authenticator_app_is_set_up(page: Page, admin: KeycloakAdmin) -> None:
    with someone(admin, "CONFIGURE_TOTP") as username:
        sign_in(page, username)
        expect(page.locator("#kc-totp-secret-qr-code")).to_be_visible()
        judge(page, "totp-set-up")

        page.click("#mode-manual")
        expect(page.locator("#kc-totp-secret-key")).to_be_visible()
        judge(page, "totp-set-up-key")

        page.fill("#totp", "000000")
        page.click("#saveTOTPBtn")
        expect(page.locator("#totp-error")).to_contain_text("The code is wrong")
        judge(page, "totp-set-up-refused")


def test_the_apps_code_is_asked_for(page: Page, admin: KeycloakAdmin) -> None:
    with someone(admin, totp=True) as username:
        sign_in(page, username)
        expect(page.get_by_label("Code from the app")).to_be_focused()
        judge(page, "totp")

        page.fill("#otp", "000000")
        page.click("#kc-login")
        expect(page.locator("#otp-error")).to_contain_text("The code is wrong")
        judge(page, "totp-wrong")


@pytest.mark.parametrize("role", sorted(roles.SECOND_FACTOR))
def test_a_role_beyond_one_school_is_led_to_a_second_step(
    window: Window, admin: KeycloakAdmin, role: str
) -> None:
    with someone(admin, role=role) as username:
        page = window(None)
        sign_in(page, username)
        expect(page.locator("h1")).to_have_text("Set up your authenticator app")


def test_a_role_in_one_school_is_not(page: Page, admin: KeycloakAdmin) -> None:
    with someone(admin, role="school-technician") as username:
        sign_in(page, username)
        # Nobody of the directory's; but through Keycloak they are.
        expect(page.locator("h1")).to_have_text(NOT_IN_DIRECTORY)


def test_who_lost_the_app_comes_in_with_a_recovery_code(
    page: Page, window: Window, admin: KeycloakAdmin
) -> None:
    """From the first sign-in of a manager to the one without the phone."""
    with someone(admin, role="la-manager") as username:
        sign_in(page, username)
        page.click("#mode-manual")
        key = page.locator("#kc-totp-secret-key").inner_text().replace(" ", "")
        page.fill("#totp", authenticator.unused_code(key))
        page.click("#saveTOTPBtn")

        expect(page.locator("h1")).to_have_text("Keep your recovery codes")
        codes = page.locator("#kc-recovery-codes-list li").all_inner_texts()
        assert len(set(codes)) == 12
        judge(page, "recovery-codes")
        with page.expect_download() as saved:
            page.click("#downloadRecoveryCodes")
        kept = saved.value.path().read_text("utf-8")
        assert f"12: {codes[11]}" in kept
        page.check("#kcRecoveryCodesConfirmationCheck")
        page.click("#saveRecoveryAuthnCodesBtn")
        expect(page.locator("h1")).to_have_text(NOT_IN_DIRECTORY)

        without = window(None)
        sign_in(without, username)
        without.click("text=Sign in another way")
        expect(without.locator("h1")).to_have_text("Choose how to sign in")
        judge(without, "ways-to-sign-in")
        without.click("text=Recovery code")
        judge(without, "recovery-code")
        without.fill("#recoveryCodeInput", "AAAA-BBBB-CCCC")
        without.click("#kc-login")
        expect(without.locator("#recoveryCodeInput-error")).to_contain_text("is wrong")
        judge(without, "recovery-code-wrong")
        without.fill("#recoveryCodeInput", codes[0])
        without.click("#kc-login")
        expect(without.locator("h1")).to_have_text(NOT_IN_DIRECTORY)


def test_signing_out_at_keycloak_asks_and_says_so(page: Page, stack: Stack) -> None:
    told = stack.signins["staff"]
    sign_in(page, told["username"], told["password"])
    page.wait_for_url(f"{stack.url}/**")
    page.goto(f"{_realm(stack)}/protocol/openid-connect/logout")
    expect(page.locator("h1")).to_have_text("Do you want to sign out?")
    judge(page, "sign-out")

    page.click("#kc-logout")
    expect(page.locator("h1")).to_have_text("You are signed out")
    judge(page, "signed-out")
    page.click("#onward")
    expect(page.locator("h1")).to_have_text("School ICT, joined up")


def test_a_link_that_is_not_ours_is_refused_in_words(page: Page, stack: Stack) -> None:
    query = (
        "client_id=joinedup-portal&response_type=code&redirect_uri=https://e.example"
    )
    page.goto(f"{_realm(stack)}/protocol/openid-connect/auth?{query}")

    expect(page.locator("#kc-error-message")).to_contain_text("not complete")
    judge(page, "refused")


def test_a_form_whose_cookies_are_gone_leads_back(page: Page) -> None:
    page.goto("/login")
    page.context.clear_cookies()
    page.fill("#username", "school-leader")
    page.click("#kc-login")

    expect(page.locator("#kc-error-message")).to_contain_text("keeps no cookies")
    judge(page, "no-cookies")
    page.click("#onward")
    expect(page.locator("h1")).to_have_text("School ICT, joined up")


def test_a_page_that_has_expired_leads_on(page: Page, admin: KeycloakAdmin) -> None:
    with someone(admin, "UPDATE_PASSWORD") as username:
        page.goto("/login")
        page.fill("#username", username)
        page.click("#kc-login")
        stale = page.locator("#kc-form-login").get_attribute("action")
        page.fill("#password", PASSWORD)
        page.click("#kc-login")
        expect(page.locator("h1")).to_have_text("Choose a new password")
        assert stale
        page.goto(stale)

        expect(page.locator("h1")).to_have_text("This page has expired")
        judge(page, "expired")
        page.click("#loginContinueLink")
        expect(page.locator("h1")).to_have_text("Choose a new password")


def test_who_forgot_the_password_makes_a_new_one_and_still_needs_the_code(
    page: Page, window: Window, stack: Stack, admin: KeycloakAdmin
) -> None:
    """A mailbox in other hands is no way into more than one school."""
    with someone(admin, totp=True, role="la-manager") as username:
        page.goto("/login")
        page.click("text=I cannot sign in")
        page.click("text=Choose a new password")
        expect(page.locator("h1")).to_have_text("Choose a new password")
        judge(page, "forgotten")
        page.fill("#username", username)
        page.click("text=Send the email")
        expect(page.locator("body")).to_contain_text("an email with a link is on its")
        judge(page, "forgotten-sent")

        link = eventually(lambda: links_sent(stack, f"{username}@"))[0]
        page.goto(stack.place.mail_url)
        page.click(f"tr:has-text('{username}') a")
        expect(page.locator("h1")).to_have_text("Choose a new password for Joinedup")
        shown = page.frame_locator("iframe").locator("body")
        expect(shown).to_contain_text("your password stays as it is")
        assert violations(page, "mail-message") == []
        page.click("text=Every message")
        assert violations(page, "mail-list") == []
        other = window(None)
        other.goto(link)
        other.fill("#password-new", NEW_PASSWORD)
        other.fill("#password-confirm", NEW_PASSWORD)
        other.click("text=Save the new password")
        expect(other.locator("body")).to_contain_text("has been changed")
        assert other.request.get("/api/directory/v1/me").status == 401

        again = window(None)
        sign_in(again, username, NEW_PASSWORD)
        expect(again.locator("h1")).to_have_text("Enter the code from your app")
        # A link that was used leads nowhere.
        other.goto(link)
        expect(other.locator("body")).to_contain_text("The link is too old")


def test_who_is_unknown_is_told_the_same_and_sent_nothing(
    page: Page, stack: Stack
) -> None:
    page.goto("/login")
    page.click("text=I cannot sign in")
    page.click("text=Choose a new password")
    page.fill("#username", "nobody-of-that-name")
    page.click("text=Send the email")

    expect(page.locator("body")).to_contain_text("an email with a link is on its")
    assert links_sent(stack, "nobody-of-that-name") == []


def links_sent(stack: Stack, address: str) -> list[str]:
    """The links of what was sent to an address, the newest first."""
    asked = httpx.get(f"{stack.place.mail_url}/messages.json", params={"to": address})
    sent = asked.raise_for_status().json()["items"]
    return [found for mail in sent for found in LINK.findall(mail["text"])]


def test_help_is_there_for_who_cannot_sign_in(page: Page) -> None:
    page.goto("/login")
    page.click("text=I cannot sign in")

    expect(page.locator(".ju-help")).to_contain_text("wait 15 minutes")
    judge(page, "help")


def test_styles_and_scripts_are_kept_for_long_under_names_of_their_content(
    page: Page, stack: Stack
) -> None:
    answers: dict[str, str] = {}
    page.on(
        "response",
        lambda got: answers.update({got.url: got.headers.get("cache-control", "")}),
    )
    page.goto("/login")
    kept = {url: rule for url, rule in answers.items() if "/resources/" in url}

    assert any(".css" in url for url in kept)
    assert all("max-age=2592000" in rule for rule in kept.values()), kept
    ours = (stack.url, stack.place.keycloak_url)
    assert all(url.startswith(ours) for url in answers)


def _realm(stack: Stack) -> str:
    return f"{stack.place.keycloak_url}/realms/{REALM}"


def _bare(page: str) -> str:
    """Leave out of a page what is new on each: the addresses of its forms."""
    return "\n".join(
        line for line in page.splitlines() if "/login-actions/" not in line
    )
