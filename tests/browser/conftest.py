"""Chromium on the whole product: signed in by role, with or without JavaScript."""

import os
import re
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.stack import Stack

ROOT = Path(__file__).parents[2]
AXE = ROOT / "services/gateway/web/node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "test-results"
WIDTHS = (1280, 375)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    found = os.environ.get("JOINEDUP_CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_QUIET])
        yield browser
        browser.close()


@dataclass
class Visitors:
    """Signs each role in once, at Keycloak's own form, and opens windows of theirs."""

    stack: Stack
    chromium: Browser
    states: dict[str, Any] = field(default_factory=dict)

    def window(
        self, role: str | None, *, width: int = 1280, scripts: bool = True
    ) -> BrowserContext:
        if role is not None and role not in self.states:
            self.states[role] = self._sign_in(role)
        return self.chromium.new_context(
            base_url=self.stack.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            storage_state=self.states[role] if role else None,
        )

    def _sign_in(self, role: str) -> Any:
        told = self.stack.signins[role]
        with self.chromium.new_context(base_url=self.stack.url) as context:
            page = context.new_page()
            page.goto("/login")
            page.fill("#username", told["username"])
            if not page.locator("#password").is_visible():
                page.click("#kc-login")
            page.fill("#password", told["password"])
            page.click("#kc-login")
            page.wait_for_url(f"{self.stack.url}/**")
            return context.storage_state()


@pytest.fixture(scope="session")
def visitors(stack: Stack, chromium: Browser) -> Visitors:
    return Visitors(stack, chromium)


@pytest.fixture
def window(visitors: Visitors) -> Generator[Callable[..., Page]]:
    """Open a page as somebody; everything opened is closed after the test."""
    opened: list[BrowserContext] = []

    def made(role: str | None, **options: Any) -> Page:
        opened.append(visitors.window(role, **options))
        return opened[-1].new_page()

    yield made
    for context in opened:
        context.close()


@dataclass(frozen=True, slots=True)
class Kit:
    """What the pages are about: a school, one asset and one ticket of it."""

    school: str
    asset: str
    ticket: str
    la_code: str

    def path(self, form: str) -> str:
        return form.format(
            school=self.school, asset=self.asset, ticket=self.ticket, la=self.la_code
        )


def add_asset(page: Page, school: str, tag: str) -> str:
    """Add an asset by its form and return its page's path."""
    page.goto(f"{school}/assets/new")
    page.fill("#tag", tag)
    page.select_option("#category", "laptop")
    page.fill("#manufacturer", "Lenovo")
    page.fill("#model", "ThinkPad L13")
    page.click("text=Add the asset")
    expect(page.locator(".ju-flash")).to_have_text("The asset has been added.")
    return _path(page)


def open_ticket(page: Page, school: str, summary: str) -> str:
    """Report a problem by its form and return its page's path."""
    page.goto(f"{school}/tickets/new")
    page.fill("#summary", summary)
    page.click("button:has-text('Send')")
    expect(page.locator(".ju-flash")).to_contain_text("The ticket has been opened")
    return _path(page)


def new_tag() -> str:
    return f"BR-{uuid4().hex[:8]}"


def _path(page: Page) -> str:
    found = re.search(r"/schools/\d{6}/(assets|tickets)/[0-9a-f-]{36}", page.url)
    assert found, page.url
    return found[0]


@pytest.fixture(scope="session")
def kit(visitors: Visitors) -> Kit:
    told = visitors.stack.signins["school-technician"]
    school = f"/schools/{told['schools'][0]}"
    with visitors.window("school-technician", scripts=False) as context:
        page = context.new_page()
        asset = add_asset(page, school, new_tag())
        ticket = open_ticket(page, school, "Projector in room 4 shows no picture")
    la_code = visitors.stack.signins["la-manager"]["la_code"]
    return Kit(school, asset, ticket, la_code)
