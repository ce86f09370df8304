"""A person of each role signs in, does what they come for, and signs out.

On a desk and on a phone, and on a desk without JavaScript.
"""

import re
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journeys import all_rows, answers, arrive, go, leave, look, offered
from tests.browser.pages import Kit, listen, new_tag
from tests.stack import Stack

Window = Callable[..., Page]
Visit = Callable[[str], AbstractContextManager[Page]]
SCREENS = [(1280, True), (375, True), (1280, False)]
OF_A_SCHOOL = ["Home", "Assets", "Estate", "Tickets", "Comparison"]
OF_AN_LA = [
    *("Comparison", "Schools", "All assets", "Estate"),
    *("All tickets", "Map", "Notices"),
]


@pytest.fixture(params=SCREENS, ids=["desk", "phone", "no scripts"])
def visit(
    request: pytest.FixtureRequest, window: Window, stack: Stack
) -> Callable[[str], AbstractContextManager[Page]]:
    """A whole visit of somebody, from the welcome page to signing out."""
    width, scripts = request.param

    @contextmanager
    def made(role: str) -> Generator[Page]:
        page = window(None, width=width, scripts=scripts)
        said = listen(page)
        arrive(page, stack, role)
        yield page
        leave(page)
        assert said == []

    return made


@pytest.mark.parametrize("role", ["staff", "learner"])
def test_whoever_finds_a_fault_reports_it_and_follows_it(
    visit: Visit, window: Window, kit: Kit, role: str
) -> None:
    summary = f"The screen is dark {new_tag()}"
    with visit(role) as page:
        assert offered(page) == ["Home", "Tickets"]
        assert page.get_by_text("Where we stand").count() == 0
        page.get_by_role("button", name="Report a problem").click()
        page.fill("#summary", summary)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("h1")).to_contain_text(summary)
        look(page, f"{role}-reported")
        path = page.url

        page.fill("#body", "Only the one by the window.")
        page.get_by_role("button", name="Add the comment").click()
        expect(page.locator(".ju-comment")).to_contain_text("by the window")
        technician = window("school-technician")
        technician.goto(path)
        technician.get_by_role("button", name="Resolve", exact=True).click()

        go(page, "Home")
        go(page, "Tickets")
        page.get_by_role("link", name=summary).click()
        expect(page.locator("#title")).to_contain_text("Resolved")
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.locator(".ju-flash")).to_contain_text("closed")
        look(page, f"{role}-closed")
        refused = (f"{kit.school}/assets", f"{kit.school}/comparison")
        assert answers(page, *refused) == [403, 403]
        unseen = (kit.asset, kit.ticket, f"/authorities/{kit.la_code}/map")
        assert answers(page, *unseen) == [404, 404, 404]


def test_a_technician_adds_kit_finds_it_and_settles_a_job(
    visit: Visit, stack: Stack, kit: Kit
) -> None:
    tag, summary = new_tag(), f"The lid will not close {new_tag()}"
    with visit("school-technician") as page:
        offers = ["Home", "Assets", "Estate", "Machines", "Tickets", "Comparison"]
        assert offered(page) == offers
        page.get_by_role("button", name="Add an asset").click()
        page.fill("#tag", tag)
        page.select_option("#category", "laptop")
        page.fill("#manufacturer", "Lenovo")
        page.fill("#model", "300e")
        page.get_by_role("button", name="Add the asset").click()
        # Else a phone's menu is unfolded on the page that is being left.
        expect(page.locator(".ju-flash")).to_contain_text("has been added")
        go(page, "Home")
        expect(page.locator("[aria-labelledby=lately]")).to_contain_text(tag)

        page.fill("#search", tag[3:])
        page.locator("#search").press("Enter")
        page.locator("main").get_by_role("link", name=tag).click()
        look(page, "school-technician-asset")
        page.get_by_role("link", name="Report a fault with it").click()
        page.fill("#summary", summary)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".ju-flash")).to_contain_text("has been opened")
        go(page, "Home")
        all_rows(page, f"{kit.school}/tickets")
        page.get_by_role("link", name=summary).click()
        expect(page.locator("#record")).to_contain_text(tag)
        page.get_by_role("button", name="Resolve", exact=True).click()
        expect(page.locator(".ju-flash")).to_contain_text("resolved")
        look(page, "school-technician-resolved")

        other = stack.signins["other-school-technician"]["schools"][0]
        foreign = (f"/schools/{other}", f"/schools/{other}/assets")
        assert answers(page, *foreign) == [404, 404]
        assert answers(page, f"/authorities/{kit.la_code}/assets") == [404]


