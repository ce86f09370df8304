"""Who invites whom, what they then are, and whose an address is."""

from typing import Any

import pytest

from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Asked,
    Joined,
    at,
    body,
    invited,
    slug,
    standing,
)


async def test_somebody_invited_has_their_roles_and_waits(
    manager: Ask, asked: Asked
) -> None:
    made = await invited(
        manager, "nora", at(140001, "staff"), at(140002, "school-technician")
    )

    assert made["state"] == "invited"
    assert standing(made) == {("staff", 140001), ("school-technician", 140002)}
    assert {each["assigned_by"] for each in made["assignments"]} == {"Manager"}
    assert asked(
        "SELECT subject, username FROM person WHERE person_id = %s", made["person_id"]
    ) == [(None, "nora@example.org")]
    assert asked(
        "SELECT done_version < wanted_version FROM person_provisioning"
        " WHERE person_id = %s",
        made["person_id"],
    ) == [(True,)]


async def test_who_has_signed_in_is_active(manager: Ask, joined: Joined) -> None:
    await joined("nora", at(140001, "staff"))

    found = await manager("GET", BASE, params={"q": "nora", "state": "active"})

    [nora] = found.json()["items"]
    assert nora["joined_at"] is not None
    again = await manager("POST", f"{BASE}/{nora['person_id']}/invite")
    assert (again.status_code, slug(again)) == (409, "already-joined")


async def test_an_invitation_sent_again_is_asked_for_anew(
    manager: Ask, asked: Asked
) -> None:
    made = await invited(manager, "nora", at(140001, "staff"))
    wanted = "SELECT wanted_version FROM person_provisioning WHERE person_id = %s"
    [(before,)] = asked(wanted, made["person_id"])

    again = await manager("POST", f"{BASE}/{made['person_id']}/invite")

    assert again.json()["invited_at"] > made["invited_at"]
    assert asked(wanted, made["person_id"]) == [(before + 1,)]


async def test_the_same_invitation_twice_is_one(manager: Ask) -> None:
    key = {"idempotency-key": "one-invitation"}
    sent = body("nora", at(140001, "staff"))

    first = await manager("POST", BASE, headers=key, json=sent)
    second = await manager("POST", BASE, headers=key, json=sent)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


@pytest.mark.parametrize(
    "written", ["technician@example.org", "Technician@Example.org"]
)
async def test_an_address_is_one_persons_and_the_editor_hears_whose(
    manager: Ask, written: str
) -> None:
    sent = body("nora", at(140001, "staff")) | {"email": written}

    answer = await manager("POST", BASE, json=sent)

    assert (answer.status_code, slug(answer)) == (409, "email-in-use")
    found = await manager("GET", f"{BASE}/{answer.json()['person_id']}")
    assert found.json()["display_name"] == "Technician"


async def test_of_somebody_unseen_only_the_address_is_said(manager: Ask) -> None:
    sent = body("nora", at(140001, "staff")) | {"email": "other@example.org"}

    answer = await manager("POST", BASE, json=sent)

    assert (answer.status_code, slug(answer)) == (409, "email-in-use")
    assert "person_id" not in answer.json()
    assert "Other" not in answer.text
    assert "ask your local authority" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("manager", at("940", "la-manager"), 201),
        ("manager", at("940", "auditor"), 201),
        ("manager", at(140001, "learner"), 201),
        ("manager", at(150001, "staff"), 404),
        ("manager", at("941", "auditor"), 404),
        ("manager", at("940", "staff"), 422),
        ("manager", at(140001, "auditor"), 422),
        ("manager", {"role": "staff"}, 422),
        ("manager", at(140001, "staff") | {"la_code": "940"}, 422),
        ("manager", at("940", "regional-analyst"), 422),
        ("manager", at("940", "rbc-system"), 422),
        ("manager", at(140001, "staff", to_on="2020-01-01"), 422),
        ("manager", at(140001, "staff", from_on="2999-01-02", to_on="2999-01-01"), 422),
        ("leader", at(140001, "school-leader"), 201),
        ("leader", at(140001, "staff"), 201),
        ("leader", at(140002, "staff"), 404),
        ("leader", at(150001, "staff"), 404),
        ("leader", at("940", "la-manager"), 403),
        ("leader", at("941", "la-manager"), 404),
        ("technician", at(140001, "staff"), 403),
        ("technician", at(140002, "staff"), 404),
        ("auditor", at(140001, "staff"), 403),
        ("auditor", at("940", "auditor"), 403),
        ("teacher", at(140001, "staff"), 404),
        ("analyst", at(140001, "staff"), 404),
    ],
    ids=str,
)
async def test_a_role_is_given_by_whom_it_is_to_give(
    joined: Joined, as_someone: Any, name: str, role: dict[str, Any], status: int
) -> None:
    if name == "leader":
        ask = await joined("leader", at(140001, "school-leader"))
    else:
        ask = await as_someone(name)

    answer = await ask("POST", BASE, json=body("nora", role))

    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"email": "a b@example.org"}, "/email"),
        ({"email": "nora@localhost"}, "/email"),
        ({"display_name": ""}, "/display_name"),
        ({"display_name": "a\x00b"}, "/display_name"),
        ({"assignments": []}, "/assignments"),
        ({"assignments": [at(1, "staff")]}, "/assignments/0/school_urn"),
        ({"username": "nora"}, "/username"),
    ],
    ids=str,
)
async def test_what_is_wrong_is_said_where_it_is(
    manager: Ask, changes: dict[str, Any], pointer: str
) -> None:
    answer = await manager(
        "POST", BASE, json=body("nora", at(140001, "staff")) | changes
    )

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_one_wrong_role_of_many_invites_nobody(manager: Ask) -> None:
    sent = body("nora", at(140001, "staff"), at(150001, "staff"))

    answer = await manager("POST", BASE, json=sent)

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["pointer"] == "/assignments/1/school_urn"
    assert (await manager("GET", BASE, params={"q": "nora"})).json()["items"] == []
