"""Fixtures of real Chromium on the whole product: `window` opens a page as somebody."""

import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.stack import Stack

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


# Playwright keeps an event loop running in this thread till it is closed: a module's
# tests share it, and the asynchronous tests of other modules never meet it.
@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
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
