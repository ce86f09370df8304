"""Pages of the running gateway: who sees which, and what stands without a service."""

import re
from collections.abc import Callable

from tests.gateway.world import Browser

HTML = {"accept": "text/html"}


async def test_the_door_is_open_to_those_who_are_signed_out(browser: Browser) -> None:
    page = await browser.get("/", HTML)

    assert page.status_code == 200
    assert 'href="/login"' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_a_page_asks_to_sign_in_and_comes_back_to_it(browser: Browser) -> None:
    page = await browser.get("/schools/140001/assets?q=a", HTML)

    assert page.status_code == 303
    assert page.headers["location"].startswith("/login?next=/schools/140001/assets")


async def test_every_page_says_its_language_and_bears_no_inline_code(
    technician: Browser,
) -> None:
    for path in ("/", "/switch-school", "/cookies", "/accessibility", "/nowhere"):
        page = await technician.get(path, HTML)
        assert '<html lang="en-GB"' in page.text, path
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style", page.text), path


async def test_an_unknown_page_is_a_page(technician: Browser) -> None:
    page = await technician.get("/nowhere", HTML)

    assert page.status_code == 404
    assert "<h1" in page.text


async def test_a_school_of_others_is_no_school(technician: Browser) -> None:
    foreign = await technician.get("/schools/150001/assets", HTML)
    unknown = await technician.get("/schools/199999/assets", HTML)

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert _shape(foreign.text) == _shape(unknown.text)


async def test_a_service_that_is_down_is_a_503_page(technician: Browser) -> None:
    page = await technician.get("/schools/140001/tickets", HTML)

    assert page.status_code == 503
    assert "Not available just now" in page.text


async def test_home_stands_without_the_service_desk(technician: Browser) -> None:
    page = await technician.get("/", HTML)

    assert page.status_code == 200
    assert "The service desk does not answer just now" in page.text


async def test_a_school_role_gets_no_comparison_with_names(technician: Browser) -> None:
    own = await technician.get("/authorities/940/comparison", HTML)
    foreign = await technician.get("/authorities/941/comparison", HTML)
    file = await technician.get("/authorities/940/comparison.csv", HTML)

    assert own.headers["location"] == "/schools/140001/comparison"
    assert (foreign.status_code, file.status_code) == (404, 404)


async def test_a_form_without_its_token_changes_nothing(technician: Browser) -> None:
    answer = await technician.send(
        "POST",
        "/schools/140001/assets/new",
        {**HTML, "sec-fetch-site": "same-origin"},
        data={"tag": "LT-1"},
    )

    assert answer.status_code == 403


async def test_an_incomplete_form_comes_back_with_what_was_typed(
    technician: Browser, csrf: Callable[[Browser], str]
) -> None:
    answer = await technician.send(
        "POST",
        "/schools/140001/assets/new",
        {**HTML, "sec-fetch-site": "same-origin"},
        data={"csrf_token": csrf(technician), "tag": '"><b>LT-1'},
    )

    assert answer.status_code == 422
    assert "<title>Error: Add an asset" in answer.text
    assert 'href="#category"' in answer.text
    assert "&gt;&lt;b&gt;LT-1" in answer.text


def _shape(text: str) -> str:
    """A page without what differs from request to request."""
    return re.sub(r"<code>[^<]*</code>|\d{6}", "", text)
