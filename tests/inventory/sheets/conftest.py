"""Somebody who sends files of assets, and the worker that reads them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from chassis.db import Database
from chassis.files.folder import Folder
from chassis.jobs import worker
from chassis.testing.databases import ServiceDatabase
from inventory.sheets import working
from tests.inventory.world import HERE, MANAGER, TECHNICIAN, Call

IMPORTS = "/assets/imports"
LONG_ENOUGH = 60.0
BUSY = frozenset({"trying", "applying", "undoing"})


@dataclass(slots=True)
class Sender:
    """Sends files for a school (or an LA) and awaits what jobs make of them."""

    http: httpx.AsyncClient
    whose: dict[str, Any]

    async def send(self, content: bytes, name: str = "kit.csv") -> httpx.Response:
        return await self.http.post(
            IMPORTS, params=self.whose, files={"file": (name, content)}
        )

    async def sent(self, content: bytes, name: str = "kit.csv") -> dict[str, Any]:
        answer = await self.send(content, name)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def tried(self, content: bytes, **changes: Any) -> dict[str, Any]:
        """Send a file and have it tried as it is suggested, but for some changes."""
        found = await self.sent(content)
        reading = {**found["reading"], **changes}
        answer = await self.read_as(found, reading)
        assert answer.status_code == 202, answer.text
        return await self.settled(found)

    async def read_as(
        self, found: dict[str, Any], reading: dict[str, Any]
    ) -> httpx.Response:
        where = f"{IMPORTS}/{found['import_id']}/reading"
        return await self.http.put(where, json=reading, headers=_tag(found))

    async def step(self, found: dict[str, Any], verb: str) -> httpx.Response:
        where = f"{IMPORTS}/{found['import_id']}/{verb}"
        return await self.http.post(where, headers=_tag(found))

    async def done(self, found: dict[str, Any], verb: str) -> dict[str, Any]:
        answer = await self.step(found, verb)
        assert answer.status_code == 202, answer.text
        return await self.settled(found)

    async def settled(self, found: dict[str, Any]) -> dict[str, Any]:
        where = f"{IMPORTS}/{found['import_id']}"
        async with asyncio.timeout(LONG_ENOUGH):
            while (now := (await self.http.get(where)).json())["state"] in BUSY:  # noqa: ASYNC110 - a worker ends it
                await asyncio.sleep(0.05)
        return now

    async def faults(self, found: dict[str, Any]) -> list[dict[str, Any]]:
        answer = await self.http.get(f"{IMPORTS}/{found['import_id']}/faults")
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def assets(self, **wanted: Any) -> list[dict[str, Any]]:
        answer = await self.http.get("/assets", params={"page_size": 200, **wanted})
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


def _tag(found: dict[str, Any]) -> dict[str, str]:
    return {"if-match": f'"{found["version"]}"'}


@pytest.fixture
async def at_work(rows: ServiceDatabase, app: FastAPI) -> AsyncGenerator[None]:
    """The inventory's worker of jobs, in this process."""
    database = Database(rows.worker, 4, "imports-worker")
    await database.open()
    stop = asyncio.Event()
    folder: Folder = app.state.depot
    kinds = working.kinds(folder)
    run = worker.run(rows.worker, database, "inventory", kinds, stop, worker.State())
    task = asyncio.ensure_future(run)
    yield
    stop.set()
    await task
    await database.close()


@pytest.fixture
def technician(by: Call, at_work: None) -> Sender:
    del at_work
    return Sender(by(TECHNICIAN), {"school_urn": HERE.urn})


@pytest.fixture
def manager(by: Call, at_work: None) -> Sender:
    del at_work
    return Sender(by(MANAGER), {"la_code": "940"})


@pytest.fixture
def samples() -> Path:
    """Snipe-IT's own sample files."""
    return Path(__file__).parents[4] / "shared/data/snipeit_samples"
