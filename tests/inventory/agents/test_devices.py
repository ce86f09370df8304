"""What agents found is read within its scope, and what is doubtful is settled."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.inventory.agents.conftest import Agent, MakeAgent, pc
from tests.inventory.world import (
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

LATER = {"accesslog": {"logdate": "2026-09-08 09:00:00"}}


async def the_one(by: Call, path: str) -> dict[str, Any]:
    [found] = (await by(TECHNICIAN).get(path)).json()["items"]
    return found


async def doubtful(agent: Agent, by: Call) -> dict[str, Any]:
    """Tell of a device that may be one of two assets; return the doubt."""
    for tag in ("A-1", "A-2"):
        await registered(by(TECHNICIAN), tag=tag, serial="PF3ABCDE")
    assert (await agent.tell(pc())).status_code == 200
    return await the_one(by, "/agent-doubts")


async def settle(by: Call, doubt: dict[str, Any], actor: Actor, **said: Any) -> Any:
    return await by(actor).post(
        f"/agent-doubts/{doubt['doubt_id']}/settle",
        json=said,
        headers={"if-match": f'"{doubt["version"]}"'},
    )


async def test_a_device_is_read_with_all_that_is_known_of_it(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())

    device = await the_one(by, "/agent-devices")
    read = (await by(TECHNICIAN).get(f"/agent-devices/{device['device_id']}")).json()

    sections = read.pop("sections")
    assert read == device
    assert (device["kind"], device["name"]) == ("laptop", "lt-0001")
    assert (device["matched_by"], device["school_urn"]) == ("new", HERE.urn)
    assert device["taken_at"] == "2026-09-07T08:00:00Z"
    assert sections["memory"] == {"mib": 8192}
    assert "software" not in sections


async def test_what_changed_is_listed_the_newest_first(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    hardware = pc()["content"]["hardware"]
    for memory, day in ((16384, "08"), (32768, "09")):
        logged = {"logdate": f"2026-09-{day} 09:00:00"}
        await agent.tell(pc(accesslog=logged, hardware={**hardware, "memory": memory}))

    device = await the_one(by, "/agent-devices")
    where = f"/agent-devices/{device['device_id']}/changes"
    first = (await by(TECHNICIAN).get(where, params={"limit": 1})).json()
    asked = {"limit": 1, "after": first["next"]}
    second = (await by(TECHNICIAN).get(where, params=asked)).json()

    told = [page["items"][0] for page in (first, second)]
    assert [each["after"] for each in told] == [{"mib": 32768}, {"mib": 16384}]
    assert second["next"] is None


async def test_what_was_unheard_of_for_days_is_found(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(pc())
    bios = {**pc()["content"]["bios"], "ssn": "PF3LOST1"}
    await agent.tell(pc(bios=bios, hardware={"name": "lost"}, networks=[]))
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "UPDATE agent_device SET last_seen_at = now() - interval '31 days'"
            " WHERE name = 'lost'"
        )

    lost = await the_one(by, "/agent-devices?unseen_days=30")
    everything = (await by(TECHNICIAN).get("/agent-devices")).json()["items"]

    assert lost["name"] == "lost"
    assert [each["name"] for each in everything] == ["lost", "lt-0001"]
    nothing = await by(TECHNICIAN).get("/agent-devices?unseen_days=32")
    assert nothing.json()["items"] == []


async def test_pages_of_devices_follow_each_other(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    for n in range(3):
        bios = {**pc()["content"]["bios"], "ssn": f"PF3ABC{n}X"}
        await agent.tell(pc(bios=bios, hardware={"name": f"pc{n}"}, networks=[]))

    names, after = [], None
    for _ in range(3):
        asked = {"limit": 1, **({"after": after} if after else {})}
        page = (await by(MANAGER).get("/agent-devices", params=asked)).json()
        names += [each["name"] for each in page["items"]]
        after = page["next"]

    assert names == ["pc0", "pc1", "pc2"]
    assert after is None


async def test_nobody_else_reads_them(agent_at: MakeAgent, by: Call) -> None:
    agent = await agent_at(HERE)
    doubt = await doubtful(agent, by)
    paths = ("/agent-devices", "/agent-doubts")

    for stranger in (OTHER_TECHNICIAN, STAFF):
        for path in paths:
            assert (await by(stranger).get(path)).json()["items"] == []
            there = await by(stranger).get(path, params={"school": NEXT_DOOR.urn})
            assert there.status_code in {200, 403, 404}
            assert "PF3ABCDE" not in there.text
        for path in (
            f"/agent-devices/{doubt['device_id']}",
            f"/agent-devices/{doubt['device_id']}/changes",
            f"/agent-doubts/{doubt['doubt_id']}",
        ):
            assert (await by(stranger).get(path)).status_code == 404
        assert (
            await settle(by, doubt, stranger, resolution="ignored")
        ).status_code == 404
    assert (await settle(by, doubt, LEADER, resolution="ignored")).status_code == 403


async def test_a_doubtful_device_is_said_to_be_an_asset(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    doubt = await doubtful(agent, by)
    asset_id = doubt["candidates"][0]

    settled = await settle(by, doubt, TECHNICIAN, resolution="asset", asset_id=asset_id)
    await agent.tell(pc())

    assert settled.json()["resolution"] == "asset"
    assert settled.json()["resolved_by"] == TECHNICIAN.principal
    assert (await by(TECHNICIAN).get("/agent-doubts")).json()["items"] == []
    device = await the_one(by, "/agent-devices")
    assert (device["asset_id"], device["matched_by"]) == (asset_id, "hand")
    software = await by(TECHNICIAN).get(f"/assets/{asset_id}/software")
    assert len(software.json()["items"]) == 2


async def test_a_doubtful_device_is_said_to_be_new(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    doubt = await doubtful(agent, by)

    assert (await settle(by, doubt, TECHNICIAN, resolution="new")).status_code == 200

    device = await the_one(by, "/agent-devices")
    assert device["asset_id"] not in {None, *doubt["candidates"]}
    assert len((await by(TECHNICIAN).get("/assets")).json()["items"]) == 3


async def test_an_ignored_device_stays_ignored(agent_at: MakeAgent, by: Call) -> None:
    agent = await agent_at(HERE)
    doubt = await doubtful(agent, by)

    await settle(by, doubt, TECHNICIAN, resolution="ignored")
    for told in (pc(), pc(**LATER)):
        assert (await agent.tell(told)).status_code == 200

    assert (await by(TECHNICIAN).get("/agent-doubts")).json()["items"] == []
    assert (await the_one(by, "/agent-devices"))["asset_id"] is None
    again = await settle(by, {**doubt, "version": 2}, TECHNICIAN, resolution="new")
    assert again.json()["type"].endswith("#doubt-settled")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"resolution": "asset"}, 422),
        ({"resolution": "new", "asset_id": str(uuid4())}, 422),
        ({"resolution": "asset", "asset_id": str(uuid4())}, 404),
        ({"resolution": "perhaps"}, 422),
    ],
)
async def test_what_is_meant_is_said_clearly(
    agent_at: MakeAgent, by: Call, said: dict[str, Any], status: int
) -> None:
    doubt = await doubtful(await agent_at(HERE), by)

    assert (await settle(by, doubt, MANAGER, **said)).status_code == status
    assert (await the_one(by, "/agent-doubts"))["version"] == 1


async def test_an_asset_of_another_school_is_none_that_it_may_be(
    agent_at: MakeAgent, by: Call
) -> None:
    doubt = await doubtful(await agent_at(HERE), by)
    there = await registered(by(MANAGER), school_urn=NEXT_DOOR.urn, serial="X1234")

    answer = await settle(
        by, doubt, MANAGER, resolution="asset", asset_id=there["asset_id"]
    )

    assert answer.status_code == 404


async def test_a_device_goes_with_its_asset_to_another_school(
    agent_at: MakeAgent, by: Call
) -> None:
    agent, there = await agent_at(HERE), await agent_at(NEXT_DOOR)
    await agent.tell(pc())
    asset = await the_one(by, "/assets")

    moved = await by(MANAGER).post(
        f"/assets/{asset['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers={"if-match": '"1"'},
    )

    assert moved.status_code == 200, moved.text
    assert (await by(TECHNICIAN).get("/agent-devices")).json()["items"] == []
    assert (await agent.tell(pc(**LATER))).status_code == 403
    assert (await there.tell(pc(**LATER))).status_code == 200
