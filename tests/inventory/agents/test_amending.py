"""A later report renews its asset, and nothing of it that a person set by hand."""

from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from inventory.agents.model import amending
from tests.inventory.agents.conftest import MakeAgent, pc
from tests.inventory.world import HERE, TECHNICIAN, Call, registered

HARDWARE = pc()["content"]["hardware"]


def on(day: int, **hardware: Any) -> dict[str, Any]:
    logged = {"logdate": f"2026-09-{day:02} 09:00:00"}
    return pc(accesslog=logged, hardware={**HARDWARE, **hardware})


async def the_asset(by: Call) -> dict[str, Any]:
    [found] = (await by(TECHNICIAN).get("/assets")).json()["items"]
    return found


async def history(by: Call, asset: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}/history")
    return answer.json()["items"]


async def change(by: Call, asset: dict[str, Any], **said: Any) -> dict[str, Any]:
    answer = await by(TECHNICIAN).patch(
        f"/assets/{asset['asset_id']}",
        json=said,
        headers={"if-match": f'"{asset["version"]}"'},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_more_memory_is_in_the_asset_and_its_history_as_the_agents(
    agent_at: MakeAgent, by: Call, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    before = await the_asset(by)
    await agent.tell(on(8, memory=16384))

    asset = await the_asset(by)

    assert (before["details"]["memory_gib"], asset["details"]["memory_gib"]) == (8, 16)
    [entry] = await history(by, asset)
    assert entry["fact"] == "changed"
    assert entry["actor_id"].startswith("enrolment-key:")
    assert entry["changes"] == {"details.memory_gib": {"before": 8, "after": 16}}
    with psycopg.connect(rows.admin) as admin:
        said = admin.execute(
            "SELECT count(*) FROM outbox WHERE subject LIKE '%asset.changed%'"
        ).fetchone()
    assert said == (1,)


async def test_what_a_person_set_stands(agent_at: MakeAgent, by: Call) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    asset = await the_asset(by)
    await change(by, asset, model="Our own name for it", details={"memory_gib": 12})

    await agent.tell(on(8, memory=16384))
    await agent.tell(on(9, memory=32768))

    now = await the_asset(by)
    assert now["model"] == "Our own name for it"
    assert now["details"]["memory_gib"] == 12
    assert len(await history(by, now)) == 1


async def test_what_a_person_took_away_stays_away(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    await change(by, await the_asset(by), details={"memory_gib": None})

    await agent.tell(on(8, memory=16384))

    assert "memory_gib" not in (await the_asset(by))["details"]


async def test_who_puts_back_what_the_agent_wrote_gives_it_back(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    other = await change(by, await the_asset(by), details={"memory_gib": 12})
    await change(by, other, details={"memory_gib": 8})

    await agent.tell(on(8, memory=16384))

    assert (await the_asset(by))["details"]["memory_gib"] == 16


async def test_an_asset_of_a_person_is_filled_and_not_overwritten(
    agent_at: MakeAgent, by: Call
) -> None:
    await registered(
        by(TECHNICIAN),
        manufacturer="Unknown",
        model="Laptop from the trolley",
        details={"hostname": "trolley-1"},
    )
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    first = await the_asset(by)
    await agent.tell(on(8, memory=16384, name="lt-0002"))

    asset = await the_asset(by)

    assert first["manufacturer"] == "LENOVO"
    assert first["model"] == "Laptop from the trolley"
    assert (first["details"]["memory_gib"], asset["details"]["memory_gib"]) == (8, 16)
    assert asset["details"]["hostname"] == "trolley-1"
    assert len(await history(by, asset)) == 2


async def test_a_repeat_changes_nothing(agent_at: MakeAgent, by: Call) -> None:
    agent = await agent_at(HERE)
    for _ in range(3):
        await agent.tell(on(7))
    await agent.tell(on(8))

    asset = await the_asset(by)

    assert asset["version"] == 1
    assert await history(by, asset) == []


async def test_what_is_out_of_use_stays_as_it_was(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    asset = await the_asset(by)
    retired = await by(TECHNICIAN).post(
        f"/assets/{asset['asset_id']}/retire", headers={"if-match": '"1"'}
    )
    assert retired.status_code == 200

    assert (await agent.tell(on(8, memory=16384))).status_code == 200

    answer = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}")
    assert answer.json()["details"]["memory_gib"] == 8
    device = (await by(TECHNICIAN).get("/agent-devices")).json()["items"][0]
    assert device["asset_status"] == "retired"


async def test_two_machines_that_are_one_asset_do_not_change_it_to_and_fro(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    await agent.tell(on(7))
    other = on(7, memory=4096)
    await agent.tell({**other, "deviceid": "another-system-on-it"})

    for day in (8, 9):
        await agent.tell(on(day))
        await agent.tell({**on(day, memory=4096), "deviceid": "another-system-on-it"})

    asset = await the_asset(by)
    assert asset["details"]["memory_gib"] == 8
    assert await history(by, asset) == []


async def test_a_printers_pages_are_told_by_the_thousand(
    agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)

    def printer(pages: int) -> dict[str, Any]:
        return {
            "deviceid": "printer-1",
            "action": "netinventory",
            "itemtype": "Printer",
            "content": {
                "device": {
                    "info": {
                        "type": "PRINTER",
                        "manufacturer": "Brother",
                        "model": "HL-L5100",
                        "serial": "E7BR0001",
                        "name": "printer-1",
                    },
                    "pagecounters": {"total": pages},
                }
            },
        }

    for pages in (500, 900, 1600, 1700):
        assert (await agent.tell(printer(pages))).status_code == 200

    asset = await the_asset(by)
    assert asset["details"]["pages_printed"] == 1600
    assert len(await history(by, asset)) == 1


@pytest.mark.parametrize(
    ("field", "present", "value", "written", "may"),
    [
        ("model", "Unknown", "X1", {}, True),
        ("model", None, "X1", {}, True),
        ("model", "T1", "X1", {}, False),
        ("model", "T1", "X1", {"model": "T1"}, True),
        ("model", "T1", "X1", {"model": "T0"}, False),
        ("model", None, "X1", {"model": "T1"}, False),
        ("model", "X1", "X1", {"model": "X1"}, False),
        ("details.battery_health", 80, 78, {"details.battery_health": 80}, False),
        ("details.battery_health", 80, 75, {"details.battery_health": 80}, True),
        ("details.pages_printed", 5000, 0, {"details.pages_printed": 5000}, True),
    ],
)
def test_the_rule(
    field: str, present: Any, value: Any, written: dict[str, Any], may: bool
) -> None:
    assert amending._may(field, present, value, written) is may
