"""Many assets at once: all of them or none, and every wrong one pointed at."""

from typing import Any

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
    laptop,
    registered,
)

PATH = "/assets/bulk"


def laptops(count: int, **changes: Any) -> dict[str, Any]:
    return {"items": [laptop(tag=f"LT-{n:04}", **changes) for n in range(count)]}


def stored(rows: ServiceDatabase) -> list[tuple[Any, ...]]:
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(
            "SELECT tag, status, room FROM asset ORDER BY tag"
        ).fetchall()


def said(rows: ServiceDatabase) -> list[str]:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute("SELECT subject FROM outbox ORDER BY id").fetchall()
    return [subject for (subject,) in found]


def pointers(answer: Any) -> list[str]:
    return [fault["pointer"] for fault in answer.json()["errors"]]


async def test_each_item_is_registered_and_said_in_the_order_of_the_request(
    by: Call, rows: ServiceDatabase
) -> None:
    sent = laptops(3)
    sent["items"].reverse()

    answer = await by(TECHNICIAN).post(PATH, json=sent)

    assert answer.status_code == 201, answer.text
    made = answer.json()["items"]
    assert [item["tag"] for item in made] == ["LT-0002", "LT-0001", "LT-0000"]
    read = await by(TECHNICIAN).get(f"/assets/{made[0]['asset_id']}")
    assert read.json() | sent["items"][0] == read.json()
    assert said(rows) == ["joinedup.inventory.asset.registered.v1.940"] * 3


async def test_five_hundred_at_once_and_no_more(by: Call) -> None:
    whole = await by(TECHNICIAN).post(PATH, json=laptops(500))
    more = await by(TECHNICIAN).post(PATH, json=laptops(501))
    none = await by(TECHNICIAN).post(PATH, json={"items": []})

    assert whole.status_code == 201
    assert len(whole.json()["items"]) == 500
    assert (more.status_code, none.status_code) == (422, 422)


async def test_a_retired_asset_comes_in_without_a_room(
    by: Call, rows: ServiceDatabase
) -> None:
    items = [laptop(status="retired", room=None), laptop(tag="B", status="retired")]

    in_room = await by(MANAGER).post(PATH, json={"items": items})
    nowhere = await by(MANAGER).post(PATH, json={"items": items[:1]})

    assert in_room.status_code == 422
    assert pointers(in_room) == ["/items/1/room"]
    assert nowhere.status_code == 201
    assert stored(rows) == [("LT-0001", "retired", None)]


async def test_every_taken_tag_is_pointed_at_and_nothing_is_stored(
    by: Call, rows: ServiceDatabase
) -> None:
    await registered(by(TECHNICIAN), tag="lt-0001")
    items = [
        laptop(tag="LT-0001"),
        laptop(tag="New"),
        laptop(tag="new"),
        laptop(tag="Other"),
        laptop(tag="Other"),
    ]

    answer = await by(TECHNICIAN).post(PATH, json={"items": items})

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#asset-tag-taken")
    assert len(pointers(answer)) == 3
    assert pointers(answer)[0] == "/items/0/tag"
    assert pointers(answer)[1] in {"/items/1/tag", "/items/2/tag"}
    assert pointers(answer)[2] == "/items/4/tag"
    assert [tag for tag, _, _ in stored(rows)] == ["lt-0001"]
    assert len(said(rows)) == 1


async def test_every_wrong_value_is_pointed_at(by: Call, rows: ServiceDatabase) -> None:
    items = [laptop(), laptop(tag=""), laptop(tag="B", category="toaster")]

    answer = await by(TECHNICIAN).post(PATH, json={"items": items})

    assert answer.status_code == 422
    assert pointers(answer) == ["/items/1/tag", "/items/2/category"]
    assert stored(rows) == []


@pytest.mark.parametrize(
    ("actor", "urns", "status", "wrong"),
    [
        (TECHNICIAN, [HERE.urn, NEXT_DOOR.urn], 404, ["/items/1/school_urn"]),
        (MANAGER, [HERE.urn, NEXT_DOOR.urn], 201, None),
        (MANAGER, [FAR_AWAY.urn, HERE.urn, 999999], 404, ["0", "2"]),
        (LEADER, [HERE.urn], 403, ["/items/0/school_urn"]),
        (STAFF, [HERE.urn], 403, ["/items/0/school_urn"]),
    ],
    ids=["next door", "both of its LA", "another LA's", "a leader", "staff"],
)
async def test_one_school_out_of_reach_refuses_them_all(
    by: Call,
    rows: ServiceDatabase,
    actor: Actor,
    urns: list[int],
    status: int,
    wrong: list[str] | None,
) -> None:
    items = [laptop(tag=f"LT-{n}", school_urn=urn) for n, urn in enumerate(urns)]

    answer = await by(actor).post(PATH, json={"items": items})

    assert answer.status_code == status, answer.text
    assert len(stored(rows)) == (len(urns) if status == 201 else 0)
    if wrong is not None:
        assert len(pointers(answer)) == len(wrong)
        assert all(w in p for w, p in zip(wrong, pointers(answer), strict=True))


async def test_a_repeat_with_its_key_is_done_once_and_answered_alike(
    by: Call, rows: ServiceDatabase
) -> None:
    key = {"idempotency-key": "term-start"}
    first = await by(TECHNICIAN).post(PATH, json=laptops(20), headers=key)
    second = await by(TECHNICIAN).post(PATH, json=laptops(20), headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(stored(rows)) == len(said(rows)) == 20
