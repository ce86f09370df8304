"""Devices are found by words, kind and standing, counted, and listed in four orders."""

from typing import Any

import pytest

from tests.inventory.agents.conftest import Agent, MakeAgent, pc
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
)


async def tell_of(agent: Agent, name: str, chassis: str = "Notebook") -> None:
    bios = {**pc()["content"]["bios"], "ssn": f"SN-{name}"}
    hardware = {"name": name, "chassis_type": chassis}
    told = pc(bios=bios, hardware=hardware, networks=[])
    answer = await agent.tell({**told, "deviceid": name})
    assert answer.status_code == 200


async def names(by: Call, actor: Any = TECHNICIAN, **asked: Any) -> list[str]:
    answer = await by(actor).get("/agent-devices", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"sort": "name"}, ["Alpha", "beta", "Gamma 100%"]),
        ({"sort": "-name"}, ["Gamma 100%", "beta", "Alpha"]),
        ({"sort": "last_seen_at"}, ["beta", "Alpha", "Gamma 100%"]),
        ({"sort": "-last_seen_at"}, ["Gamma 100%", "Alpha", "beta"]),
        ({"q": "thinkpad ALPHA"}, ["Alpha"]),
        ({"q": "sn-bet"}, ["beta"]),
        ({"q": "100%"}, ["Gamma 100%"]),
        ({"q": "%"}, ["Gamma 100%"]),
        ({"q": "nothing-is-called-so"}, []),
        ({"kind": "server"}, ["beta"]),
        ({"standing": "matched", "sort": "name"}, ["Alpha", "beta", "Gamma 100%"]),
        ({"standing": "ignored"}, []),
        ({"la_code": "940", "kind": "laptop", "sort": "name"}, ["Alpha", "Gamma 100%"]),
        ({"la_code": "941"}, []),
    ],
)
async def test_devices_are_listed_and_counted_alike(
    agent_at: MakeAgent, by: Call, asked: dict[str, str], found: list[str]
) -> None:
    agent = await agent_at(HERE)
    await tell_of(agent, "beta", "Rack Mount Chassis")
    await tell_of(agent, "Alpha")
    await tell_of(agent, "Gamma 100%")

    count = await by(TECHNICIAN).get("/agent-devices/count", params=asked)

    assert await names(by, **asked) == found
    if "sort" not in asked:
        assert count.json() == {"count": len(found), "is_exact": True}


@pytest.mark.parametrize("sort", ["name", "-name", "last_seen_at", "-last_seen_at"])
async def test_pages_follow_each_other_in_every_order(
    agent_at: MakeAgent, by: Call, sort: str
) -> None:
    agent = await agent_at(HERE)
    for name in ("same", "Same", "other", "É"):
        await tell_of(agent, name)
    whole = await names(by, sort=sort)

    found, after = [], ""
    for _ in range(4):
        asked = {"limit": 1, "sort": sort, **({"after": after} if after else {})}
        page = (await by(TECHNICIAN).get("/agent-devices", params=asked)).json()
        found += [each["name"] for each in page["items"]]
        after = page["next"]

    assert found == whole
    assert len(set(whole)) == 4
    assert after is None


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "colour"},
        {"kind": "toaster"},
        {"standing": "odd"},
        {"unseen_days": "0"},
        {"unseen_days": "9" * 40},
        {"q": "x" * 81},
        {"asset": "none"},
        {"after": "nonsense"},
        {"la_code": "9400"},
    ],
)
async def test_what_cannot_be_asked_is_refused(by: Call, asked: dict[str, str]) -> None:
    answer = await by(TECHNICIAN).get("/agent-devices", params=asked)

    assert answer.status_code == 422


async def test_a_cursor_is_good_in_its_own_order_alone(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    for name in ("a", "b"):
        await tell_of(agent, name)
    asked = {"limit": 1, "sort": "name"}
    page = (await by(TECHNICIAN).get("/agent-devices", params=asked)).json()

    wrong = {"after": page["next"], "sort": "last_seen_at"}
    assert (await by(TECHNICIAN).get("/agent-devices", params=wrong)).status_code == 422


async def test_refusals_are_listed_to_the_school_and_its_authority(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    early = {"accesslog": {"logdate": "2026-09-01 09:00:00"}}
    await agent.tell(pc())
    for _ in range(2):
        assert (await agent.tell(pc(**early))).status_code == 409
    assert (await agent.tell(b"{")).status_code == 400

    found = (await by(TECHNICIAN).get(f"/agent-refusals?school={HERE.urn}")).json()

    counted = {each["reason"]: each["times"] for each in found["items"]}
    assert counted == {"inventory-older": 2, "inventory-unreadable": 1}
    for reader in (MANAGER, AUDITOR):
        assert (await by(reader).get("/agent-refusals")).json() == found
    for stranger in (OTHER_TECHNICIAN, STAFF):
        assert (await by(stranger).get("/agent-refusals")).json()["items"] == []
    there = await by(OTHER_TECHNICIAN).get(f"/agent-refusals?school={HERE.urn}")
    assert there.status_code in {403, 404}


async def test_pages_of_refusals_follow_each_other(
    agent_at: MakeAgent, by: Call
) -> None:
    for school in (HERE, NEXT_DOOR):
        agent = await agent_at(school)
        for body, kind in ((b"{", "application/json"), (b"{}", "text/plain")):
            await agent.tell(body, kind)

    found, after = [], ""
    for _ in range(4):
        asked = {"limit": 1, **({"after": after} if after else {})}
        page = (await by(MANAGER).get("/agent-refusals", params=asked)).json()
        found += [(each["reason"], each["school_urn"]) for each in page["items"]]
        after = page["next"]

    assert len(set(found)) == 4
    assert after is None
    assert FAR_AWAY.urn not in {urn for _, urn in found}
