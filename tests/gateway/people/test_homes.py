"""Who may change whose name and address: an address is the way into an account."""

from typing import Any

import pytest

from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Asked,
    Joined,
    at,
    invited,
    person_of,
    slug,
)
from tests.gateway.world import DOCUMENT, document_text

NEW = {"email": "taken.over@example.org"}


async def renamed(ask: Ask, person: dict[str, Any], **values: str) -> Any:
    path = f"{BASE}/{person['person_id']}"
    return await ask("PATCH", path, person["version"], json=values or NEW)


async def test_a_school_leader_changes_the_people_of_their_school(
    joined: Joined, asked: Asked
) -> None:
    leader = await joined("leader", at(140001, "school-leader"))
    nora = await invited(leader, "nora", at(140001, "staff"))

    answer = await renamed(leader, nora, display_name="Nora Ng", email="NN@example.org")

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"2"'
    assert (nora["home_la_code"], nora["home_school_urn"]) == ("940", 140001)
    assert asked(
        "SELECT display_name, email, username FROM person WHERE person_id = %s",
        nora["person_id"],
    ) == [("Nora Ng", "NN@example.org", "nn@example.org")]


@pytest.mark.parametrize(
    "further",
    [at("940", "la-manager"), at("940", "auditor"), at(140002, "staff")],
    ids=str,
)
async def test_a_role_beyond_the_school_lifts_its_holder_out_of_a_leaders_reach(
    manager: Ask, joined: Joined, further: dict[str, Any]
) -> None:
    leader = await joined("leader", at(140001, "school-leader"))
    nora = await invited(leader, "nora", at(140001, "staff"))

    given = await manager(
        "POST", f"{BASE}/{nora['person_id']}/assignments", json=further
    )

    assert given.status_code == 201, given.text
    answer = await renamed(leader, nora)
    assert (answer.status_code, slug(answer)) == (403, "person-kept-elsewhere")
    again = await leader("POST", f"{BASE}/{nora['person_id']}/invite")
    assert again.status_code == 403
    assert (await renamed(manager, nora)).status_code == 200


async def test_a_leader_cannot_change_who_also_manages_the_la(
    manager: Ask, joined: Joined
) -> None:
    """The LA manager who also teaches at the school."""
    leader = await joined("leader", at(140001, "school-leader"))
    me = await person_of(manager, "manager")
    path = f"{BASE}/{me['person_id']}/assignments"
    assert (await manager("POST", path, json=at(140001, "staff"))).status_code == 201
    seen = await person_of(leader, "manager")

    assert (await renamed(leader, seen)).status_code == 403


async def test_who_leads_two_schools_hands_a_shared_teacher_to_the_la(
    joined: Joined,
) -> None:
    leader = await joined(
        "leader", at(140001, "school-leader"), at(140002, "school-leader")
    )

    nora = await invited(leader, "nora", at(140001, "staff"), at(140002, "staff"))

    assert (nora["home_la_code"], nora["home_school_urn"]) == ("940", None)
    assert (await renamed(leader, nora)).status_code == 403


async def test_what_ends_brings_nobody_back_into_a_leaders_reach(
    manager: Ask, joined: Joined
) -> None:
    leader = await joined("leader", at(140001, "school-leader"))
    nora = await invited(manager, "nora", at("940", "auditor"), at(140001, "staff"))
    [audits] = [a for a in nora["assignments"] if a["role"] == "auditor"]
    path = f"{BASE}/{nora['person_id']}/assignments/{audits['assignment_id']}/end"

    assert (await manager("POST", path, 1)).status_code == 200
    assert (await renamed(leader, nora)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("manager", 200),
        ("technician", 403),
        ("auditor", 403),
        ("teacher", 404),
        ("other", 404),
        ("neighbour", 404),
        ("analyst", 404),
    ],
)
async def test_only_the_home_changes_a_name(
    manager: Ask, as_someone: Any, name: str, status: int
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))

    answer = await renamed(await as_someone(name), nora)

    assert answer.status_code == status


async def test_a_change_says_of_which_version(manager: Ask) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    path = f"{BASE}/{nora['person_id']}"

    assert (await manager("PATCH", path, json=NEW)).status_code == 428
    assert (await manager("PATCH", path, 7, json=NEW)).status_code == 412


async def test_the_document_keeps_each_in_the_smallest_place_of_all_their_roles(
    asked: Asked,
) -> None:
    homes = asked(
        "SELECT p.username, p.home_la_code, s.urn FROM person AS p"
        " LEFT JOIN school AS s ON s.school_id = p.home_school_id ORDER BY 1"
    )

    assert homes == [
        ("analyst", None, None),
        ("auditor", "940", None),
        ("manager", "940", None),
        ("neighbour", "941", None),
        ("other", "941", 150001),
        ("teacher", "940", None),
        ("technician", "940", 140001),
    ]


async def test_a_school_that_passes_to_another_la_takes_its_people_along(
    stand: Stand, manager: Ask, as_someone: Any
) -> None:
    nora = await invited(manager, "nora", at(140001, "staff"))
    both = await invited(manager, "both", at(140001, "staff"), at(140002, "staff"))
    schools = [
        school | ({"la_code": "941"} if school["urn"] == 140001 else {})
        for school in DOCUMENT["schools"]
    ]
    try:
        await loading.load_from_text(stand.database.app, document_text(schools=schools))
        neighbour = await as_someone("neighbour")
        path = f"{BASE}/{nora['person_id']}"
        moved = await neighbour("GET", path)
        shared = await neighbour("GET", f"{BASE}/{both['person_id']}")
    finally:
        await loading.load_from_text(stand.database.app, document_text())

    assert (moved.json()["home_la_code"], moved.json()["home_school_urn"]) == (
        "941",
        140001,
    )
    # Of two LAs now: the operator's alone to rename.
    assert shared.json()["home_la_code"] is None
    assert [each["la_code"] for each in shared.json()["assignments"]] == ["941"]
