"""A sandbox client tries the API in a school of its own, and meets nothing real."""

from typing import Any

import pytest

from tests.gateway.clients.conftest import (
    BASE,
    SCHOOLS,
    Ask,
    Call,
    body,
    made,
    slug,
)

URN = 999_940


async def test_it_sees_its_own_school_and_no_other(manager: Ask, call: Call) -> None:
    client = await made(manager, is_sandbox=True)

    found = (await call(client["fresh"]["client_id"], SCHOOLS)).json()["items"]

    assert [(school["urn"], school["la_code"]) for school in found] == [(URN, "999")]
    assert client["school_urns"] == [URN]
    assert client["la_code"] == "940"
    for urn in (140001, 150001):
        answer = await call(client["fresh"]["client_id"], f"{SCHOOLS}/{urn}")
        assert answer.status_code == 404


async def test_two_authorities_share_no_sandbox(
    manager: Ask, as_someone: Any, call: Call
) -> None:
    neighbour = await as_someone("neighbour")
    await made(manager, is_sandbox=True)
    theirs = await made(neighbour, is_sandbox=True, la_code="941")

    found = (await call(theirs["fresh"]["client_id"], SCHOOLS)).json()["items"]

    assert [school["urn"] for school in found] == [999_941]


async def test_its_manager_has_no_business_in_the_sandbox(manager: Ask) -> None:
    await made(manager, is_sandbox=True)

    assert (await manager("GET", f"{SCHOOLS}/{URN}")).status_code == 404
    listed = (await manager("GET", SCHOOLS)).json()["items"]
    assert URN not in {school["urn"] for school in listed}


async def test_a_second_client_finds_the_school_as_it_is(
    manager: Ask, asked: Any
) -> None:
    await made(manager, is_sandbox=True)
    before = asked("SELECT school_id, version FROM school WHERE urn = %s", URN)

    await made(manager, name="Another", is_sandbox=True)

    assert asked("SELECT school_id, version FROM school WHERE urn = %s", URN) == before


@pytest.mark.parametrize("urns", [[140001], [URN], []])
async def test_it_is_let_into_no_other_school(manager: Ask, urns: list[int]) -> None:
    asked_for = body(is_sandbox=True, school_urns=urns)
    refused = await manager("POST", BASE, json=asked_for)
    client = await made(manager, is_sandbox=True)
    where = f"{BASE}/{client['api_client_id']}"
    changed = await manager("PATCH", where, 1, json={"school_urns": urns})

    for answer in (refused, changed):
        assert (answer.status_code, slug(answer)) == (422, "sandbox-has-its-school")
    renamed = await manager("PATCH", where, 1, json={"name": "Other"})
    assert renamed.json()["school_urns"] == [URN]


async def test_nobody_makes_a_sandbox_client_for_another_authority(
    manager: Ask, asked: Any
) -> None:
    answer = await manager("POST", BASE, json=body(la_code="941", is_sandbox=True))

    assert answer.status_code == 403
    assert asked("SELECT count(*) FROM api_client") == [(0,)]
