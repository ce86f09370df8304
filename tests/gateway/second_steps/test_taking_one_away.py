"""Somebody's own second steps: seen, taken away, and never the last that is needed."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.trail.test_what_the_gateway_records import entries
from tests.gateway.world import Browser

Csrf = Callable[[Browser], str]
MILLISECONDS = 1_795_000_000_000
APP = {"id": "app-1", "type": "otp", "userLabel": "My phone"}
PASSKEY = {"id": "key-1", "type": "webauthn", "userLabel": "Blue key"}
CODES = {
    "id": "codes-1",
    "type": "recovery-authn-codes",
    "credentialData": '{"totalCodes": 12, "remainingCodes": 1}',
}
MANAGER, TECHNICIAN = "subject-manager", "subject-technician"
PAGE = {"accept": "text/html"}


@pytest.fixture
async def signed_in(stand: Stand, http: httpx.AsyncClient) -> Any:
    """Sign somebody in who has these second steps."""

    async def made(subject: str, *credentials: dict[str, Any]) -> Browser:
        stand.issuer.subject = subject
        stand.issuer.credentials[subject] = [
            {"createdDate": MILLISECONDS, **each} for each in credentials
        ]
        browser = Browser(stand.url, http)
        await browser.sign_in()
        return browser

    return made


async def remove(browser: Browser, csrf: Csrf, step: str) -> httpx.Response:
    return await browser.send(
        "POST",
        f"/account/second-steps/{step}/remove",
        PAGE | {"sec-fetch-site": "same-origin"},
        data={"csrf_token": csrf(browser)},
    )


def held(stand: Stand, subject: str) -> list[str]:
    return [each["id"] for each in stand.issuer.credentials[subject]]


async def test_each_is_listed_with_its_name_and_the_codes_with_how_many_are_left(
    signed_in: Any,
) -> None:
    browser = await signed_in(MANAGER, APP, PASSKEY, CODES)
    page = (await browser.get("/account", PAGE)).text

    assert "Authenticator app “My phone”" in page
    assert "Passkey “Blue key”" in page
    assert "1 code left" in page


async def test_one_of_two_is_taken_away_and_that_is_recorded(
    stand: Stand, signed_in: Any, csrf: Csrf
) -> None:
    browser = await signed_in(MANAGER, APP, PASSKEY)
    before = len(entries(stand, "second-step.removed"))

    answer = await remove(browser, csrf, "app-1")

    assert answer.status_code == 303
    assert held(stand, MANAGER) == ["key-1"]
    (*_, recorded) = entries(stand, "second-step.removed")
    assert len(entries(stand, "second-step.removed")) > before
    assert recorded[1] == "manager"
    assert recorded[3:5] == ("done", "127.0.0.1")


@pytest.mark.parametrize("last", [APP, PASSKEY], ids=["app", "passkey"])
async def test_the_last_stays_where_a_role_needs_it_whatever_codes_there_are(
    stand: Stand, signed_in: Any, csrf: Csrf, last: dict[str, Any]
) -> None:
    browser = await signed_in(MANAGER, last, CODES)
    told = await browser.get(f"/account/second-steps/{last['id']}", PAGE)

    answer = await remove(browser, csrf, last["id"])

    assert "It is your last one, and it stays" in told.text
    assert answer.status_code == 409
    assert held(stand, MANAGER) == [last["id"], "codes-1"]


async def test_who_needs_none_may_take_the_last_away(
    stand: Stand, signed_in: Any, csrf: Csrf
) -> None:
    browser = await signed_in(TECHNICIAN, PASSKEY)

    assert (await remove(browser, csrf, "key-1")).status_code == 303
    assert held(stand, TECHNICIAN) == []


async def test_who_sits_down_at_another_s_browser_is_asked_to_sign_in_again(
    stand: Stand, signed_in: Any, csrf: Csrf
) -> None:
    stand.issuer.auth_time = int(time.time()) - 700
    browser = await signed_in(MANAGER, APP, PASSKEY)
    told = await browser.get("/account/second-steps/app-1", PAGE)

    answer = await remove(browser, csrf, "app-1")
    again = await browser.get("/login?afresh=true&next=/account/second-steps/app-1")

    assert "/login?afresh=true&amp;next=/account/second-steps/app-1" in told.text
    assert answer.status_code == 403
    assert held(stand, MANAGER) == ["app-1", "key-1"]
    assert "prompt=login" in again.headers["location"]


@pytest.mark.parametrize("step", ["somebody-elses", "key-1%2F..%2F..", "x" * 101])
async def test_what_is_none_of_theirs_is_not_there(
    stand: Stand, signed_in: Any, csrf: Csrf, step: str
) -> None:
    browser = await signed_in(MANAGER, APP, PASSKEY)
    stand.issuer.credentials["subject-other"] = [{"id": "somebody-elses"}]

    answer = await remove(browser, csrf, step)

    assert answer.status_code in {400, 404, 422}
    assert held(stand, MANAGER) == ["app-1", "key-1"]
    assert held(stand, "subject-other") == ["somebody-elses"]


async def test_without_the_sign_on_the_rest_of_the_account_is_shown(
    stand: Stand, signed_in: Any, csrf: Csrf
) -> None:
    browser = await signed_in(MANAGER, APP, PASSKEY)
    before = entries(stand, "second-step.removed")
    stand.issuer.down = True
    page = await browser.get("/account", PAGE)
    answer = await remove(browser, csrf, "app-1")
    stand.issuer.calm()

    assert page.status_code == 200
    assert "cannot be shown just now" in page.text
    assert answer.status_code == 503
    assert entries(stand, "second-step.removed") == before


async def test_an_administrator_who_looks_as_somebody_sees_none(
    stand: Stand, signed_in: Any, csrf: Csrf
) -> None:
    """The tokens of the session are the administrator's own."""
    browser = await signed_in(MANAGER, APP)
    with psycopg.connect(stand.database.admin) as admin:
        (found,) = admin.execute(
            "SELECT person_id FROM person WHERE username = 'technician'"
        ).fetchall()
    someone = found[0]
    begun = await browser.send(
        "POST",
        f"/people/{someone}/view",
        PAGE | {"sec-fetch-site": "same-origin"},
        data={"csrf_token": csrf(browser)},
    )
    page = await browser.get("/account", PAGE)

    assert begun.status_code == 303, begun.text
    assert "My phone" not in page.text
    step = await browser.get("/account/second-steps/app-1", PAGE)
    assert step.status_code in {403, 404}
