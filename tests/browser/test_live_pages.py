"""Two people at two browsers: what one does, the other's open page shows by itself."""

from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, add_asset, listen, new_tag, violations

Window = Callable[..., Page]
# The fact takes its way over outbox, broker and stream; a busy machine takes its time.
PATIENCE = 60_000


@pytest.fixture
def leader(window: Window) -> Generator[Page]:
    page = window("school-leader")
    said = listen(page)
    yield page
    assert said == []


def following(page: Page, path: str) -> None:
    """Open a page and wait till its stream is there."""
    with page.expect_response(lambda answer: "/live?" in answer.url) as opened:
        page.goto(path)
    assert opened.value.status == 200
    assert opened.value.headers["content-type"].startswith("text/event-stream")


def test_the_leaders_open_list_shows_what_the_technician_adds(
    leader: Page, window: Window, kit: Kit
) -> None:
    tag = new_tag()
    following(leader, f"{kit.school}/assets?q={tag}")
    expect(leader.locator("main")).to_contain_text("Nothing matches")

    add_asset(window("school-technician"), kit.school, tag)

    row = leader.get_by_role("link", name=tag)
    expect(row).to_be_visible(timeout=PATIENCE)
    expect(leader.locator("[data-live-said]")).to_have_text("Updated")
    assert leader.locator("[data-live-said]").get_attribute("role") == "status"
    assert violations(leader, "assets-live-1280") == []
