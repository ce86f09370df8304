"""A person of each role does what they come for, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import WIDTHS, Kit, fits, new_tag, violations
from tests.stack import Stack

Window = Callable[..., Page]
MOST_TABS = 60


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_and_learners_report_a_fault_and_follow_it(
    window: Window, kit: Kit, width: int
) -> None:
    for role in ("staff", "learner"):
        page, summary = window(role, width=width), f"The screen is dark {new_tag()}"
        page.goto("/")
        page.get_by_role("link", name="Report a problem").first.click()
        page.fill("#summary", summary)
        page.click("button:has-text('Send')")
        expect(page.locator("h1")).to_contain_text(summary)
        assert fits(page)

        page.goto(f"{kit.school}/tickets")
        expect(page.get_by_role("link", name=summary)).to_be_visible()
        assert page.goto(f"{kit.school}/assets").status == 403  # type: ignore[union-attr]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_leader_reads_everything_of_the_school_and_changes_no_kit(
    window: Window, kit: Kit, width: int
) -> None:
    page = window("school-leader", width=width)
    page.goto("/")
    page.get_by_role("link", name="See how we compare").click()
    expect(page.locator("h1")).to_be_visible()
    assert fits(page)
    page.goto(kit.asset)

    expect(page.locator("main")).to_contain_text("ThinkPad")
    expect(page.get_by_role("link", name="Retire")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_auditor_reads_a_ticket_and_is_offered_no_step(
    window: Window, kit: Kit, width: int
) -> None:
    page = window("auditor", width=width)
    page.goto(f"/authorities/{kit.la_code}/comparison")
    expect(page.locator("table").first).to_be_visible()
    page.goto(kit.ticket)

    expect(page.locator("main")).to_contain_text("What was reported")
    expect(page.get_by_role("button", name="Resolve")).to_have_count(0)
    assert fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_la_finds_a_school_and_resolves_its_ticket(
    window: Window, kit: Kit, width: int
) -> None:
    for role in ("la-manager", "la-technician"):
        page = window(role, width=width)
        page.goto(f"/authorities/{kit.la_code}/schools")
        page.locator(f"main a[href='{kit.school}']").first.click()
        page.get_by_role("link", name="Report a problem").first.click()
        page.fill("#summary", "The switch in the hall hums")
        page.click("button:has-text('Send')")
        page.get_by_role("button", name="Resolve", exact=True).click()

        expect(page.locator(".ju-flash")).to_contain_text("resolved")
        assert fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_regional_analyst_sees_no_school(
    window: Window, kit: Kit, width: int
) -> None:
    page = window("regional-analyst", width=width)
    page.goto("/")
    assert fits(page)
    assert page.locator("main a[href^='/schools/']").count() == 0
    answer = page.goto(kit.school)

    assert answer
    assert answer.status == 404


def test_a_whole_job_without_a_mouse(window: Window, kit: Kit) -> None:
    """Find a school, open a ticket for it, resolve it: by keys alone."""
    page, summary = window("la-technician"), f"No sound in the hall {new_tag()}"
    page.goto(f"/authorities/{kit.la_code}/schools")
    tab_to(page, f"a[href='{kit.school}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{kit.school}")
    tab_to(page, f"a[href='{kit.school}/tickets/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/new")

    tab_to(page, "#summary")
    page.keyboard.type(summary)
    tab_to(page, "main form button[type=submit], main form button:not([type])")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(summary)

    tab_to(page, "form[action$='/resolve'] button")
    page.keyboard.press("Enter")
    expect(page.locator(".ju-flash")).to_contain_text("resolved")
    assert violations(page, "ticket-resolved-1280") == []


def test_a_link_in_an_email_arrives_signed_in_at_its_page(
    window: Window, kit: Kit, stack: Stack
) -> None:
    """First through signing in, with a query and all; then straight."""
    told = stack.signins["school-technician"]
    page = window(None)
    link = f"{kit.school}/tickets?status=open&sort=-opened_at"
    page.goto(link)
    page.fill("#username", told["username"])
    page.click("#kc-login")
    page.fill("#password", told["password"])
    page.click("#kc-login")
    page.wait_for_url(f"{stack.url}{link}")

    # From a page of another site, as a web mail is one.
    page.route(
        "http://mail.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"<a href='{stack.url}{kit.ticket}'>Ticket</a>",
        ),
    )
    page.goto("http://mail.example/")
    page.click("text=Ticket")
    expect(page).to_have_url(f"{stack.url}{kit.ticket}")
    expect(page.locator("main")).to_contain_text("What was reported")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab till the focus is there, as somebody without a mouse must."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate("(s) => document.activeElement.matches(s)", selector)
        if here:
            return
    raise AssertionError(f"{MOST_TABS} tabs did not reach {selector}")
