"""The way in of somebody who was invited: mail, password, authenticator app."""

import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests import authenticator
from tests.stack import Stack, eventually

PASSWORD = "a heron by the mill race"
LINK = re.compile(r"http://\S+")


def link_to(stack: Stack, email: str) -> str:
    """Await the invitation in the mailbox, and say where it leads."""
    inbox = f"{stack.place.mail_url}/messages.json"

    def newest() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(inbox, params={"to": email}).json()[
            "items"
        ]
        return found

    (mail,) = eventually(newest)
    assert mail["subject"] == "Welcome to Joinedup"
    found = LINK.search(mail["text"])
    assert found is not None
    return found[0]


def choose_password(page: Page, link: str) -> None:
    page.goto(link)
    page.click("#onward")
    page.fill("#password-new", PASSWORD)
    page.fill("#password-confirm", PASSWORD)
    page.get_by_role("button", name="Save").click()
    page.click("#onward")
    page.get_by_role("button", name="Sign in").click()


def give_password(page: Page, email: str) -> None:
    page.fill("#username", email)
    page.click("#kc-login")
    page.fill("#password", PASSWORD)
    page.click("#kc-login")


def set_app_up(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Set up your authenticator app")
    page.click("#mode-manual")
    key = page.locator("#kc-totp-secret-key").inner_text().replace(" ", "")
    page.fill("#totp", authenticator.unused_code(key))
    page.click("#saveTOTPBtn")
    expect(page.locator("h1")).to_have_text("Keep your recovery codes")
    page.check("#kcRecoveryCodesConfirmationCheck")
    page.click("#saveRecoveryAuthnCodesBtn")
