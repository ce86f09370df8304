"""What a device is can be said anew at any time; nothing of what was is rewritten."""

from typing import Any
from uuid import uuid4

import pytest

from chassis.auth import Actor
from tests.inventory.agents.conftest import MakeAgent, pc
from tests.inventory.world import (
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

LATER = {"accesslog": {"logdate": "2026-09-08 09:00:00"}}


async def the_one(by: Call, path: str) -> dict[str, Any]:
    [found] = (await by(TECHNICIAN).get(path)).json()["items"]
    return found


async def identify(by: Call, device: dict[str, Any], actor: Actor, **said: Any) -> Any:
    return await by(actor).post(
        f"/agent-devices/{device['device_id']}/identify",
        json=said,
        headers={"if-match": f'"{device["version"]}"'},
    )


async def titles_of(by: Call, asset_id: str) -> int:
    answer = await by(TECHNICIAN).get(f"/assets/{asset_id}/software")
    return len(answer.json()["items"])


async def test_a_device_passes_to_another_asset_with_its_software(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    device = await the_one(by, "/agent-devices")
    other = await registered(by(TECHNICIAN), tag="A-2", serial="OTHER123")

    answer = await identify(
        by, device, TECHNICIAN, resolution="asset", asset_id=other["asset_id"]
    )
    await agent.tell(pc(**LATER))

    said = answer.json()
    assert (said["asset_id"], said["matched_by"]) == (other["asset_id"], "hand")
    assert said["asset_tag"] == "A-2"
    assert await titles_of(by, device["asset_id"]) == 0
    assert await titles_of(by, other["asset_id"]) == 2
    found = await the_one(by, f"/agent-devices?asset={other['asset_id']}")
    assert found["device_id"] == device["device_id"]


async def test_one_device_taken_for_another_is_split_off_as_a_new_asset(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    device = await the_one(by, "/agent-devices")

    said = (await identify(by, device, TECHNICIAN, resolution="new")).json()

    assert said["asset_id"] != device["asset_id"]
    assert said["matched_by"] == "new"
    history = await by(TECHNICIAN).get(f"/agent-devices/{device['device_id']}/changes")
    assert history.status_code == 200


async def test_a_device_that_is_asked_about_again_waits_beside_its_asset(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    device = await the_one(by, "/agent-devices")

    said = (await identify(by, device, TECHNICIAN, resolution="doubtful")).json()
    await agent.tell(pc(**LATER))

    doubt = await the_one(by, "/agent-doubts")
    assert said["standing"] == "doubtful"
    assert said["doubt_id"] == doubt["doubt_id"]
    assert doubt["candidates"] == [device["asset_id"]]
    assert doubt["reason"] == "asked-again"
    assert (await the_one(by, "/agent-devices?standing=doubtful"))["asset_id"] is None


async def test_what_was_ignored_is_an_asset_after_all(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    device = await the_one(by, "/agent-devices")
    was = device["asset_id"]

    ignored = (await identify(by, device, TECHNICIAN, resolution="ignored")).json()
    again = await agent.tell(pc(**LATER))
    still = await the_one(by, "/agent-devices")
    back = await identify(by, still, TECHNICIAN, resolution="asset", asset_id=was)

    assert (ignored["standing"], again.status_code) == ("ignored", 200)
    assert still["standing"] == "ignored"
    assert back.json()["asset_id"] == was
    assert (await by(TECHNICIAN).get("/agent-doubts")).json()["items"] == []


async def test_to_say_what_it_is_already_changes_nothing(
    agent_at: MakeAgent, by: Call
) -> None:
    await (await agent_at(HERE)).tell(pc())
    device = await the_one(by, "/agent-devices")

    answer = await identify(
        by, device, TECHNICIAN, resolution="asset", asset_id=device["asset_id"]
    )

    assert answer.json() == device


async def test_who_may_not_change_assets_says_nothing(
    agent_at: MakeAgent, by: Call
) -> None:
    await (await agent_at(HERE)).tell(pc())
    device = await the_one(by, "/agent-devices")
    there = await registered(by(MANAGER), school_urn=NEXT_DOOR.urn, serial="X1234")

    stranger = await identify(by, device, OTHER_TECHNICIAN, resolution="ignored")
    leader = await identify(by, device, LEADER, resolution="ignored")
    elsewhere = await identify(
        by, device, MANAGER, resolution="asset", asset_id=there["asset_id"]
    )

    statuses = (stranger.status_code, leader.status_code, elsewhere.status_code)
    assert statuses == (404, 403, 404)
    assert await the_one(by, "/agent-devices") == device


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"resolution": "asset"}, 422),
        ({"resolution": "new", "asset_id": str(uuid4())}, 422),
        ({"resolution": "doubtful", "asset_id": str(uuid4())}, 422),
        ({"resolution": "asset", "asset_id": str(uuid4())}, 404),
        ({}, 422),
    ],
)
async def test_what_is_meant_is_said_clearly(
    agent_at: MakeAgent, by: Call, said: dict[str, Any], status: int
) -> None:
    await (await agent_at(HERE)).tell(pc())
    device = await the_one(by, "/agent-devices")

    assert (await identify(by, device, TECHNICIAN, **said)).status_code == status
    assert await the_one(by, "/agent-devices") == device


async def test_a_device_that_told_meanwhile_is_looked_at_again(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    device = await the_one(by, "/agent-devices")
    await agent.tell(pc(**LATER))

    answer = await identify(by, device, TECHNICIAN, resolution="ignored")

    assert answer.status_code == 412
