"""Debian's own fusioninventory-agent runs, and this machine is in the register.

It is another program's word for what it speaks: it asks without its key, finds the
realm, asks again, packs what it sends, and reads the answers.
"""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.security.product import FAR_AWAY, Product

# What of a machine takes long to gather, or changes while it is gathered.
LEFT_OUT = "process,environment,user,local_user,local_group,license,remote_mgmt"

# A machine in a cloud has no serial of its own, and may have no card.
SERIAL = """<?xml version="1.0" encoding="UTF-8"?>
<REQUEST><CONTENT><BIOS><SSN>%s</SSN></BIOS></CONTENT></REQUEST>
"""
LIBRARY = "/usr/share/fusioninventory/lib"
# The agent takes no word where its state lies: its own setup is told first.
ELSEWHERE = "$setup::setup{vardir} = shift; do(shift); die $@ if $@"


@pytest.fixture
def agent() -> str:
    found = os.environ.get("JOINEDUP_AGENT") or shutil.which("fusioninventory-agent")
    assert found, "The agent is missing: apt-get install fusioninventory-agent"
    return found


def serial_of(folder: Path) -> str:
    """Make the serial of a machine of this test alone."""
    return f"REAL-{crc32(str(folder).encode()):08X}"


async def run(agent: str, product: Product, folder: Path, key: str, *more: str) -> str:
    """Let the agent of a machine, whose state is in a folder, report once.

    Returns what the agent says of it.
    """
    added = folder / "serial.xml"
    added.write_text(SERIAL % serial_of(folder), "utf-8")
    started = await asyncio.create_subprocess_exec(
        *("perl", f"-I{LIBRARY}", "-Msetup", "-e", ELSEWHERE, str(folder), agent),
        f"--server={product.url}/agent",
        f"--user={FAR_AWAY}",
        f"--password={key}",
        f"--no-category={LEFT_OUT}",
        f"--additional-content={added}",
        *("--tasks=inventory", "--no-httpd", "--force", "--logger=stderr", "--debug"),
        *("--config=none", "--wait=0", *more),
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )
    _, said = await asyncio.wait_for(started.communicate(), 120)
    return said.decode()


def devices(stored: ServiceDatabase, serial: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stored.admin) as admin:
        return admin.execute(
            "SELECT device_id, asset_id IS NOT NULL, agent, sections"
            " FROM agent_device WHERE serial = %s",
            [serial],
        ).fetchall()


async def test_this_machine_reports_itself_and_a_change_shows_as_history(
    product: Product, agent: str, tmp_path: Path, database_of: Any
) -> None:
    key = product.tenants[FAR_AWAY].key["enrolment_key"]
    stored: ServiceDatabase = database_of("inventory", "_product")

    said = await run(agent, product, tmp_path, key, "--tag=first")
    assert "authentication required, submitting credentials" in said, said
    assert "[error]" not in said, said
    serial = serial_of(tmp_path)
    [(device_id, has_asset, told_by, sections)] = devices(stored, serial)
    assert has_asset
    assert told_by.startswith("FusionInventory-Agent")
    assert sections["device"]["tag"] == "first"
    assert sections["memory"]["mib"] > 0
    assert sections["system"]["name"]

    said = await run(agent, product, tmp_path, key, "--tag=second")
    assert "[error]" not in said, said
    [(again, _, _, sections)] = devices(stored, serial)
    assert again == device_id
    with psycopg.connect(stored.admin) as admin:
        history = admin.execute(
            "SELECT before ->> 'tag', after ->> 'tag' FROM agent_change"
            " WHERE device_id = %s AND section = 'device'",
            [device_id],
        ).fetchall()
    assert history == [("first", "second")]


async def test_its_software_is_on_its_asset(
    product: Product, agent: str, tmp_path: Path, database_of: Any
) -> None:
    key = product.tenants[FAR_AWAY].key["enrolment_key"]
    await run(agent, product, tmp_path, key)
    stored: ServiceDatabase = database_of("inventory", "_product")

    with psycopg.connect(stored.admin) as admin:
        found = admin.execute(
            "SELECT count(*) FROM software_install JOIN agent_device USING (asset_id)"
            " WHERE agent_device.serial = %s"
            " AND software_install.name = 'fusioninventory-agent'",
            [serial_of(tmp_path)],
        ).fetchall()
    assert found == [(1,)]


async def test_with_a_wrong_key_it_is_told_so(
    product: Product, agent: str, tmp_path: Path
) -> None:
    said = await run(agent, product, tmp_path, "jek-" + "a" * 32)

    assert "authentication required, wrong credentials" in said
