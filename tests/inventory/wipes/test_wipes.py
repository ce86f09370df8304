"""That data on kit was erased: written down of many at once, and never rewritten."""

from typing import Any
from uuid import uuid4

import pytest

from chassis.auth import Actor
from tests.inventory.custody.test_issuing import slug
from tests.inventory.stock.stocked import ago
from tests.inventory.support.machines import FAR_MANAGER
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)


async def kit(by: Call, actor: Actor = MANAGER, **told: Any) -> str:
    made = await registered(by(actor), tag=uuid4().hex[:12], serial=None, **told)
    return str(made["asset_id"])


def wipe(*asset_ids: str, **changes: Any) -> dict[str, Any]:
    return {
        "asset_ids": list(asset_ids),
        "wiped_on": ago(3),
        "method": "purge",
        "is_verified": True,
        "done_by": "Amy Winters",
        "tool": "nwipe 0.37",
        "certificate": "C-17",
        "note": "Two drives",
        **changes,
    }


async def told(by: Call, asset_id: str, actor: Actor = TECHNICIAN) -> list[Any]:
    answer = await by(actor).get(f"/assets/{asset_id}/wipes")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


async def test_it_is_written_down_of_many_and_told_of_each(by: Call) -> None:
    one, two, other = await kit(by), await kit(by), await kit(by)
    sent = wipe(one, two)

    answer = await by(TECHNICIAN).post("/wipes", json=sent)

    assert (answer.status_code, answer.json()) == (201, {"assets": 2})
    for asset_id in (one, two):
        [found] = await told(by, asset_id)
        assert found | {k: v for k, v in sent.items() if k != "asset_ids"} == found
        assert found["asset_id"] == asset_id
    assert await told(by, other) == []


async def test_what_failed_stays_beside_what_came_after_it(by: Call) -> None:
    asset_id = await kit(by)
    client = by(TECHNICIAN)
    first = wipe(asset_id, wiped_on=ago(9), method="clear", is_verified=False)
    for sent in (first, wipe(asset_id, method="destroy")):
        assert (await client.post("/wipes", json=sent)).status_code == 201

    found = await told(by, asset_id)

    assert [(each["method"], each["is_verified"]) for each in found] == [
        ("destroy", True),
        ("clear", False),
    ]


async def test_what_is_sent_twice_is_written_down_once(by: Call) -> None:
    asset_id = await kit(by)
    key = {"idempotency-key": uuid4().hex}
    for _ in range(2):
        answer = await by(TECHNICIAN).post("/wipes", json=wipe(asset_id), headers=key)
        assert (answer.status_code, answer.json()) == (201, {"assets": 1})

    assert len(await told(by, asset_id)) == 1


@pytest.mark.parametrize("method", ["clear", "purge", "destroy", "removed"])
async def test_each_way_is_taken(by: Call, method: str) -> None:
    asset_id = await kit(by)
    sent = {
        key: value
        for key, value in wipe(asset_id, method=method).items()
        if key not in {"tool", "certificate", "note"}
    }

    assert (await by(TECHNICIAN).post("/wipes", json=sent)).status_code == 201
    [found] = await told(by, asset_id)
    assert (found["method"], found["tool"], found["note"]) == (method, None, None)


async def test_a_day_to_come_and_an_asset_twice_are_refused_by_field(by: Call) -> None:
    asset_id = await kit(by)
    sent = wipe(asset_id, asset_id, wiped_on=ago(-1))

    answer = await by(TECHNICIAN).post("/wipes", json=sent)

    assert slug(answer) == (422, "wipe-impossible")
    assert [each["pointer"] for each in answer.json()["errors"]] == [
        "/asset_ids/1",
        "/wiped_on",
    ]
    assert await told(by, asset_id) == []


async def test_all_are_written_down_or_none(by: Call) -> None:
    mine, foreign = await kit(by), await kit(by, school_urn=NEXT_DOOR.urn)

    answer = await by(TECHNICIAN).post("/wipes", json=wipe(mine, foreign))

    assert slug(answer) == (404, "asset-not-found")
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/asset_ids/1"]
    assert await told(by, mine) == []


async def test_only_who_changes_kit_writes_it_and_each_reads_their_own(
    by: Call,
) -> None:
    asset_id = await kit(by)
    for actor, status in (
        (AUDITOR, 403),
        (LEADER, 403),
        (STAFF, 404),
        (OTHER_TECHNICIAN, 404),
        (FAR_MANAGER, 404),
        (MANAGER, 201),
    ):
        answer = await by(actor).post("/wipes", json=wipe(asset_id))
        assert answer.status_code == status, (actor, answer.text)

    assert len(await told(by, asset_id, LEADER)) == 1
    for actor in (OTHER_TECHNICIAN, FAR_MANAGER, STAFF):
        answer = await by(actor).get(f"/assets/{asset_id}/wipes")
        assert answer.status_code == 404


async def test_what_goes_to_another_school_takes_it_along(by: Call) -> None:
    asset_id = await kit(by)
    assert (await by(MANAGER).post("/wipes", json=wipe(asset_id))).status_code == 201

    moved = await by(MANAGER).post(
        f"/assets/{asset_id}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers={"if-match": '"1"'},
    )

    assert moved.status_code == 200, moved.text
    assert len(await told(by, asset_id, OTHER_TECHNICIAN)) == 1


async def test_it_is_written_down_of_what_left_too(by: Call) -> None:
    """Whoever took it erases it later, and says so by a certificate."""
    far = await kit(by, FAR_MANAGER, school_urn=FAR_AWAY.urn)
    client = by(FAR_MANAGER)
    for version, (step, body) in enumerate(
        [("retire", None), ("dispose", {"on": ago(5), "method": "recycled"})], 1
    ):
        answer = await client.post(
            f"/assets/{far}/{step}", json=body, headers={"if-match": f'"{version}"'}
        )
        assert answer.status_code == 200, answer.text

    assert (await client.post("/wipes", json=wipe(far))).status_code == 201
