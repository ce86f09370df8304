"""Fixtures of real Chromium on the whole product: `window` opens a page as somebody."""

import os
import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import authenticator
from tests.stack import Stack

# What is awaited comes on a machine with much else to do, too.
expect.set_options(timeout=30_000)
_FEATURES = (
    # Beside each window, these two pages of the address line nobody sees would be
    # loaded and drawn: half of the processor time that a browser takes.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled"),
    # What Playwright itself turns off: of several such lists the last one holds.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "NetworkTimeServiceQuerying", "MediaRouter"),
    *("OptimizationHints", "PreconnectToSearch", "LensOverlay"),
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--disable-features={','.join(_FEATURES)}",
)
"""How Chromium is started where nobody looks at it."""


_PROGRAMS = (
    # The one without windows first: it takes a quarter less for the same pages.
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
)


def program() -> str:
    """Find the browser; JOINEDUP_CHROMIUM names another."""
    named = os.environ.get("JOINEDUP_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    assert found, "Chromium is missing: make setup installs it"
    return found


# Playwright keeps an event loop running in this thread till it is closed: a module's
# tests share it, and the asynchronous tests of other modules never meet it.
@pytest.fixture(scope="module")
def chromium() -> Generator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=[*QUIET])
        yield browser
        browser.close()


@dataclass
class Visitors:
    """Signs each role in once, at Keycloak's own form, and opens windows of theirs."""

    stack: Stack
    chromium: Browser
    states: dict[str, Any]
    looked_at: set[str] = field(default_factory=set)

    def window(
        self, role: str | None, *, width: int = 1280, scripts: bool = True
    ) -> BrowserContext:
        if role is not None and role not in self.looked_at:
            if not self._is_signed_in(role):
                self.states[role] = self._sign_in(role)
            self.looked_at.add(role)
        return self.chromium.new_context(
            base_url=self.stack.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            storage_state=self.states[role] if role else None,
        )

    def _is_signed_in(self, role: str) -> bool:
        """Whether the sign-in of an earlier module lives on."""
        if role not in self.states:
            return False
        with self.chromium.new_context(
            base_url=self.stack.url, storage_state=self.states[role]
        ) as context:
            return context.request.get("/api/directory/v1/me").ok

    def _sign_in(self, role: str) -> Any:
        told = self.stack.signins[role]
        with self.chromium.new_context(base_url=self.stack.url) as context:
            page = context.new_page()
            page.goto("/login")
            authenticator.sign_in(page, told)
            page.wait_for_url(f"{self.stack.url}/**")
            return context.storage_state()


@pytest.fixture(scope="session")
def sign_ins() -> dict[str, Any]:
    """The cookies of each role, for every module."""
    return {}


@pytest.fixture(scope="module")
def visitors(stack: Stack, chromium: Browser, sign_ins: dict[str, Any]) -> Visitors:
    return Visitors(stack, chromium, sign_ins)


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
