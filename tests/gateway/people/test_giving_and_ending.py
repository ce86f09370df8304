"""Single steps on single roles: given, moved, ended, and all of a place at once."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Asked,
    Joined,
    at,
    invited,
    person_of,
    slug,
    standing,
)

TODAY = date.today()  # noqa: DTZ011 - far from midnight in what is asked
SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)


def role_of(person: dict[str, Any], role: str, place: int | str) -> dict[str, Any]:
    [found] = [
        each
        for each in person["assignments"]
        if each["role"] == role and place in {each["school_urn"], each["la_code"]}
    ]
    return found


def path_of(person: dict[str, Any], held: dict[str, Any]) -> str:
    return f"{BASE}/{person['person_id']}/assignments/{held['assignment_id']}"


async def test_no_step_touches_a_role_that_the_editor_cannot_see(
    manager: Ask, joined: Joined, asked: Asked
) -> None:
    """Where a person is saved whole, the schools that the editor cannot see go."""
    leader = await joined("leader", at(140001, "school-leader"))
    nora = await invited(
        manager, "nora", at(140001, "staff"), at(140002, "staff"), at("940", "auditor")
    )
    path = f"{BASE}/{nora['person_id']}"
    seen = (await leader("GET", path)).json()

    given = await leader(
        "POST", f"{path}/assignments", json=at(140001, "school-technician")
    )
    ended = await leader("POST", f"{path_of(seen, seen['assignments'][0])}/end", 1)
    left = await leader("POST", f"{path}/leave")

    assert standing(seen) == {("staff", 140001)}
    assert (given.status_code, ended.status_code) == (201, 200)
    assert left.json() == {"ended": 1}
    after = (await manager("GET", path)).json()
    assert standing(after) == {("staff", 140002), ("auditor", "940")}
    assert {e["version"] for e in after["assignments"] if e["standing"] != "past"} == {
        1
    }
    assert asked(
        "SELECT count(*) FROM assignment WHERE person_id = %s", nora["person_id"]
    ) == [(4,)]


async def test_a_role_is_held_once_at_a_time(manager: Ask) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    path = f"{BASE}/{nora['person_id']}/assignments"
    [held] = nora["assignments"]

    twice = await manager("POST", path, json=at(140001, "staff", to_on=str(LATER)))
    assert (twice.status_code, slug(twice)) == (409, "already-assigned")

    assert (await manager("POST", f"{path_of(nora, held)}/end", 1)).status_code == 200
    again = await manager("POST", path, json=at(140001, "staff"))
    assert again.status_code == 201, again.text


async def test_two_who_give_the_same_role_at_once_give_it_once(manager: Ask) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    path = f"{BASE}/{nora['person_id']}/assignments"

    answers = await asyncio.gather(
        *(manager("POST", path, json=at(140002, "staff")) for _ in range(6))
    )

    assert sorted(each.status_code for each in answers) == [
        201,
        409,
        409,
        409,
        409,
        409,
    ]


async def test_what_has_ended_is_kept_and_stays_ended(manager: Ask) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    [held] = nora["assignments"]
    path = path_of(nora, held)

    ended = await manager("POST", f"{path}/end", 1)
    again = await manager("POST", f"{path}/end", 2)
    moved = await manager("PATCH", path, 2, json={"to_on": str(LATER)})

    assert (ended.json()["standing"], ended.headers["etag"]) == ("past", '"2"')
    assert (again.status_code, slug(again)) == (409, "assignment-ended")
    assert (moved.status_code, slug(moved)) == (409, "assignment-ended")
    assert (await person_of(manager, "nora"))["state"] == "left"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"to_on": str(LATER)}, 200),
        ({"to_on": None}, 200),
        ({"from_on": str(SOON)}, 422),
        ({"to_on": str(TODAY - timedelta(days=2))}, 422),
        ({"from_on": None}, 422),
        ({"role": "learner"}, 422),
    ],
    ids=str,
)
async def test_a_role_that_has_begun_gets_another_last_day_only(
    manager: Ask, values: dict[str, Any], status: int
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))

    path = path_of(nora, nora["assignments"][0])
    answer = await manager("PATCH", path, 1, json=values)

    assert answer.status_code == status, answer.text
    assert (await manager("PATCH", path, json={})).status_code == 428
    assert (await manager("PATCH", path, 9, json={"to_on": None})).status_code == 412


async def test_a_role_to_come_holds_from_its_day(joined: Joined, manager: Ask) -> None:
    ask = await joined("nora", at(140001, "staff", from_on=str(SOON), to_on=str(LATER)))
    nora = await person_of(manager, "nora")
    [held] = nora["assignments"]

    schools = (await ask("GET", "/api/directory/v1/schools")).json()["items"]

    assert (held["standing"], schools) == ("to-come", [])
    moved = await manager("PATCH", path_of(nora, held), 1, json={"from_on": str(TODAY)})
    assert moved.json()["standing"] in {"present", "to-come"}


@pytest.mark.parametrize(
    ("name", "step", "status"),
    [
        ("technician", "end", 403),
        ("auditor", "end", 403),
        ("teacher", "end", 404),
        ("other", "end", 404),
        ("neighbour", "end", 404),
        ("technician", "leave", 403),
        ("auditor", "leave", 403),
        ("neighbour", "leave", 404),
        ("teacher", "leave", 404),
    ],
)
async def test_nobody_ends_what_they_could_not_give(
    manager: Ask, as_someone: Any, name: str, step: str, status: int
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    ask = await as_someone(name)

    if step == "end":
        path = f"{path_of(nora, nora['assignments'][0])}/end"
        answer = await ask("POST", path, 1)
    else:
        answer = await ask("POST", f"{BASE}/{nora['person_id']}/leave")

    assert answer.status_code == status, answer.text
    assert standing(await person_of(manager, "nora")) == {("staff", 140001)}


async def test_a_leader_ends_no_role_of_the_la(manager: Ask, joined: Joined) -> None:
    leader = await joined("leader", at(140001, "school-leader"))
    nora = await invited(manager, "nora", at("940", "auditor"), at(140001, "staff"))
    audits = role_of(nora, "auditor", "940")

    answer = await leader("POST", f"{path_of(nora, audits)}/end", 1)

    assert (answer.status_code, slug(answer)) == (404, "assignment-not-found")


async def test_a_deputy_says_for_whom(manager: Ask) -> None:
    me = await person_of(manager, "technician")
    other = {"deputises_for": "00000000-0000-7000-8000-000000000000"}
    sent = at(140001, "school-technician", to_on=str(LATER))

    nora = await invited(manager, "nora", sent | {"deputises_for": me["person_id"]})
    unknown = await manager(
        "POST",
        f"{BASE}/{nora['person_id']}/assignments",
        json=at(140002, "staff") | other,
    )

    assert nora["assignments"][0]["deputises_for_name"] == "Technician"
    assert (unknown.status_code, slug(unknown)) == (422, "deputised-unknown")


async def test_each_step_asks_for_the_sign_on_to_be_told(
    manager: Ask, asked: Asked
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    wanted = "SELECT wanted_version FROM person_provisioning WHERE person_id = %s"
    path, held = f"{BASE}/{nora['person_id']}", path_of(nora, nora["assignments"][0])
    versions = [asked(wanted, nora["person_id"])]
    for step in (
        ("PATCH", path, 1, {"display_name": "Nora Ng"}),
        ("POST", f"{path}/assignments", None, at(140002, "staff")),
        ("PATCH", held, 1, {"to_on": str(LATER)}),
        ("POST", f"{held}/end", 2, None),
        ("POST", f"{path}/leave", None, None),
    ):
        method, where, version, sent = step
        answer = await manager(method, where, version, json=sent)
        assert answer.is_success, answer.text
        versions.append(asked(wanted, nora["person_id"]))

    assert versions == sorted(versions)
    assert len({str(each) for each in versions}) == len(versions)
