"""An LA's manager lets systems in, where they have a say themselves and not beyond."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway.clients.conftest import BASE, Ask, body, made, slug


async def test_the_secret_is_said_once(manager: Ask, asked: Any) -> None:
    client = await made(manager)

    assert len(client["fresh"]["client_secret"]) >= 43
    assert client["fresh"]["token_url"].endswith("/protocol/openid-connect/token")
    assert client["credentials"][0]["client_id"] == client["fresh"]["client_id"]
    assert client["credentials"][0]["state"] == "waiting"
    again = await manager("GET", f"{BASE}/{client['api_client_id']}")
    assert client["fresh"]["client_secret"] not in again.text
    [(sealed,)] = asked("SELECT sealed_secret FROM api_credential")
    assert client["fresh"]["client_secret"].encode() not in sealed


async def test_a_repeat_makes_one_client_and_says_no_secret(manager: Ask) -> None:
    key = {"idempotency-key": uuid4().hex}
    first = await manager("POST", BASE, json=body(), headers=key)

    again = await manager("POST", BASE, json=body(), headers=key)

    assert again.status_code == 201
    assert again.json()["api_client_id"] == first.json()["api_client_id"]
    assert again.json()["fresh"] is None
    assert len((await manager("GET", BASE)).json()["items"]) == 1


@pytest.mark.parametrize(
    ("who", "wanted", "status"),
    [
        ("manager", {"la_code": "941"}, 403),
        ("manager", {"la_code": "998"}, 403),
        ("manager", {"school_urns": [150001]}, 403),
        ("manager", {"school_urns": [140001, 999998]}, 403),
        ("neighbour", {}, 403),
        ("auditor", {}, 403),
        ("technician", {}, 403),
        ("analyst", {}, 403),
    ],
)
async def test_nobody_gives_what_is_not_theirs(
    as_someone: Any, who: str, wanted: dict[str, Any], status: int, asked: Any
) -> None:
    ask = await as_someone(who)

    answer = await ask("POST", BASE, json=body(**wanted))

    assert answer.status_code == status, answer.text
    assert slug(answer) == "client-beyond-own-scope"
    assert asked("SELECT count(*) FROM api_client") == [(0,)]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"scopes": ["directory:write"]}, "/scopes/0"),
        ({"name": " "}, "/name"),
        ({"name": "a\x00b"}, "/name"),
        ({"contact": ""}, "/contact"),
        ({"requests_per_minute": 0}, "/requests_per_minute"),
        ({"requests_per_minute": 6001}, "/requests_per_minute"),
        ({"requests_per_minute": "60"}, "/requests_per_minute"),
        ({"school_urns": [1]}, "/school_urns/0"),
        ({"la_code": "94"}, "/la_code"),
        ({"school_urns": "140001"}, "/school_urns"),
        ({"every_school": True}, "/every_school"),
    ],
)
async def test_what_cannot_be_is_named(
    manager: Ask, wrong: dict[str, Any], pointer: str
) -> None:
    answer = await manager("POST", BASE, json=body(**wrong))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_name_is_one_clients_until_it_is_withdrawn(manager: Ask) -> None:
    first = await made(manager, name="Portal")

    taken = await manager("POST", BASE, json=body(name="PORTAL"))
    where = f"{BASE}/{first['api_client_id']}/withdraw"
    assert (await manager("POST", where, 1)).status_code == 200
    freed = await manager("POST", BASE, json=body(name="Portal"))

    assert (taken.status_code, slug(taken)) == (409, "client-name-taken")
    assert freed.status_code == 201


async def test_who_reads_the_clients_of_an_authority(
    manager: Ask, as_someone: Any
) -> None:
    client = await made(manager)
    where = f"{BASE}/{client['api_client_id']}"
    seen: dict[str, tuple[int, int, int]] = {}
    for who in ("manager", "auditor", "technician", "neighbour", "analyst"):
        ask = await as_someone(who)
        listed = await ask("GET", BASE)
        change = await ask("PATCH", where, 7, json={"contact": "x"})
        seen[who] = (
            len(listed.json()["items"]),
            (await ask("GET", where)).status_code,
            change.status_code,
        )

    assert seen == {
        "manager": (1, 200, 412),
        "auditor": (1, 200, 403),
        "technician": (0, 404, 404),
        "neighbour": (0, 404, 404),
        "analyst": (0, 404, 404),
    }


async def test_the_list_is_by_name_with_the_withdrawn_last(manager: Ask) -> None:
    for name in ("c", "B", "a"):
        client = await made(manager, name=name)
    where = f"{BASE}/{client['api_client_id']}/withdraw"
    await manager("POST", where, 1)

    names: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = (await manager("GET", BASE, params={"limit": 1, **after})).json()
        names += [each["name"] for each in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert names == ["B", "c", "a"]


async def test_an_authority_has_no_end_of_clients(manager: Ask, asked: Any) -> None:
    await made(manager)
    asked(
        "INSERT INTO api_client (la_code, name, contact, scopes, place_la_code,"
        " is_of_whole_la, is_sandbox, requests_per_minute)"
        " SELECT '940', 'n' || n, 'x', '{directory:read}', '940', true, false, 1"
        " FROM generate_series(1, 99) AS n"
    )

    answer = await manager("POST", BASE, json=body(name="one more"))

    assert (answer.status_code, slug(answer)) == (409, "too-many-clients")
