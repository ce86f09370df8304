"""A whole visit by keys alone, each stop of the focus seen; a link in an email."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import authenticator
from tests.browser.journeys import WELCOME, look
from tests.browser.keys import SHOWS, press, tab_to
from tests.browser.pages import Kit, listen, new_tag, violations
from tests.stack import Stack

Window = Callable[..., Page]
_MOUSE = """for (const kind of ["mousedown", "touchstart"])
  addEventListener(kind, () => { globalThis.usedTheMouse = true; }, true);"""


def test_a_whole_visit_without_a_mouse(window: Window, kit: Kit, stack: Stack) -> None:
    """Sign in, find a school, report and resolve a problem there, sign out."""
    page, summary = window(None), f"No sound in the hall {new_tag()}"
    said, told = listen(page), stack.signins["la-technician"]
    page.add_init_script(_MOUSE)
    page.goto("/")
    press(page, "a[href='/login']")
    page.wait_for_selector("#username:focus")
    page.keyboard.type(told["username"])
    page.keyboard.press("Enter")
    page.wait_for_selector("#password:focus")
    page.keyboard.type(told["password"])
    page.keyboard.press("Enter")
    page.wait_for_selector("#otp:focus")
    page.keyboard.type(authenticator.unused_code(told["totp_secret"]))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{stack.url}/")

    press(page, f"nav a[href='/authorities/{kit.la_code}/schools']")
    page.wait_for_url("**/schools")
    tab_to(page, "main #q")
    page.keyboard.type(kit.school.rsplit("/", 1)[1])
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, f"main a[href='{kit.school}']")
    page.wait_for_url(f"**{kit.school}")
    press(page, f"a[href='{kit.school}/tickets/new']", "Space")
    page.wait_for_url("**/tickets/new")

    tab_to(page, "#summary")
    page.keyboard.type(summary)
    tab_to(page, "[name=kind]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=kind] >> nth=1")).to_be_checked()
    tab_to(page, "[name=impact]")
    page.keyboard.press("ArrowUp")
    press(page, "main form button")
    expect(page.locator("h1")).to_contain_text(summary)
    press(page, "form[action$='/resolve'] button", "Space")
    expect(page.locator(".ju-flash")).to_contain_text("resolved")
    assert violations(page, "ticket-resolved-1280") == []

    press(page, "form[action='/logout'] button")
    expect(page.locator("h1")).to_have_text(WELCOME)
    assert page.evaluate("globalThis.usedTheMouse") is None
    assert said == []


def test_the_first_stop_leads_past_the_navigation(window: Window, kit: Kit) -> None:
    page = window("la-manager")
    page.goto(f"/authorities/{kit.la_code}/comparison")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    assert page.evaluate(SHOWS)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_phones_menu_opens_by_a_key(window: Window, kit: Kit) -> None:
    page = window("la-manager", width=375)
    page.goto("/")
    press(page, ".ju-nav__narrow > summary", "Space")
    look(page, "menu-open")
    press(page, f".ju-nav__narrow a[href='/authorities/{kit.la_code}/map']")
    page.wait_for_url("**/map")


def test_a_link_in_an_email_arrives_signed_in_at_its_page(
    window: Window, kit: Kit, stack: Stack
) -> None:
    """First through signing in, with a query and all; then straight."""
    told = stack.signins["school-technician"]
    page = window(None)
    link = f"{kit.school}/tickets?status=open&sort=-opened_at"
    page.goto(link)
    authenticator.sign_in(page, told)
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