def test_a_leader_sees_where_the_school_stands_and_changes_no_kit(
    visit: Visit, kit: Kit
) -> None:
    with visit("school-leader") as page:
        assert offered(page) == [*OF_A_SCHOOL, "People"]
        assert page.get_by_text("Add an asset").count() == 0
        page.get_by_role("link", name="See how we compare").click()
        expect(page.locator("main")).to_contain_text("The middle of")
        look(page, "school-leader-comparison")
        go(page, "Estate")
        page.get_by_role("button", name="My school today").click()
        expect(page.locator("h1")).to_contain_text("My school today")
        page.goto(kit.asset)
        expect(page.locator("main")).to_contain_text("ThinkPad")
        assert page.get_by_role("button", name="Retire").count() == 0
        look(page, "school-leader-asset")
        page.goto(kit.ticket)
        assert page.get_by_role("button", name="Resolve").count() == 0

        page.goto(f"{kit.school}/tickets/new")
        page.fill("#summary", "The board in the hall is dim")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".ju-flash")).to_contain_text("has been opened")
        refused = (f"{kit.asset}/edit", f"{kit.school}/assets/new")
        assert answers(page, *refused) == [403, 403]
        # The LA's comparison names schools, so it leads to one's own.
        page.goto(f"/authorities/{kit.la_code}/comparison")
        expect(page).to_have_url(re.compile(f"{kit.school}/comparison$"))


def test_the_support_desk_finds_a_ticket_of_any_school_and_settles_it(
    visit: Visit, window: Window, kit: Kit
) -> None:
    summary, reporter = f"No sound in the hall {new_tag()}", window("staff")
    reporter.goto(f"{kit.school}/tickets/new")
    reporter.fill("#summary", summary)
    reporter.click("button:has-text('Send')")
    with visit("la-technician") as page:
        assert offered(page) == ["Home", *OF_AN_LA]
        page.fill("#search", summary)
        page.locator("#search").press("Enter")
        page.locator("main").get_by_role("link", name=summary).click()
        page.fill("#body", "The amplifier was off. Please try again.")
        page.get_by_role("button", name="Add the comment").click()
        page.get_by_role("button", name="Resolve", exact=True).click()
        expect(page.locator(".ju-flash")).to_contain_text("resolved")
        look(page, "la-technician-resolved")

        reporter.reload()
        expect(reporter.locator("main")).to_contain_text("The amplifier was off")
        notices = f"/authorities/{kit.la_code}/notices"
        assert answers(page, notices, f"{notices}/new") == [200, 403]
        assert answers(page, "/authorities/991/tickets") == [404]


def test_the_manager_compares_looks_closer_and_tells_the_schools(
    visit: Visit, window: Window
) -> None:
    title = f"Filter changes on Friday {new_tag()}"
    with visit("la-manager") as page:
        page.get_by_role("link", name="Compare every school").click()
        page.select_option("#phase", "primary")
        page.get_by_role("button", name="Apply").click()
        expect(page).to_have_url(re.compile("phase=primary"))
        look(page, "la-manager-compared")
        page.locator("tbody th a").first.click()
        expect(page.locator("main")).to_contain_text("The middle of")
        look(page, "la-manager-school")

        go(page, "Notices")
        page.get_by_role("button", name="Write a notice").click()
        page.fill("#title", title)
        page.get_by_role("button", name="Save and look at it").click()
        page.get_by_role("button", name="Publish it").click()
        look(page, "la-manager-published")
        technician = window("school-technician")
        technician.goto("/")
        expect(technician.locator("main")).to_contain_text(title)
        page.get_by_role("button", name="Withdraw it for good").click()
        technician.reload()
        expect(technician.locator("main")).not_to_contain_text(title)
        assert answers(page, "/authorities/991/comparison") == [404]


