"""No other site's page may change anything with a person's cookie."""

from collections.abc import Callable

import pytest

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

Csrf = Callable[[Browser], str]
ORIGINS = [
    "http://evil.example",
    "https://127.0.0.1",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://127.0.0.1.evil.example",
    "http://localhost",
    "null",
    "",
    "file://",
    "http://[::1]",
    "http://user@127.0.0.1",
    "http://127.0.0.1:8000 http://evil.example",
]
KINDS = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/json",
]
METHODS = ["POST", "PUT", "PATCH", "DELETE"]
PATH = "/api/inventory/v1/assets"


@pytest.mark.parametrize("origin", ORIGINS)
async def test_a_foreign_origin_changes_nothing_even_with_the_token(
    stand: Stand, technician: Browser, csrf: Csrf, origin: str
) -> None:
    for method in METHODS:
        for kind in KINDS:
            headers = {
                "origin": origin,
                "content-type": kind,
                "x-csrf-token": csrf(technician),
            }
            answer = await technician.send(method, PATH, headers, content=b"{}")
            assert answer.status_code == 403, (method, kind, answer.text)
            assert "access-control-allow-origin" not in answer.headers
    assert stand.echo.seen == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "none-of-these"])
async def test_a_browser_that_says_it_is_elsewhere_is_believed(
    stand: Stand, technician: Browser, csrf: Csrf, site: str
) -> None:
    headers = {
        "sec-fetch-site": site,
        "origin": stand.url,
        "x-csrf-token": csrf(technician),
    }

    answer = await technician.send("POST", PATH, headers, content=b"{}")

    assert answer.status_code == 403
    assert stand.echo.seen == []


async def test_neither_origin_nor_fetch_site_is_not_enough(
    stand: Stand, technician: Browser, csrf: Csrf
) -> None:
    answer = await technician.send(
        "POST", PATH, {"x-csrf-token": csrf(technician)}, content=b"{}"
    )

    assert answer.status_code == 403
    assert stand.echo.seen == []


@pytest.mark.parametrize("own", [{"sec-fetch-site": "same-origin"}, {"origin": "own"}])
async def test_our_own_page_with_its_token_may_change(
    stand: Stand, technician: Browser, csrf: Csrf, own: dict[str, str]
) -> None:
    sent = {k: stand.url if v == "own" else v for k, v in own.items()}

    answer = await technician.send(
        "POST", PATH, {**sent, "x-csrf-token": csrf(technician)}, content=b"{}"
    )

    assert answer.status_code == 200
    assert len(stand.echo.seen) == 1


@pytest.mark.parametrize("token", [None, "", "0" * 64, "wrong"])
async def test_our_own_page_without_its_token_may_not(
    stand: Stand, technician: Browser, token: str | None
) -> None:
    headers = {"origin": stand.url}
    if token is not None:
        headers["x-csrf-token"] = token

    answer = await technician.send("POST", PATH, headers, content=b"{}")

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#form-expired")
    assert stand.echo.seen == []


async def test_a_token_of_another_session_does_not_count(
    stand: Stand, technician: Browser, csrf: Csrf
) -> None:
    old = csrf(technician)
    await technician.sign_in()

    answer = await technician.send(
        "POST", PATH, {"origin": stand.url, "x-csrf-token": old}, content=b"{}"
    )

    assert answer.status_code == 403


async def test_every_answer_carries_the_security_headers(
    stand: Stand, technician: Browser
) -> None:
    for path in ("/api/directory/v1/me", PATH, "/nowhere", "/login", "/%2e", "/docs"):
        headers = (await technician.get(path)).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"]
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers
    assert stand.url.startswith("http://")  # hence no HSTS
