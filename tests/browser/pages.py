"""What the tests of pages share: what the pages are about, and ways through forms."""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
AXE = ROOT / "services/gateway/web/node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "test-results"
WIDTHS = (1280, 375)


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
    expect(page.locator(".ju-flash__text")).to_have_text("The asset has been added.")
    return _path(page)


def open_ticket(page: Page, school: str, summary: str) -> str:
    """Report a problem by its form and return its page's path."""
    page.goto(f"{school}/tickets/new")
    page.fill("#summary", summary)
    page.click("button:has-text('Send')")
    expect(page.locator(".ju-flash__text")).to_contain_text(
        "The ticket has been opened"
    )
    return _path(page)


def new_tag() -> str:
    return f"BR-{uuid4().hex[:8]}"


def _path(page: Page) -> str:
    found = re.search(r"/schools/\d{6}/(assets|tickets)/[0-9a-f-]{36}", page.url)
    assert found, page.url
    return found[0]
