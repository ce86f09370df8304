"""Real inventories end in the register: each once, whatever it is sent as."""

import gzip
import zlib
from pathlib import Path
from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.inventory.agents.conftest import MakeAgent
from tests.inventory.world import HERE, TECHNICIAN, Call

FOLDER = "agent_inventories/glpi_inventory_format"
NOT_INVENTORIES = {"inventory.schema.json", "LICENSE"}
COUNTED = ("agent_device", "agent_change", "agent_doubt", "asset", "software_install")


def sizes(rows: ServiceDatabase) -> dict[str, int]:
    with psycopg.connect(rows.admin) as admin:
        return {
            table: admin.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]  # noqa: S608
            for table in COUNTED
        }


@pytest.mark.parametrize("pack", [bytes, zlib.compress, gzip.compress])
async def test_every_file_is_taken_in_twice_and_the_second_changes_nothing(
    real_data: Path, agent_at: MakeAgent, rows: ServiceDatabase, pack: Any
) -> None:
    agent = await agent_at(HERE)
    for file in sorted((real_data / FOLDER).iterdir()):
        if file.name in NOT_INVENTORIES:
            continue
        plain = "application/json" if file.suffix == ".json" else "application/xml"
        kind = plain if pack is bytes else "application/x-compress-zlib"
        first = await agent.tell(pack(file.read_bytes()), kind)
        kept = sizes(rows)

        again = await agent.tell(pack(file.read_bytes()), kind)

        assert (first.status_code, again.status_code) == (200, 200), file.name
        assert first.content == again.content
        assert sizes(rows) == kept, file.name
    kept = sizes(rows)
    # Six parts and three other states of devices that other files are of, too.
    assert kept["agent_device"] == 27 - 9
    # Two laptops of one UUID and unlike serials: somebody has to look.
    assert kept["agent_doubt"] == 1
    assert kept["asset"] == kept["agent_device"] - 1


async def test_the_pc_with_three_thousand_titles_has_them_all(
    real_data: Path, agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)

    await agent.tell((real_data / FOLDER / "examples_computer_3.json").read_bytes())

    [asset] = (await by(TECHNICIAN).get("/assets")).json()["items"]
    assert (asset["tag"], asset["serial"]) == ("LF014", "8C554721F")
    assert asset["details"] == {
        "hostname": "LF014",
        "mac_address": "30:3a:64:ee:65:88",
        "processor": "Intel(R) Core(TM) i5-4210U CPU @ 1.70GHz",
        "memory_gib": 7.7,
        "storage_gb": 250.1,
        "operating_system": "Fedora release 25 (Twenty Five)",
        "os_version": "25",
    }
    found, after = 0, ""
    while True:
        query = f"?limit=200{after}"
        where = f"/assets/{asset['asset_id']}/software{query}"
        page = (await by(TECHNICIAN).get(where)).json()
        found += len(page["items"])
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == 3005


async def test_a_switch_and_a_printer_are_kit_of_their_kinds(
    real_data: Path, agent_at: MakeAgent, by: Call
) -> None:
    agent = await agent_at(HERE)
    for name in ("examples_networkequipment_3.json", "examples_printer_1.json"):
        await agent.tell((real_data / FOLDER / name).read_bytes())

    switch, printer = (await by(TECHNICIAN).get("/assets")).json()["items"]

    assert (switch["tag"], switch["category"]) == ("HP-2530-48G", "network")
    assert switch["details"]["ports"] == 52
    assert (printer["tag"], printer["category"]) == ("NPIF2BE10", "printer")
    assert printer["details"]["pages_printed"] == 1802
