"""A computer may be called after somebody: that name is told of them, and erased."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
from fastapi import FastAPI

from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.inventory.agents.conftest import MakeAgent, pc
from tests.inventory.world import HERE

ABOUT = {
    "person_id": str(UUID(int=77)),
    "words": ["Orla O'Quill", "o.quill@school.example"],
}
ERASE = ABOUT | {"with_texts": False, "asked_by": str(UUID(int=9))}


async def ask(app: FastAPI, signing: Signing, path: str, body: Any) -> Any:
    ourselves = Actor("service:gateway", "service", (Grant("service", ("940",)),))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.post(
            f"/internal/privacy/{path}",
            json=body,
            headers=signing.headers(ourselves, "inventory"),
        )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_name_of_a_computer_is_told_and_erased(
    agent_at: MakeAgent, app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    hardware = pc()["content"]["hardware"]
    for day, name in (("07", "Laptop of Orla O'Quill"), ("08", "Orla O'Quill's")):
        logged = {"logdate": f"2026-09-{day} 09:00:00"}
        told = pc(accesslog=logged, hardware={**hardware, "name": name})
        assert (await agent.tell(told)).status_code == 200

    held = await ask(app, signing, "told", ABOUT)
    counts = await ask(app, signing, "erased", ERASE)

    assert [each["name"] for each in held["devices"]] == ["Orla O'Quill's"]
    assert (counts["devices"], counts["device_changes"]) == (1, 1)
    with psycopg.connect(rows.admin) as admin:
        for table in ("agent_device", "agent_change"):
            found = admin.execute(f"SELECT t::text FROM {table} AS t").fetchall()  # noqa: S608
            assert found
            assert "Quill" not in str(found)
    again = await ask(app, signing, "erased", ERASE)
    assert "devices" not in again


async def test_what_changed_on_a_device_is_kept_for_so_long_only(
    agent_at: MakeAgent, app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> None:
    agent = await agent_at(HERE)
    hardware = pc()["content"]["hardware"]
    for day, name in (("07", "one"), ("08", "two"), ("01", "late")):
        logged = {"logdate": f"2026-09-{day} 09:00:00"}
        await agent.tell(pc(accesslog=logged, hardware={**hardware, "name": name}))

    def counted() -> list[int]:
        with psycopg.connect(rows.admin) as admin:
            return [
                admin.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]  # noqa: S608
                for table in ("agent_change", "agent_refusal")
            ]

    assert counted() == [1, 1]
    for days, left in ((-2, [1, 1]), (2, [0, 0])):
        before = (datetime.now(UTC) + timedelta(days=days)).isoformat()
        await ask(app, signing, "expired", {"before": {"record": before}})
        assert counted() == left
