"""The ways of a journey: in at the real sign-on, looking on each page, out again."""

import re

from playwright.sync_api import Locator, Page, expect

from tests import authenticator
from tests.browser.pages import fits, take_picture
from tests.stack import Stack

WELCOME = "School ICT, joined up"
NARROW = 768


def arrive(page: Page, stack: Stack, role: str) -> None:
    """Sign in as a person does: welcome page, name, password, home."""
    told = stack.signins[role]
    page.goto("/")
    page.get_by_role("button", name="Sign in").click()
    authenticator.sign_in(page, told)
    page.wait_for_url(f"{stack.url}/")
    look(page, f"{role}-home")


def leave(page: Page) -> None:
    """Sign out, and find that the way back is shut."""
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text(WELCOME)
    page.goto("/switch-school")
    expect(page.locator("#username")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Look at the page, which has one heading and fits its window."""
    expect(page.locator("h1")).to_have_count(1)
    assert fits(page), page.url
    width = page.viewport_size["width"] if page.viewport_size else 0
    take_picture(page, f"journey-{name}-{width}")


def is_narrow(page: Page) -> bool:
    return page.viewport_size is not None and page.viewport_size["width"] < NARROW


def menu(page: Page) -> Locator:
    """The pages that are offered; on a phone they are unfolded first."""
    if is_narrow(page):
        folded = page.locator(".ju-nav__narrow:not([open]) > summary")
        if folded.count():
            folded.click()
    return page.locator("nav[aria-label=Main] a:visible")


def offered(page: Page) -> list[str]:
    """Say which pages are offered; a phone's menu ends with one's own account."""
    found = menu(page).all_inner_texts()
    if is_narrow(page):
        assert found.pop() == "Your account"
    return found


def go(page: Page, text: str) -> None:
    """Choose a page of the navigation."""
    menu(page).filter(has_text=re.compile(f"^{text}$")).click()


def answers(page: Page, *paths: str) -> list[int]:
    """Say what each address answers this person, asked as their browser asks."""
    get = page.context.request.get
    return [get(path, headers={"accept": "text/html"}).status for path in paths]


def all_rows(page: Page, path: str) -> None:
    """Open a table as it is at first, whatever it remembers of another day."""
    page.goto(f"{path}?reset")
