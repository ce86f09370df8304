"""What a client of an LA may do: where it was let in, for what, and until when."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gateway.directory import loading
from tests.gateway.clients.conftest import (
    BASE,
    KIT,
    SCHOOLS,
    Ask,
    Call,
    made,
    slug,
)
from tests.gateway.conftest import Stand
from tests.gateway.world import DOCUMENT, document_text

WITHIN = 60.0


async def eventually(check: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(WITHIN):
        while not await check():  # noqa: ASYNC110 - another process makes it true
            await asyncio.sleep(0.2)


async def until(call: Call, client_id: str, path: str, status: int) -> None:
    async def answered() -> bool:
        return (await call(client_id, path)).status_code == status

    await eventually(answered)


async def load_with(stand: Stand, la_code: str) -> None:
    """Load the directory with a school, 140002, in this LA."""
    schools = [
        {**each, "la_code": la_code if each["urn"] == 140002 else each["la_code"]}
        for each in DOCUMENT["schools"]
    ]
    await loading.load_from_text(stand.database.app, document_text(schools=schools))


def urns(answer: Any) -> list[int]:
    return sorted(school["urn"] for school in answer.json()["items"])


async def test_a_client_sees_its_whole_authority_and_no_other(
    manager: Ask, call: Call
) -> None:
    client = (await made(manager))["fresh"]["client_id"]

    assert urns(await call(client, SCHOOLS)) == [140001, 140002]
    assert (await call(client, f"{SCHOOLS}/150001")).status_code == 404


async def test_a_client_of_one_school_sees_that_school(
    manager: Ask, call: Call
) -> None:
    client = (await made(manager, school_urns=[140002]))["fresh"]["client_id"]

    assert urns(await call(client, SCHOOLS)) == [140002]
    assert (await call(client, f"{SCHOOLS}/140001")).status_code == 404
    me = (await call(client, "/api/directory/v1/me")).json()
    assert me["grants"][0]["la_codes"] == []


@pytest.mark.parametrize(
    ("scopes", "method", "path", "missing"),
    [
        (["directory:read"], "GET", SCHOOLS, None),
        (["directory:read"], "GET", KIT, "inventory:read"),
        (["directory:read"], "GET", "/api/directory/v1/people", "people:read"),
        (["people:read"], "GET", "/api/directory/v1/people", None),
        (["people:read"], "GET", SCHOOLS, "directory:read"),
        (["inventory:read"], "GET", KIT, None),
        (["inventory:read"], "POST", KIT, "inventory:write"),
        (["inventory:write"], "POST", KIT, None),
        (["inventory:write"], "GET", KIT, None),
        (["inventory:write"], "GET", "/api/strategy/v1/benchmarks", "strategy:read"),
        (["directory:read"], "POST", "/api/directory/v1/views", "directory:write"),
        (["directory:read"], "POST", BASE, "directory:write"),
        (["directory:read"], "GET", "/api/directory/v1/me", None),
    ],
)
async def test_scopes_say_for_what(
    stand: Stand,
    manager: Ask,
    call: Call,
    scopes: list[str],
    method: str,
    path: str,
    missing: str | None,
) -> None:
    client = (await made(manager, scopes=scopes))["fresh"]["client_id"]
    stand.echo.seen.clear()

    answer = await call(client, path, method)

    if missing is None:
        assert answer.status_code == 200, answer.text
    else:
        assert (answer.status_code, slug(answer)) == (403, "scope-missing")
        assert answer.json()["scope"] == missing
        assert stand.echo.seen == []


async def test_rights_that_are_changed_hold_within_seconds(
    manager: Ask, call: Call
) -> None:
    client = await made(manager)
    client_id = client["fresh"]["client_id"]
    assert urns(await call(client_id, SCHOOLS)) == [140001, 140002]
    where = f"{BASE}/{client['api_client_id']}"

    new = {"school_urns": [140001], "scopes": ["directory:read"]}
    changed = await manager("PATCH", where, 1, json=new)

    assert changed.json()["school_urns"] == [140001]
    await until(call, client_id, f"{SCHOOLS}/140002", 404)
    assert (await call(client_id, KIT)).status_code == 403


async def test_every_school_is_opened_by_saying_so_and_none_by_naming_none(
    manager: Ask, call: Call
) -> None:
    client = await made(manager, school_urns=[140001])
    client_id, where = client["fresh"]["client_id"], f"{BASE}/{client['api_client_id']}"

    none = await manager("PATCH", where, 1, json={"school_urns": []})
    await until(call, client_id, f"{SCHOOLS}/140001", 404)
    assert urns(await call(client_id, SCHOOLS)) == []
    every = await manager("PATCH", where, 2, json={"school_urns": None})
    await until(call, client_id, f"{SCHOOLS}/140002", 200)

    assert none.json()["school_urns"] == []
    assert every.json()["school_urns"] is None


async def test_a_client_that_is_withdrawn_is_refused_and_stays_so(
    manager: Ask, call: Call
) -> None:
    client = await made(manager)
    client_id, where = client["fresh"]["client_id"], f"{BASE}/{client['api_client_id']}"
    assert (await call(client_id, SCHOOLS)).status_code == 200

    gone = await manager("POST", f"{where}/withdraw", 1)

    assert gone.json()["credentials"][0]["state"] == "ended"
    await until(call, client_id, SCHOOLS, 401)
    for word, said in (("", {"contact": "x"}), ("/rotate", {}), ("/withdraw", None)):
        method = "POST" if word else "PATCH"
        answer = await manager(method, where + word, 2, json=said)
        assert (answer.status_code, slug(answer)) == (409, "client-withdrawn")


async def test_both_secrets_are_good_while_they_overlap(
    manager: Ask, call: Call, asked: Callable[..., Any]
) -> None:
    client = await made(manager)
    old, where = client["fresh"]["client_id"], f"{BASE}/{client['api_client_id']}"

    answer = await manager("POST", f"{where}/rotate", 1, json={"overlap_hours": 1})

    rotated = answer.json()
    new = rotated["fresh"]["client_id"]
    assert new != old
    assert [c["ends_at"] is None for c in rotated["credentials"]] == [True, False]
    for each in (old, new):
        assert (await call(each, SCHOOLS)).status_code == 200
    asked(
        "UPDATE api_credential SET ends_at = clock_timestamp() WHERE client_id = %s",
        old,
    )
    await until(call, old, SCHOOLS, 401)
    assert (await call(new, SCHOOLS)).status_code == 200


async def test_a_secret_that_leaked_ends_at_once(manager: Ask, call: Call) -> None:
    client = await made(manager)
    where = f"{BASE}/{client['api_client_id']}"
    await manager("POST", f"{where}/rotate", 1, json={})

    answer = await manager("POST", f"{where}/rotate", 2, json={"overlap_hours": 0})

    states = [each["state"] for each in answer.json()["credentials"]]
    assert states == ["waiting", "ended", "ended"]
    await until(call, client["fresh"]["client_id"], SCHOOLS, 401)


async def test_a_second_rotation_leaves_two_secrets_good(manager: Ask) -> None:
    client = await made(manager)
    where = f"{BASE}/{client['api_client_id']}"
    await manager("POST", f"{where}/rotate", 1, json={})

    answer = await manager("POST", f"{where}/rotate", 2, json={})

    states = [each["state"] for each in answer.json()["credentials"]]
    assert states == ["waiting", "waiting", "ended"]


async def test_a_school_that_leaves_the_authority_leaves_its_clients(
    stand: Stand, manager: Ask, call: Call
) -> None:
    client = await made(manager, school_urns=[140001, 140002])
    await load_with(stand, la_code="941")

    found = urns(await call(client["fresh"]["client_id"], SCHOOLS))

    assert found == [140001]
    one = await manager("GET", f"{BASE}/{client['api_client_id']}")
    assert one.json()["school_urns"] == [140001]


async def test_a_school_that_comes_back_is_not_given_back(
    stand: Stand, manager: Ask, call: Call
) -> None:
    client = await made(manager, school_urns=[140002])
    client_id, where = client["fresh"]["client_id"], f"{BASE}/{client['api_client_id']}"
    await load_with(stand, la_code="941")
    await load_with(stand, la_code="940")

    left = (await manager("GET", where)).json()
    assert left["school_urns"] == []
    assert urns(await call(client_id, SCHOOLS)) == []
    again = await manager("PATCH", where, 1, json={"school_urns": [140002]})
    assert again.json()["school_urns"] == [140002]
    await until(call, client_id, f"{SCHOOLS}/140002", 200)


async def test_a_client_has_its_name_in_the_record(manager: Ask, call: Call) -> None:
    client = await made(manager, name="The portal", scopes=["people:read"])
    await call(client["fresh"]["client_id"], KIT)

    async def is_recorded() -> bool:
        asked = {"outcome": "refused"}
        answer = await manager("GET", "/api/directory/v1/audit", params=asked)
        mine = f"client:{client['api_client_id']}"
        return any(each["principal"] == mine for each in answer.json()["items"])

    await eventually(is_recorded)
