"""Somebody sees to their own account: where they are signed in, what they are told."""

import re
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
from playwright.sync_api import Browser, Page

from tests import authenticator
from tests.stack import Stack, eventually

TICKETS = "/api/servicedesk/v1/tickets"
CHOICES = "/api/directory/v1/me/mail-choices"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
STOP = re.compile(r"\S+/mail/stop\?token=\S+")


def signed_in(chromium: Browser, stack: Stack, who: str) -> Page:
    """Sign in by a browser that nobody else uses."""
    told: dict[str, Any] = stack.signins[who]
    page = chromium.new_context(base_url=stack.url).new_page()
    page.goto("/login?next=/account")
    authenticator.sign_in(page, told)
    page.wait_for_url(f"{stack.url}/account")
    return page


def test_a_browser_left_behind_is_asked_for_the_password_again(
    chromium: Browser, stack: Stack
) -> None:
    here = signed_in(chromium, stack, "school-leader")
    there = signed_in(chromium, stack, "school-leader")
    try:
        here.reload()
        here.get_by_role("button", name="Sign out everywhere else").click()
        told = here.get_by_text("You are signed in nowhere else.")
        told.wait_for()

        there.goto("/account")
        there.locator("#username").wait_for()
        here.goto("/account")
        assert here.url == f"{stack.url}/account"
    finally:
        here.context.close()
        there.context.close()


def test_who_asked_is_told_by_email_and_stops_it_by_a_link(
    stack: Stack, window: Callable[..., Page]
) -> None:
    with closing(stack.signed_in("school-technician")) as browser:
        page = browser.get("/", headers={"accept": "text/html"}).text
        token = TOKEN.search(page)
        assert token is not None, page
        sent = {"x-csrf-token": token[1], "origin": stack.url}
        browser.post(
            CHOICES,
            json={"kind": "ticket-resolved", "frequency": "at-once"},
            headers=sent,
        ).raise_for_status()
        ticket = resolved(browser, sent)

        [message] = eventually(lambda: told_of(stack, ticket["ticket_id"]))
        stop = STOP.search(message["text"])
        assert stop is not None, message["text"]
        other = window(None)
        other.goto(stop[0])
        other.get_by_role("button", name="Stop them").click()
        other.get_by_role("heading", name="You will get no more").wait_for()

        choices = browser.get(CHOICES).raise_for_status().json()["items"]
        assert {"kind": "ticket-resolved", "frequency": "never"} in choices
        assert str(ticket["number"]) in message["subject"]


def resolved(browser: httpx.Client, sent: dict[str, str]) -> dict[str, Any]:
    """Open a ticket as somebody of a school, and resolve it."""
    [school] = browser.get("/api/directory/v1/schools").json()["items"]
    asked = {
        "school_urn": school["urn"],
        "kind": "incident",
        "summary": "The projector hums",
        "description": "",
        "impact": "low",
        "urgency": "low",
    }
    opened = browser.post(TICKETS, json=asked, headers=sent)
    made: dict[str, Any] = opened.raise_for_status().json()
    browser.post(
        f"{TICKETS}/{made['ticket_id']}/resolve",
        headers={**sent, "if-match": opened.headers["etag"]},
    ).raise_for_status()
    return made


def told_of(stack: Stack, thing: str) -> list[dict[str, Any]]:
    """List the caught messages that lead to a thing."""
    caught = httpx.get(f"{stack.place.mail_url}/messages.json").raise_for_status()
    return [each for each in caught.json()["items"] if thing in each["text"]]
