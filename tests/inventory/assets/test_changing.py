"""Changing, moving and retiring: only the version that was read, only where allowed."""

import asyncio

import pytest

from chassis.auth import Actor, Grant
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

FIRST = {"if-match": '"1"'}


async def test_a_change_makes_the_next_version(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    changed = await by(TECHNICIAN).patch(
        f"/assets/{asset['asset_id']}", json={"serial": None}, headers=FIRST
    )

    assert changed.status_code == 200
    assert changed.headers["etag"] == '"2"'
    assert changed.json()["serial"] is None
    assert changed.json()["model"] == asset["model"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"if-match": '"2"'}, 412),
        ({"if-match": "*"}, 412),
        ({"if-match": 'W/"1"'}, 412),
        ({"if-match": '"99999999999999999999"'}, 412),
    ],
)
async def test_a_change_must_name_the_present_version(
    by: Call, headers: dict[str, str], status: int
) -> None:
    asset = await registered(by(TECHNICIAN))
    answer = await by(TECHNICIAN).patch(
        f"/assets/{asset['asset_id']}", json={"room": "X"}, headers=headers
    )

    assert answer.status_code in {status, 422}


async def test_of_two_changes_at_once_one_is_told_that_it_came_late(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    client = by(TECHNICIAN)
    answers = await asyncio.gather(
        *(
            client.patch(
                f"/assets/{asset['asset_id']}",
                json={"model": f"Model {i}"},
                headers=FIRST,
            )
            for i in range(6)
        )
    )

    assert sorted(a.status_code for a in answers) == [200] + [412] * 5


async def test_a_null_where_a_value_must_be_is_refused(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    answer = await by(TECHNICIAN).patch(
        f"/assets/{asset['asset_id']}", json={"tag": None}, headers=FIRST
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/tag"


async def test_taking_anothers_tag_is_refused(by: Call) -> None:
    await registered(by(TECHNICIAN))
    other = await registered(by(TECHNICIAN), tag="LT-0002")
    answer = await by(TECHNICIAN).patch(
        f"/assets/{other['asset_id']}", json={"tag": "LT-0001"}, headers=FIRST
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OTHER_TECHNICIAN, 404), (LEADER, 403), (AUDITOR, 403)],
    ids=["foreign", "leader", "auditor"],
)
@pytest.mark.parametrize("verb", ["change", "move", "retire"])
async def test_who_may_not_write_is_told_as_much_as_they_may_see(
    by: Call, actor: Actor, status: int, verb: str
) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}"
    calls = {
        "change": lambda: by(actor).patch(where, json={"tag": "X"}, headers=FIRST),
        "move": lambda: by(actor).post(f"{where}/move", json={}, headers=FIRST),
        "retire": lambda: by(actor).post(f"{where}/retire", headers=FIRST),
    }

    assert (await calls[verb]()).status_code == status
    unchanged = await by(TECHNICIAN).get(where)
    assert unchanged.json() == asset


async def test_an_asset_moves_to_a_school_where_the_mover_may_write(by: Call) -> None:
    asset = await registered(by(MANAGER))
    moved = await by(MANAGER).post(
        f"/assets/{asset['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn, "room": "Library"},
        headers=FIRST,
    )

    assert moved.json()["school_urn"] == NEXT_DOOR.urn
    gone = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}")
    there = await by(OTHER_TECHNICIAN).get(f"/assets/{asset['asset_id']}")
    assert (gone.status_code, there.status_code) == (404, 200)


async def test_no_asset_moves_to_where_the_mover_may_only_look(by: Call) -> None:
    visiting = Actor(
        "v",
        "person",
        (
            Grant("school-technician", school_ids=(HERE.school_id,)),
            Grant("school-leader", school_ids=(NEXT_DOOR.school_id,)),
        ),
    )
    asset = await registered(by(visiting))
    answer = await by(visiting).post(
        f"/assets/{asset['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers=FIRST,
    )

    assert answer.status_code == 403


async def test_a_retired_asset_stays_as_it_was(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}"
    retired = await by(TECHNICIAN).post(f"{where}/retire", headers=FIRST)
    second = {"if-match": '"2"'}
    again = await by(TECHNICIAN).post(f"{where}/retire", headers=second)
    change = await by(TECHNICIAN).patch(where, json={"tag": "X"}, headers=second)

    assert (retired.json()["status"], retired.json()["room"]) == ("retired", None)
    assert (again.status_code, change.status_code) == (409, 409)
