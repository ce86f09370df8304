"""A school's agents: programs that send an inventory with the school's key."""

import json
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.inventory.world import HERE, MANAGER, TECHNICIAN, Call, Known

XML = "application/x-compress-zlib"


def pc(**changes: Any) -> dict[str, Any]:
    """A laptop's inventory, but for what a test says of its content."""
    content: dict[str, Any] = {
        "accesslog": {"logdate": "2026-09-07 09:00:00"},
        "versionclient": "GLPI-Agent_v1.11",
        "bios": {
            "smanufacturer": "LENOVO",
            "smodel": "ThinkPad L13",
            "ssn": "PF3ABCDE",
        },
        "hardware": {
            "name": "lt-0001",
            "uuid": "4c4c4544-0034-3010-8048-b6c04f503732",
            "chassis_type": "Notebook",
            "memory": 8192,
        },
        "networks": [
            {"description": "eth0", "mac": "b8:6b:23:e0:5c:81", "virtualdev": False}
        ],
        "softwares": [
            {"name": "Firefox", "publisher": "Mozilla", "version": "130.0"},
            {"name": "7-Zip", "publisher": "Igor Pavlov", "version": "24.08"},
        ],
    }
    return {
        "deviceid": "lt-0001-2026-09-01-08-00-00",
        "action": "inventory",
        "itemtype": "Computer",
        "content": {**content, **changes},
    }


@dataclass(frozen=True, slots=True)
class Agent:
    """A program with a school's key, which speaks straight to the service."""

    client: httpx.AsyncClient
    school: Known
    key: str

    async def tell(
        self, message: object, kind: str = "application/json", *, packed: bool = False
    ) -> httpx.Response:
        raw = message if isinstance(message, bytes) else json.dumps(message).encode()
        return await self.client.post(
            "/agent",
            content=zlib.compress(raw) if packed else raw,
            headers={"content-type": kind},
            auth=(str(self.school.urn), self.key),
        )


MakeAgent = Callable[..., Awaitable[Agent]]


@pytest.fixture
async def caller(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://inventory"
    ) as client:
        yield client


@pytest.fixture
def agent_at(by: Call, caller: httpx.AsyncClient) -> MakeAgent:
    """Make an agent with a fresh key of a school: `await agent_at(HERE)`."""

    async def make(school: Known = HERE, actor: Any = None) -> Agent:
        who = actor or (TECHNICIAN if school is HERE else MANAGER)
        body = {"school_urn": school.urn, "name": "laptops"}
        made = await by(who).post("/enrolment-keys", json=body)
        assert made.status_code == 201, made.text
        return Agent(caller, school, made.json()["enrolment_key"])

    return make
