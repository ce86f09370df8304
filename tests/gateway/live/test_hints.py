"""Hints over the real stream: who hears of what, and what the bytes hold."""

import re
from uuid import UUID

import pytest

from chassis import bus
from tests.gateway.conftest import Stand
from tests.gateway.live.conftest import Say, fact, listening
from tests.gateway.world import Browser

CHANGED, OPENED = "inventory.asset.changed", "servicedesk.ticket.opened"
Schools = dict[int, UUID]


async def test_a_change_is_told_by_the_topic_asked_for_and_nothing_else(
    technician: Browser, schools: Schools, say: Say
) -> None:
    own = f"asset:{schools[140001]}"
    async with listening(technician, own) as heard:
        await say(CHANGED, "940", schools[140001], UUID(int=5))
        await heard.until(lambda one: one.topics == [own])

    told = re.sub(r"retry: \d+\n\n", "", heard.raw)
    assert told == f"event: changed\ndata: {own}\n\n"
    assert str(UUID(int=5)) not in heard.raw


async def test_a_foreign_schools_change_never_reaches_the_stream(
    technician: Browser, schools: Schools, say: Say
) -> None:
    """Every way to ask for it is tried; a change of one's own comes after it."""
    foreign, neighbour, own = schools[150001], schools[140002], schools[140001]
    known = UUID(int=7)
    places = (foreign, neighbour, own, known, "940", "941")
    topics = [f"asset:{place}" for place in places]
    async with listening(technician, *topics) as heard:
        await say(CHANGED, "941", foreign, known)
        await say(CHANGED, "940", neighbour)
        await say("inventory.departure.recorded", "941", foreign, known)
        await say(CHANGED, "940", own)
        await heard.until(lambda one: f"asset:{own}" in one.topics)

    assert set(heard.topics) == {f"asset:{own}", "asset:940"}
    assert str(foreign) not in heard.raw
    assert str(neighbour) not in heard.raw


async def test_a_role_elsewhere_opens_nothing_here(
    stand: Stand, browser: Browser, schools: Schools, say: Say
) -> None:
    """A teacher at one school who is the technician at another."""
    stand.issuer.subject = "subject-teacher"
    await browser.sign_in()
    teaches, looks_after = schools[140001], schools[140002]
    topics = [f"asset:{teaches}", f"ticket:{teaches}", f"asset:{looks_after}"]
    async with listening(browser, *topics) as heard:
        await say(CHANGED, "940", teaches)
        await say(OPENED, "940", teaches)
        await say(CHANGED, "940", looks_after)
        await heard.until(lambda one: bool(one.topics))

    assert heard.topics == [f"asset:{looks_after}"]


async def test_staff_hear_of_the_ticket_they_name(
    stand: Stand, browser: Browser, schools: Schools, say: Say
) -> None:
    stand.issuer.subject = "subject-teacher"
    await browser.sign_in()
    mine = UUID(int=11)
    async with listening(browser, f"ticket:{mine}") as heard:
        await say(OPENED, "940", schools[140001])
        await say("servicedesk.ticket.resolved", "940", schools[140001], mine)
        await heard.until(lambda one: one.topics == [f"ticket:{mine}"])


async def test_a_manager_hears_of_every_school_of_the_la(
    stand: Stand, browser: Browser, schools: Schools, say: Say
) -> None:
    stand.issuer.subject = "subject-manager"
    await browser.sign_in()
    async with listening(browser, "ticket:940", "ticket:941") as heard:
        await say(OPENED, "941", schools[150001])
        await say(OPENED, "940", schools[140002])
        await heard.until(lambda one: one.topics == ["ticket:940"])


async def test_what_changed_while_the_page_was_drawn_is_told(
    technician: Browser, schools: Schools, say: Say
) -> None:
    own = f"asset:{schools[140001]}"
    async with listening(technician, own) as early:
        await say(CHANGED, "940", schools[140001])
        await early.until(lambda one: bool(one.topics))

    async with listening(technician, own, age=60) as heard:
        await heard.until(lambda one: one.topics == [own])


async def test_what_a_relay_publishes_together_is_told_together(
    technician: Browser, schools: Schools, saying: bus.Bus
) -> None:
    own = f"asset:{schools[140001]}"
    async with listening(technician, own) as heard:
        facts = [fact(CHANGED, "940", schools[140001]) for _ in range(500)]
        await saying.publish_together(facts)
        await heard.until(lambda one: bool(one.topics))
        await saying.publish(fact(CHANGED, "940", schools[140001]))
        await heard.until(lambda one: len(one.topics) > 1)

    assert len(heard.topics) < 20


@pytest.mark.parametrize(
    "topics",
    ["", "asset", "asset:", "asset:94", "secret:940", "asset:940,", "asset:ABC"],
)
async def test_what_is_no_topic_is_refused(technician: Browser, topics: str) -> None:
    answer = await technician.get(f"/live?topics={topics}")

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("invalid")


async def test_who_is_not_signed_in_is_told_so(browser: Browser) -> None:
    answer = await browser.get("/live?topics=asset:940")

    assert answer.status_code == 401


async def test_a_token_of_the_interface_opens_no_stream(
    stand: Stand, browser: Browser
) -> None:
    token = stand.issuer.sign(stand.issuer.access_claims())
    answer = await browser.get(
        "/live?topics=asset:940", {"authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 401
