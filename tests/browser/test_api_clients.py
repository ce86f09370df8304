"""A manager lets a system in by its pages; the system uses what was shown to them."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    Kit,
    fill_client,
    fits,
    listen,
    looks,
    new_tag,
    violations,
)
from tests.stack import Stack, eventually

SCHOOLS = "/api/directory/v1/schools"
KIT = "/api/inventory/v1/assets"


def token(page: Page) -> Callable[[], httpx.Response]:
    """Say how a system that was given what the page shows asks for a token."""
    told = {
        name: page.locator(f"#{name}").input_value()
        for name in ("client_id", "client_secret", "token_url")
    }
    where = told.pop("token_url")
    form = {"grant_type": "client_credentials", **told}
    return lambda: httpx.post(where, data=form)


def let_in(stack: Stack, ask: Callable[[], httpx.Response]) -> httpx.Client:
    """Wait until Keycloak gives a token; return the system, ready to call."""
    answer: httpx.Response = eventually(
        lambda: told if (told := ask()).is_success else None
    )
    held = {"authorization": f"Bearer {answer.json()['access_token']}"}
    return httpx.Client(base_url=stack.url, headers=held, timeout=30)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_system_from_its_first_call_to_its_last(
    window: Callable[..., Page], stack: Stack, kit: Kit, *, scripts: bool
) -> None:
    page = window("la-manager", scripts=scripts)
    said = listen(page)
    name = f"Portal {new_tag()}"
    fill_client(page, kit.la_code, name)
    page.check("[value='some']")
    page.fill("#schools", kit.school.rpartition("/")[2])
    page.click("text=Let it in")
    expect(page.locator("h1")).to_contain_text("Keep its secret now")
    first = token(page)
    page.click("text=I have kept it")
    expect(page.locator("h1")).to_contain_text(name)

    with let_in(stack, first) as system:
        found = system.get(SCHOOLS).json()["items"]
        assert [f"/schools/{school['urn']}" for school in found] == [kit.school]
        assert system.get(KIT).status_code == 200
        assert system.get(KIT, params={"limit": 1}).headers["ratelimit"]
        assert system.post(KIT, json={}).status_code == 403
        assert system.get("/api/servicedesk/v1/tickets").status_code == 403
        others = stack.signins["visiting-technician"]["schools"]
        foreign = next(urn for urn in others if f"/schools/{urn}" != kit.school)
        assert system.get(f"{SCHOOLS}/{foreign}").status_code == 404

        page.reload()
        expect(page.locator("main")).not_to_contain_text("Never")
        page.click("text=Make another secret")
        page.check("[value='24']")
        page.click("text=Make it and show it")
        second = token(page)
        page.click("text=I have kept it")
        with let_in(stack, second) as renewed:
            assert first().is_success
            assert system.get(SCHOOLS).status_code == 200
            assert renewed.get(SCHOOLS).status_code == 200

            page.click("main >> text=Withdraw it")
            expect(page.locator("h1")).to_contain_text("Withdraw it for good?")
            page.click("button:has-text('Withdraw it')")
            expect(page.locator(".ju-flash")).to_contain_text("has been withdrawn")
            eventually(lambda: renewed.get(SCHOOLS).status_code == 401)
            eventually(lambda: system.get(SCHOOLS).status_code == 401)
    assert said == []


def test_the_page_of_a_secret_has_no_violation(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("la-manager")
    fill_client(page, kit.la_code, f"Portal {new_tag()}")
    page.click("text=Let it in")

    expect(page.locator("h1")).to_contain_text("Keep its secret now")
    for shown in looks(page):
        assert violations(page, f"client-secret-{shown}") == []
        assert fits(page)
