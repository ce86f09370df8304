"""The pages of API clients: who opens them, and each step by its form."""

import re
from typing import Any

import httpx
import pytest

from tests.gateway.clients.conftest import BASE, SCHOOLS, Ask, Call, made

HTML = {"accept": "text/html"}
ROOT = "/authorities/940/clients"
FILLED = {
    "name": "The portal",
    "contact": "ICT team",
    "scopes": ["directory:read", "inventory:read"],
    "where": "all",
    "per_minute": "1,200",
    "once": "f3b0c442-98fc-4c14-9afb-f4c8996fb924",
}
SOME = {"where": "some", "schools": "140001"}


async def page(ask: Ask, path: str) -> httpx.Response:
    return await ask("GET", path, headers=HTML)


async def send(ask: Ask, path: str, **fields: Any) -> httpx.Response:
    return await ask("POST", path, headers=HTML, data={"csrf_token": "", **fields})


def value_of(answer: httpx.Response, field: str) -> str:
    """Read what a box of the page holds."""
    tag = re.search(rf'<input[^>]*id="{field}"[^>]*>', answer.text)
    assert tag is not None, answer.text
    found = re.search(r'value="([^"]*)"', tag[0])
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("manager", ROOT, 200),
        ("manager", f"{ROOT}/new", 200),
        ("manager", "/authorities/941/clients", 404),
        ("manager", "/authorities/941/clients/new", 404),
        ("auditor", ROOT, 200),
        ("auditor", f"{ROOT}/new", 403),
        ("neighbour", ROOT, 404),
        ("technician", ROOT, 404),
        ("analyst", ROOT, 404),
    ],
)
async def test_a_page_opens_to_whom_it_is_for(
    as_someone: Any, name: str, path: str, status: int
) -> None:
    assert (await page(await as_someone(name), path)).status_code == status


async def test_where_there_is_none_the_page_says_what_to_do(
    manager: Ask, as_someone: Any
) -> None:
    auditor = await as_someone("auditor")

    assert f'href="{ROOT}/new"' in (await page(manager, ROOT)).text
    empty = (await page(auditor, ROOT)).text
    assert "No system is let in yet" in empty
    assert f'href="{ROOT}/new"' not in empty
    assert f'href="{ROOT}"' in (await page(manager, "/")).text


async def test_a_client_from_its_making_to_its_end(manager: Ask, call: Call) -> None:
    shown = await send(manager, f"{ROOT}/new", **FILLED)
    assert shown.status_code == 200, shown.text
    client_id, secret = (value_of(shown, f"client_{n}") for n in ("id", "secret"))
    assert len(secret) >= 43
    assert shown.headers["cache-control"] == "no-store"
    assert (await call(client_id, SCHOOLS)).status_code == 200
    # Sent again, as a reload does: the same client, and no secret.
    again = await send(manager, f"{ROOT}/new", **FILLED)
    assert again.status_code == 303
    where = again.headers["location"]
    view = (await page(manager, where)).text
    assert secret not in view
    assert "1,200 requests a minute" in view
    assert client_id in view

    changed = await send(manager, f"{where}/edit", **FILLED | SOME | {"version": "1"})
    assert changed.status_code == 303
    assert "1 school" in (await page(manager, where)).text
    assert value_of(await page(manager, f"{where}/edit"), "schools") == "140001"

    rotated = await send(manager, f"{where}/rotate", version="2", overlap="24")
    assert rotated.status_code == 200
    assert "stays good until" in rotated.text
    other = value_of(rotated, "client_id")
    assert (await call(other, SCHOOLS)).status_code == 200

    asked = await page(manager, f"{where}/withdraw")
    assert "Withdraw it for good?" in asked.text
    gone = await send(manager, f"{where}/withdraw", version="3")
    assert gone.status_code == 303
    assert "It stays withdrawn" in (await page(manager, where)).text


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"name": ""}, 422, "Enter a name"),
        ({"contact": ""}, 422, "Enter whom to ask"),
        ({"scopes": []}, 422, "Choose at least one thing"),
        ({"scopes": ["everything"]}, 422, "Choose at least one thing"),
        ({"per_minute": "many"}, 422, "Enter a number from 1 to 6,000"),
        ({"per_minute": "6001"}, 422, "Enter a number from 1 to 6,000"),
        ({"where": ""}, 422, "Choose at which schools"),
        ({"where": "elsewhere"}, 422, "Choose at which schools"),
        ({"where": "", "schools": "140001"}, 422, "Choose at which schools"),
        (SOME | {"schools": ""}, 422, "Enter the URN of at least one school"),
        (SOME | {"schools": " , "}, 422, "Enter the URN of at least one school"),
        (SOME | {"schools": "12"}, 422, "each of six digits"),
        (SOME | {"schools": "140001 1400O2"}, 422, "each of six digits"),
        (SOME | {"schools": "140001 " * 501}, 422, "up to 500 URNs"),
        (SOME | {"schools": "150001"}, 403, "Not all of these are schools of North"),
        (SOME | {"sandbox": "yes"}, 422, "A sandbox client has a school of its own"),
    ],
)
async def test_a_fault_is_told_at_its_field(
    manager: Ask, wrong: dict[str, Any], status: int, said: str
) -> None:
    answer = await send(manager, f"{ROOT}/new", **FILLED | wrong)

    assert answer.status_code == status
    assert said in answer.text
    assert "Error: " in answer.text


