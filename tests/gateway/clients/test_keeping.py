"""What the worker is to bring to Keycloak and to take from it, whatever comes first."""

from collections.abc import AsyncGenerator

import pytest

from chassis import auth
from chassis.db import Database
from gateway.clients import store
from gateway.clients.store import Due
from tests.gateway.clients.conftest import BASE, Ask, made
from tests.gateway.conftest import Stand

GATEWAY = auth.service_actor("gateway", [])


@pytest.fixture
async def worker(stand: Stand) -> AsyncGenerator[Database]:
    database = Database(stand.database.worker, 1, "gateway-worker")
    await database.open()
    yield database
    await database.close()


async def claimed(worker: Database) -> list[Due]:
    async with worker.begin(GATEWAY, auth.SERVICE_ACCESS) as tx:
        return await store.claim_due(tx, 20)


async def done(worker: Database, due: Due) -> None:
    async with worker.begin(GATEWAY, auth.SERVICE_ACCESS) as tx:
        await store.note_done(tx, due)


async def test_one_that_was_withdrawn_on_its_way_is_taken_away_again(
    worker: Database, manager: Ask
) -> None:
    client = await made(manager)
    [under_way] = await claimed(worker)
    await manager("POST", f"{BASE}/{client['api_client_id']}/withdraw", 1)
    [over] = await claimed(worker)
    await done(worker, over)

    # It reached Keycloak after it had been taken from there.
    await done(worker, under_way)

    [again] = await claimed(worker)
    assert (again.credential_id, again.is_over) == (under_way.credential_id, True)
    await done(worker, again)
    assert await claimed(worker) == []
