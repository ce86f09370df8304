"""A right that is withdrawn ends within a minute everywhere, open streams included."""

import asyncio
import time
from typing import Any

from tests.gateway.conftest import Stand
from tests.gateway.live.conftest import listening
from tests.gateway.people.conftest import BASE, Ask, Joined, at, person_of
from tests.gateway.world import Browser

WITHIN = 60.0


async def test_a_role_that_is_ended_ends_pages_calls_and_streams(
    stand: Stand, manager: Ask, joined: Joined, http: Any, asked: Any
) -> None:
    await joined("nora", at(140001, "school-technician"))
    browser = Browser(stand.url, http)
    stand.issuer.subject = "subject-nora"
    await browser.sign_in()
    nora = await person_of(manager, "nora")
    [(school_id,)] = asked("SELECT school_id FROM school WHERE urn = 140001")
    kit = "/api/inventory/v1/assets"
    assert (await browser.get(kit)).status_code == 200
    before = _token(stand)

    async with listening(browser, f"asset:{school_id}") as heard:
        left = await manager("POST", f"{BASE}/{nora['person_id']}/leave")
        assert left.json() == {"ended": 1}
        since = time.monotonic()
        await heard.until(lambda one: one.has_ended)
        await _until_gone(browser)

    assert time.monotonic() - since < WITHIN
    assert (await browser.get(kit)).status_code == 200
    assert _token(stand) != before


def _token(stand: Stand) -> str:
    """The token that the last call brought to the service."""
    token: str = dict(stand.echo.seen[-1]["headers"])["authorization"]
    return token


async def _until_gone(browser: Browser) -> None:
    async with asyncio.timeout(WITHIN):
        while True:
            answer = await browser.get("/api/directory/v1/schools")
            if answer.json()["items"] == []:
                return
            await asyncio.sleep(0.1)