def test_the_manager_invites_somebody_ends_their_role_and_takes_that_back(
    visit: Visit, kit: Kit
) -> None:
    name = f"Nora {new_tag()}"
    with visit("la-manager") as page:
        go(page, "People")
        page.get_by_role("button", name="Invite somebody").click()
        page.fill("#display_name", name)
        page.fill("#email", f"{new_tag().lower()}@example.org")
        page.select_option("#role-0", "staff")
        page.fill("#place-0", kit.school.rpartition("/")[2])
        page.get_by_role("button", name="Send the invitation").click()
        expect(page.locator(".ju-flash")).to_contain_text("have been invited")
        look(page, "la-manager-invited")

        page.get_by_role("link", name="End Staff").click()
        page.get_by_role("button", name="End the role").click()
        expect(page.locator(".ju-flash")).to_contain_text("The role has ended")
        expect(page.locator("main")).to_contain_text("Has left")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".ju-flash")).to_contain_text("has been given")
        expect(page.locator("main")).to_contain_text("Earlier roles")
        look(page, "la-manager-given-back")

        page.fill("#search", name)
        page.locator("#search").press("Enter")
        page.locator("main").get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_contain_text(name)


def test_an_auditor_reads_everything_and_is_offered_no_change(
    visit: Visit, kit: Kit
) -> None:
    with visit("auditor") as page:
        page.get_by_role("link", name="Every school", exact=True).click()
        page.locator(f"main a[href='{kit.school}']").first.click()
        audited = ("People", "Register", "API", "Audit")
        offers = ["Home", "Assets", "Tickets", *OF_AN_LA, *audited]
        assert offered(page) == offers
        assert page.locator("main .govuk-button").count() == 0
        look(page, "auditor-school")
        for path in (kit.asset, kit.ticket):
            page.goto(path)
            assert page.locator("main form, main .govuk-button").count() == 0
        expect(page.locator("main")).to_contain_text("History")
        look(page, "auditor-ticket")

        changes = (f"{kit.asset}/edit", f"{kit.school}/tickets/new")
        assert answers(page, *changes) == [403, 403]
        assert answers(page, f"/authorities/{kit.la_code}/notices/new") == [403]


def test_a_regional_analyst_reads_sums_and_no_school(visit: Visit, kit: Kit) -> None:
    with visit("regional-analyst") as page:
        assert offered(page) == ["Home"]
        expect(page.locator("main table").first).to_contain_text("All phases")
        assert page.locator("main a[href^='/schools/']").count() == 0
        assert page.locator("#search").count() == 0
        named = (kit.school, kit.asset, f"/authorities/{kit.la_code}/comparison")
        assert answers(page, *named) == [404, 404, 404]


def test_a_visiting_technician_goes_from_school_to_school(
    visit: Visit, stack: Stack, kit: Kit
) -> None:
    first, second = stack.signins["visiting-technician"]["schools"][:2]
    with visit("visiting-technician") as page:
        for urn in (first, second):
            page.get_by_role("link", name="Change school").click()
            page.locator(f".ju-links a[href='/schools/{urn}']:visible").first.click()
            expect(page).to_have_url(f"{stack.url}/schools/{urn}")
            page.get_by_role("button", name="Report a problem").click()
            page.fill("#summary", f"Cable seen to {new_tag()}")
            page.get_by_role("button", name="Send").click()
            page.get_by_role("button", name="Resolve", exact=True).click()
            expect(page.locator(".ju-flash")).to_contain_text("resolved")
        look(page, "visiting-technician-resolved")
        assert answers(page, kit.school, kit.ticket) == [404, 404]


def test_who_teaches_here_and_mends_there_may_add_kit_there_alone(
    visit: Visit, stack: Stack
) -> None:
    here, there = stack.signins["two-schools"]["schools"]
    with visit("two-schools") as page:
        added = [f"/schools/{urn}/assets/new" for urn in (here, there)]
        assert answers(page, *added) == [403, 200]
        for urn, offers in ((here, 0), (there, 1)):
            page.goto(f"/schools/{urn}")
            assert page.get_by_role("button", name="Add an asset").count() == offers
