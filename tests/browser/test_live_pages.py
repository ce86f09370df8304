"""Two people at two browsers: what one does, the other's open page shows by itself."""

import re
from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages import Kit, add_asset, listen, new_tag, open_ticket, violations

Window = Callable[..., Page]
# The fact takes its way over outbox, broker and stream; a busy machine takes its time.
PATIENCE = 60_000
# Hears what the page hears, and leaves the page time to draw itself anew.
HEAR = """() => {
  const topics = document.querySelector("[data-live]").dataset.live.split(/\\s+/);
  const heard = new EventSource(`/live?topics=${topics.join(",")}`);
  const drawn = () => (document.body.dataset.heard = "");
  heard.addEventListener("changed", () => setTimeout(drawn, 2000));
}"""


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

    row = leader.locator("tbody").get_by_role("link", name=tag)
    expect(row).to_be_visible(timeout=PATIENCE)
    expect(leader.locator("[data-live-said]")).to_have_text("Updated")
    assert leader.locator("[data-live-said]").get_attribute("role") == "status"
    assert violations(leader, "assets-live-1280") == []


def test_a_search_under_way_is_not_lost_to_what_changes_meanwhile(
    leader: Page, window: Window, kit: Kit
) -> None:
    tag, held = new_tag(), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    following(leader, f"{kit.school}/assets?reset")
    leader.evaluate(HEAR)
    leader.route(f"**/assets?*q={tag}*", hold)
    with leader.expect_request(f"**/assets?*q={tag}*"):
        leader.fill("#q", tag)
    add_asset(window("school-technician"), kit.school, tag)
    expect(leader.locator("body[data-heard]")).to_be_attached(timeout=PATIENCE)

    for route in held:
        route.continue_()

    expect(leader.locator("tbody tr")).to_have_count(1)
    expect(leader).to_have_url(re.compile(f"q={tag}"))


def test_an_open_ticket_follows_what_is_done_to_it(
    leader: Page, window: Window, kit: Kit
) -> None:
    technician = window("school-technician")
    path = open_ticket(technician, kit.school, "The lamp of the projector is dark")
    following(leader, path)
    expect(leader.locator("#title")).to_contain_text("Open")

    technician.get_by_role("button", name="Resolve", exact=True).click()

    expect(leader.locator("#title")).to_contain_text("Resolved", timeout=PATIENCE)
    expect(leader.locator("#record")).to_contain_text("Resolved")


def test_nothing_is_taken_from_under_who_has_the_focus_there(
    leader: Page, window: Window, kit: Kit
) -> None:
    technician, tag = window("school-technician"), new_tag()
    add_asset(technician, kit.school, tag)
    path = f"{kit.school}/assets?q={tag}"
    following(leader, path)
    link = leader.locator("tbody").get_by_role("link", name=tag)
    link.focus()
    watching = window("school-leader")
    following(watching, path)

    technician.click("text=Retire")
    technician.click("button:has-text('Retire it')")
    expect(watching.locator("tbody")).to_contain_text("Retired", timeout=PATIENCE)
    expect(link).to_be_focused()
    expect(leader.locator("tbody")).not_to_contain_text("Retired")

    link.blur()
    expect(leader.locator("tbody")).to_contain_text("Retired", timeout=PATIENCE)


def test_who_sees_another_school_is_told_nothing(window: Window, kit: Kit) -> None:
    """The next school's technician hears nothing, whatever they ask for."""
    stranger = window("other-school-technician")
    stranger.goto("/")
    heard: list[str] = stranger.evaluate(
        """async ([topics]) => {
          globalThis.heard = [];
          const source = new EventSource(`/live?topics=${topics}`);
          source.addEventListener("changed", (event) => heard.push(event.data));
          await new Promise((open) => source.addEventListener("open", open));
          return heard;
        }""",
        [_topics(window, kit)],
    )
    assert heard == []
    leader = window("school-leader")
    tag = new_tag()
    following(leader, f"{kit.school}/assets?q={tag}")
    add_asset(window("school-technician"), kit.school, tag)
    shown = leader.locator("tbody").get_by_role("link", name=tag)
    expect(shown).to_be_visible(timeout=PATIENCE)

    assert stranger.evaluate("heard") == []


def _topics(window: Window, kit: Kit) -> str:
    page = window("school-technician")
    page.goto(f"{kit.school}/assets")
    own = page.locator("[data-live]").first.get_attribute("data-live")
    assert own
    return f"{own},asset:{kit.la_code},asset:{kit.asset.rsplit('/', 1)[1]}"
