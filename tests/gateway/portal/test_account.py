"""A person's own account: what they are where, where they are signed in, their post."""

from typing import Any

import httpx
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"
)


@pytest.fixture
async def two(stand: Stand, http: httpx.AsyncClient) -> tuple[Browser, Browser]:
    """Two browsers of the same person."""
    stand.issuer.subject = "subject-neighbour"
    browsers = Browser(stand.url, http), Browser(stand.url, http)
    for each in browsers:
        await each.sign_in()
    return browsers


async def shown(browser: Browser) -> str:
    answer = await browser.send("GET", "/account", {"accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_everybody_sees_what_they_are_where(two: tuple[Browser, Browser]) -> None:
    page = await shown(two[0])

    assert "LA technical manager" in page
    assert "West" in page
    assert "North" not in page


async def test_whoever_lost_a_phone_signs_out_everywhere_else(
    stand: Stand, two: tuple[Browser, Browser], csrf: Any
) -> None:
    here, there = two
    # The sign-on of whoever came last.
    *_, theirs = stand.issuer.refresh_tokens
    before = await shown(there)
    form = {"csrf_token": csrf(here)}
    sent = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    answer = await here.send("POST", "/account/sign-out-elsewhere", sent, data=form)
    gone = await there.send("GET", "/api/directory/v1/me", {})
    page = await shown(here)

    assert theirs not in stand.issuer.refresh_tokens
    assert before.count("A browser") > before.count("A browser, this one")
    assert before.count("A browser, this one") == 1
    assert answer.status_code == 303
    assert gone.status_code == 401
    assert "You are signed in nowhere else." in page


async def test_a_session_is_named_by_its_device(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    stand.issuer.subject = "subject-neighbour"
    browser = Browser(stand.url, http)
    http.headers["user-agent"] = EDGE
    await browser.sign_in()

    page = await shown(browser)
    assert "Edge on Windows, this one" in page
    assert "AppleWebKit" not in page


@pytest.mark.parametrize(
    "trouble", [{"down": True}, {"refresh_error": "invalid_client"}]
)
async def test_nobody_is_told_that_all_is_ended_while_the_sign_on_lives(
    stand: Stand, two: tuple[Browser, Browser], csrf: Any, trouble: dict[str, Any]
) -> None:
    here, there = two
    form = {"csrf_token": csrf(here)}
    sent = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    for name, value in trouble.items():
        setattr(stand.issuer, name, value)
    refused = await here.send("POST", "/account/sign-out-elsewhere", sent, data=form)
    stand.issuer.calm()
    lives = await there.send("GET", "/api/directory/v1/me", {})

    assert refused.status_code == 503
    assert lives.status_code == 200


async def test_a_choice_of_post_is_kept_by_the_form(
    two: tuple[Browser, Browser], csrf: Any
) -> None:
    browser = two[0]
    form = {"csrf_token": csrf(browser), "ticket-resolved": "daily"}
    sent = {"accept": "text/html", "sec-fetch-site": "same-origin"}
    answer = await browser.send("POST", "/account/post", sent, data=form)
    page = await shown(browser)

    assert answer.status_code == 303
    assert 'value="daily" checked' in page


async def test_only_known_actions_are_asked_of_the_sign_on(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    led = [
        (await http.get(f"{stand.url}/login", params={"action": action})).headers
        for action in ("CONFIGURE_TOTP", "delete_account")
    ]

    assert "kc_action=CONFIGURE_TOTP" in led[0]["location"]
    assert "kc_action" not in led[1]["location"]
