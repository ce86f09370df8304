"""An API client from its making to its end, with the real Keycloak."""

import re
from collections.abc import Generator
from contextlib import closing
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.stack import Stack, eventually

CLIENTS = "/api/directory/v1/clients"
SCHOOLS = "/api/directory/v1/schools"
KIT = "/api/inventory/v1/assets"


@pytest.fixture
def manager(stack: Stack) -> Generator[httpx.Client]:
    """The LA's manager, ready to change things."""
    with closing(stack.signed_in("la-manager")) as browser:
        page = browser.get("/", headers={"accept": "text/html"}).text
        tokens = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        browser.headers["x-csrf-token"] = tokens[0]
        yield browser


def token_of(fresh: dict[str, str]) -> httpx.Response:
    """Ask Keycloak for a token, as the system would."""
    return httpx.post(
        fresh["token_url"],
        data={
            "grant_type": "client_credentials",
            "client_id": fresh["client_id"],
            "client_secret": fresh["client_secret"],
        },
    )


def let_in(fresh: dict[str, str]) -> str:
    """Wait until Keycloak has the secret; return a token."""

    def ready() -> str | None:
        answer = token_of(fresh)
        return answer.json()["access_token"] if answer.is_success else None

    found: str = eventually(ready)
    return found


def status(stack: Stack, token: str, path: str, method: str = "GET") -> int:
    headers = {"authorization": f"Bearer {token}"}
    return httpx.request(method, stack.url + path, headers=headers).status_code


def change(
    manager: httpx.Client, made: dict[str, Any], word: str, body: object = None
) -> dict[str, Any]:
    where = f"{CLIENTS}/{made['api_client_id']}"
    version = manager.get(where).headers["etag"]
    answer = manager.post(f"{where}/{word}", json=body, headers={"if-match": version})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_client_is_let_in_given_another_secret_and_shut_out(
    stack: Stack, manager: httpx.Client
) -> None:
    la_code = stack.signins["la-manager"]["la_code"]
    wanted = {
        "la_code": la_code,
        "name": f"Portal {uuid4().hex[:8]}",
        "contact": "ICT team",
        "scopes": ["directory:read", "inventory:read"],
    }
    answer = manager.post(CLIENTS, json=wanted)
    assert answer.status_code == 201, answer.text
    made = answer.json()

    old = let_in(made["fresh"])
    assert status(stack, old, SCHOOLS) == 200
    assert status(stack, old, KIT) == 200
    assert status(stack, old, KIT, "POST") == 403
    assert status(stack, old, "/api/servicedesk/v1/tickets") == 403
    listed = httpx.get(
        f"{stack.url}{SCHOOLS}", headers={"authorization": f"Bearer {old}"}
    )
    assert {each["la_code"] for each in listed.json()["items"]} == {la_code}

    rotated = change(manager, made, "rotate", {"overlap_hours": 1})
    new = let_in(rotated["fresh"])
    assert token_of(made["fresh"]).status_code == 200
    assert status(stack, let_in(made["fresh"]), SCHOOLS) == 200
    assert status(stack, new, SCHOOLS) == 200

    change(manager, made, "withdraw")
    eventually(lambda: status(stack, new, SCHOOLS) == 401)
    eventually(lambda: status(stack, old, SCHOOLS) == 401)
    for fresh in (made["fresh"], rotated["fresh"]):
        eventually(lambda fresh=fresh: token_of(fresh).status_code == 401)


def test_a_sandbox_client_works_in_a_school_that_every_service_knows(
    stack: Stack, manager: httpx.Client
) -> None:
    la_code = stack.signins["la-manager"]["la_code"]
    wanted = {
        "la_code": la_code,
        "name": f"Trial {uuid4().hex[:8]}",
        "contact": "ICT team",
        "scopes": ["directory:read", "inventory:write", "servicedesk:write"],
        "is_sandbox": True,
    }
    made = manager.post(CLIENTS, json=wanted).json()
    (urn,) = made["school_urns"]
    held = {"authorization": f"Bearer {let_in(made['fresh'])}"}
    asset = {
        "school_urn": urn,
        "tag": uuid4().hex[:8],
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "100e",
    }
    ticket = {"school_urn": urn, "summary": "Only a trial"}
    with httpx.Client(base_url=stack.url, headers=held) as system:
        schools = system.get(SCHOOLS).json()["items"]
        assert [school["urn"] for school in schools] == [urn]
        eventually(lambda: system.post(KIT, json=asset).status_code == 201)
        where = "/api/servicedesk/v1/tickets"
        eventually(lambda: system.post(where, json=ticket).status_code == 201)
        found = system.get(KIT).json()["items"]
        assert {each["school_urn"] for each in found} == {urn}
        real = manager.get(SCHOOLS, params={"limit": 1}).json()["items"][0]["urn"]
        assert system.get(f"{SCHOOLS}/{real}").status_code == 404
        refused = system.post(KIT, json=asset | {"school_urn": real})
        assert refused.status_code == 404
    assert manager.get(f"{SCHOOLS}/{urn}").status_code == 404
    change(manager, made, "withdraw")
