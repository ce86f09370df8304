"""The copies of schools and assets follow the facts, newest version only, LA by LA."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from chassis import consumer, db
from chassis.testing.databases import ServiceDatabase
from contracts import event, gateway, inventory
from contracts.event import Received
from servicedesk.work import SERVICE
from tests.servicedesk.world import (
    FAR_AWAY,
    HERE,
    TECHNICIAN,
    Call,
    Known,
    opened,
    stored,
)

ACTING = "servicedesk"
SCHOOLS, ASSETS, _CALENDARS = SERVICE.subscriptions


@pytest.fixture
async def worker(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    database = db.Database(rows.worker, 2, "servicedesk-worker")
    await database.open()
    yield database
    await database.close()


def school(place: Known, version: int, **changes: Any) -> gateway.SchoolRecorded:
    said: dict[str, Any] = {
        "entity_id": place.school_id,
        "entity_version": version,
        "la_code": place.la_code,
        "school_id": place.school_id,
        "urn": place.urn,
        "la_name": "LA",
        "region_code": "E12000004",
        "name": "School",
        "phase": "primary",
        "status": "open",
        "pupils": 210,
        "free_school_meals_percent": None,
        **changes,
    }
    return gateway.SchoolRecorded(**said)


def asset(place: Known, version: int, **changes: Any) -> dict[str, Any]:
    return {
        "entity_version": version,
        "la_code": place.la_code,
        "school_id": place.school_id,
        "tag": "LT-7",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "L13",
        "status": "in-use",
        "purchased_on": None,
        **changes,
    }


async def told(
    worker: db.Database, subscription: consumer.Subscription, *facts: Any
) -> None:
    """Let the consumer take facts of one LA over, under its scope."""
    arrived = [
        Received(uuid4(), event.name_of(type(fact)), datetime.now(UTC), None, fact)
        for fact in facts
    ]
    await consumer.apply(worker, ACTING, subscription, arrived)


async def test_a_school_gets_its_new_urn_and_no_old_one(
    worker: db.Database, rows: ServiceDatabase
) -> None:
    await told(worker, SCHOOLS, school(HERE, 3, urn=900013), school(HERE, 2))
    await told(worker, SCHOOLS, school(HERE, 2, urn=900012))

    query = f"SELECT urn, version FROM school WHERE school_id = '{HERE.school_id}'"  # noqa: S608
    assert stored(rows, query) == [(900013, 3)]


async def test_an_asset_follows_its_facts_in_whatever_order_they_come(
    worker: db.Database, rows: ServiceDatabase
) -> None:
    asset_id = uuid4()
    retired = inventory.AssetRetired(
        entity_id=asset_id, **asset(HERE, 3, status="retired")
    )
    registered = inventory.AssetRegistered(entity_id=asset_id, **asset(HERE, 1))
    await told(worker, ASSETS, retired)
    await told(worker, ASSETS, registered)

    query = f"SELECT status, version FROM asset WHERE asset_id = '{asset_id}'"  # noqa: S608
    assert stored(rows, query) == [("retired", 3)]


async def test_what_was_reported_of_a_duplicate_is_found_with_the_one_that_is_kept(
    worker: db.Database, by: Call
) -> None:
    kept, duplicate = uuid4(), uuid4()
    for asset_id in (kept, duplicate):
        registered = inventory.AssetRegistered(entity_id=asset_id, **asset(HERE, 1))
        await told(worker, ASSETS, registered)
    client = by(TECHNICIAN)
    ticket = await opened(client, asset_id=str(duplicate))

    state = asset(HERE, 2, status="cancelled", merged_into=kept)
    await told(worker, ASSETS, inventory.AssetMerged(entity_id=duplicate, **state))

    async def found(asset_id: UUID) -> list[str]:
        answer = await client.get(f"/tickets?asset={asset_id}")
        count = await client.get(f"/tickets/count?asset={asset_id}")
        assert count.json()["count"] == len(answer.json()["items"])
        return [each["ticket_id"] for each in answer.json()["items"]]

    assert await found(kept) == await found(duplicate) == [ticket["ticket_id"]]
    split = asset(HERE, 3)
    await told(worker, ASSETS, inventory.AssetSplit(entity_id=duplicate, **split))
    assert await found(kept) == []


@pytest.mark.parametrize("departed_first", [True, False])
async def test_an_asset_moves_to_another_authority(
    worker: db.Database, rows: ServiceDatabase, departed_first: bool
) -> None:
    asset_id = uuid4()
    here = inventory.AssetRegistered(entity_id=asset_id, **asset(HERE, 1))
    left = inventory.AssetDeparted(entity_id=asset_id, **asset(HERE, 2))
    moved = inventory.AssetMoved(entity_id=asset_id, **asset(FAR_AWAY, 2))
    await told(worker, ASSETS, here)
    for fact in (left, moved) if departed_first else (moved, left):
        await told(worker, ASSETS, fact)

    query = f"SELECT la_code, school_id FROM asset WHERE asset_id = '{asset_id}'"  # noqa: S608
    assert stored(rows, query) == [("941", FAR_AWAY.school_id)]


async def test_a_school_passes_to_another_authority(
    worker: db.Database, rows: ServiceDatabase
) -> None:
    await told(worker, SCHOOLS, school(HERE, 2, la_code="941"))

    query = f"SELECT la_code FROM school WHERE school_id = '{HERE.school_id}'"  # noqa: S608
    assert stored(rows, query) == [("941",)]


def test_a_fact_of_one_authority_writes_nothing_into_another(
    rows: ServiceDatabase,
) -> None:
    enter = "SELECT enter_scope('service:x', '{940}', '{}', '{940}', '{}', '{}')"
    with psycopg.connect(rows.worker) as connection:
        connection.execute(enter)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE asset SET la_code = '941'")
