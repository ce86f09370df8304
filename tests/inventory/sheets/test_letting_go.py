"""Files that were sent long ago are let go of; what came of them stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from fastapi import FastAPI

from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.inventory.sheets.conftest import IMPORTS, Sender

TABLE = b"Tag,Category,Make,Model,Bought\nA,laptop,D,L,\nB,laptop,D,L,Amy's\n"


async def let_go(app: FastAPI, signing: Signing, before: datetime, la: str) -> Any:
    """Ask as the gateway does each night: what is older than a moment goes."""
    ourselves = Actor("service:gateway", "service", (Grant("service", (la,)),))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.post(
            "/internal/privacy/expired",
            json={"before": {"imports": before.isoformat()}},
            headers=signing.headers(ourselves, "inventory"),
        )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_old_file_goes_and_its_import_can_still_be_undone(
    technician: Sender, app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> None:
    applied = await technician.done(await technician.tried(TABLE), "apply")
    waiting = await technician.sent(TABLE)
    now = datetime.now(UTC)

    early = await let_go(app, signing, now - timedelta(days=1), "940")
    foreign = await let_go(app, signing, now + timedelta(days=1), "941")
    kept = [await technician.http.get(_file(each)) for each in (applied, waiting)]
    gone = await let_go(app, signing, now + timedelta(days=1), "940")
    again = await let_go(app, signing, now + timedelta(days=1), "940")

    assert (early, foreign, gone, again) == ({}, {}, {"imports": 2}, {})
    assert [answer.status_code for answer in kept] == [200, 200]
    for each in (applied, waiting):
        assert (await technician.http.get(_file(each))).status_code == 404
    with psycopg.connect(rows.admin) as admin:
        left = admin.execute("SELECT count(*) FROM file").fetchone()
    assert left == (0,)
    assert [f["said"] for f in await technician.faults(applied)] == [""]
    assert (await technician.settled(waiting))["state"] == "given-up"
    undone = await technician.done(await technician.settled(applied), "undo")
    assert (undone["state"], undone["undone"]) == ("undone", 1)


def _file(found: dict[str, Any]) -> str:
    return f"{IMPORTS}/{found['import_id']}/file"