async def test_no_schools_is_not_every_school(manager: Ask) -> None:
    client = await made(manager, school_urns=[140001])
    where = f"{ROOT}/{client['api_client_id']}"

    emptied = FILLED | SOME | {"schools": "", "version": "1"}
    answer = await send(manager, f"{where}/edit", **emptied)

    assert answer.status_code == 422
    assert "Enter the URN of at least one school" in answer.text
    api = await manager("GET", f"{BASE}/{client['api_client_id']}")
    assert api.json()["school_urns"] == [140001]


async def test_a_client_without_a_school_is_renamed_and_stays_without(
    manager: Ask,
) -> None:
    client = await made(manager, school_urns=[])
    where = f"{ROOT}/{client['api_client_id']}"
    assert "No school" in (await page(manager, where)).text

    renamed = FILLED | SOME | {"schools": "", "name": "Other", "version": "1"}
    assert (await send(manager, f"{where}/edit", **renamed)).status_code == 303

    api = await manager("GET", f"{BASE}/{client['api_client_id']}")
    assert (api.json()["name"], api.json()["school_urns"]) == ("Other", [])


async def test_a_sandbox_client_is_let_in_without_saying_where(manager: Ask) -> None:
    tried = FILLED | {"where": "", "sandbox": "yes"}

    assert (await send(manager, f"{ROOT}/new", **tried)).status_code == 200


async def test_a_name_that_is_taken_is_told(manager: Ask) -> None:
    await made(manager, name="The portal")

    answer = await send(manager, f"{ROOT}/new", **FILLED)

    assert answer.status_code == 409
    assert "has this name" in answer.text


async def test_a_step_that_came_late_is_not_taken(manager: Ask) -> None:
    client = await made(manager)
    where = f"{ROOT}/{client['api_client_id']}"

    for step, fields in (
        ("edit", FILLED),
        ("rotate", {"overlap": "0"}),
        ("withdraw", {}),
    ):
        answer = await send(manager, f"{where}/{step}", version="7", **fields)
        assert answer.status_code == 412
        assert "Somebody changed this client" in answer.text
    unsaid = await send(manager, f"{where}/rotate", version="1")
    assert unsaid.status_code == 422
    assert "Choose how long" in unsaid.text


async def test_an_auditor_looks_and_changes_nothing(
    manager: Ask, as_someone: Any
) -> None:
    client = await made(manager)
    where = f"{ROOT}/{client['api_client_id']}"
    auditor = await as_someone("auditor")

    view = await page(auditor, where)

    assert view.status_code == 200
    assert "Withdraw it" not in view.text
    for step in ("edit", "rotate", "withdraw"):
        assert (await page(auditor, f"{where}/{step}")).status_code == 403
        sent = FILLED | {"version": "1", "overlap": "0"}
        answer = await send(auditor, f"{where}/{step}", **sent)
        assert answer.status_code == 403
