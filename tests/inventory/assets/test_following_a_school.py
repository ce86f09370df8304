"""A school that passes to another LA takes its kit along, and answers to every URN."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest
import stamina

from chassis import consumer, db, errors
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from contracts import event
from contracts.event import Received
from contracts.gateway import SchoolRecorded
from inventory.work import SERVICE
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    TECHNICIAN,
    Call,
    Known,
    laptop,
    registered,
)

(SCHOOLS,) = SERVICE.subscriptions
NEW_MANAGER = at_la("la-manager", "941")


def said(place: Known, version: int, **changes: Any) -> Received:
    told: dict[str, Any] = {
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
    fact = SchoolRecorded.model_validate(told)
    name = event.name_of(SchoolRecorded)
    return Received(uuid4(), name, datetime.now(UTC), None, fact)


@pytest.fixture
async def worker(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    database = db.Database(rows.worker, 3, "inventory-worker")
    await database.open()
    yield database
    await database.close()


async def hear(worker: db.Database, *facts: Received) -> None:
    """Apply facts of one LA exactly as the consumer does, scope and all."""
    await consumer.apply(worker, "inventory", SCHOOLS, facts)


async def hear_at_last(worker: db.Database, *facts: Received) -> None:
    """Try again, as the consumer does, while a row is held by somebody else."""
    async for attempt in stamina.retry_context(on=errors.Unavailable, timeout=60):
        with attempt:
            await hear(worker, *facts)


def asked(rows: ServiceDatabase, query: str) -> Sequence[tuple[Any, ...]]:
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(query.encode()).fetchall()


async def test_the_kit_goes_with_its_school_and_both_authorities_hear(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    asset = await registered(by(TECHNICIAN))
    await by(MANAGER).post("/assets", json=laptop(school_urn=NEXT_DOOR.urn))

    await hear(worker, said(HERE, 2, la_code="941"))

    told = "SELECT subject, entity_version FROM outbox ORDER BY id OFFSET 2"
    assert asked(rows, told) == [
        ("joinedup.inventory.asset.moved.v1.941", 2),
        ("joinedup.inventory.departure.recorded.v1.940", 2),
    ]
    path = f"/assets/{asset['asset_id']}"
    assert (await by(MANAGER).get(path)).status_code == 404
    assert (await by(NEW_MANAGER).get(path)).json()["la_code"] == "941"
    kept = (await by(TECHNICIAN).get(path)).json()
    assert kept == asset | {"la_code": "941", "version": 2}
    [entry] = (await by(TECHNICIAN).get(f"{path}/history")).json()["items"]
    assert (entry["version"], entry["fact"]) == (2, "moved")
    assert entry["changes"] == {"la_code": {"before": "940", "after": "941"}}
    stayed = (await by(MANAGER).get("/assets")).json()["items"]
    assert [each["school_urn"] for each in stayed] == [NEXT_DOOR.urn]


async def test_what_a_school_says_of_its_kit_is_said_to_its_new_authority(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    years = {"category": "laptop", "years": 3}
    for urn in (HERE.urn, NEXT_DOOR.urn):
        body = {**years, "school_urn": urn}
        await by(MANAGER).put("/kinds/expected-life", json=body)

    await hear(worker, said(HERE, 2, la_code="941"))

    told = (
        "SELECT subject, entity_version, school_id, data -> 'years' FROM outbox"
        " ORDER BY id OFFSET 2"
    )
    assert asked(rows, told) == [
        ("joinedup.inventory.life.set.v1.941", 2, HERE.school_id, 3)
    ]


async def test_an_older_fact_of_the_old_authority_brings_nothing_back(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    await registered(by(TECHNICIAN))
    await hear(worker, said(HERE, 3, la_code="941"))
    before = asked(rows, "SELECT count(*) FROM outbox")

    await hear(worker, said(HERE, 2))
    await hear(worker, said(HERE, 3, la_code="941"))

    assert asked(rows, "SELECT DISTINCT la_code, version FROM asset") == [("941", 2)]
    assert asked(rows, "SELECT count(*) FROM outbox") == before


async def test_a_school_may_come_back(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    await registered(by(TECHNICIAN))

    await hear(worker, said(HERE, 2, la_code="941"))
    await hear(worker, said(HERE, 3))

    assert asked(rows, "SELECT la_code, version FROM asset") == [("940", 3)]


async def test_one_batch_holds_schools_that_come_stay_and_are_new(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    await registered(by(TECHNICIAN))
    new = Known(uuid4(), 900009, "941")

    await hear(worker, said(HERE, 2, la_code="941"), said(FAR_AWAY, 2), said(new, 1))

    found = asked(rows, "SELECT urn, la_code, version FROM school ORDER BY urn")
    assert found == [
        (HERE.urn, "941", 2),
        (NEXT_DOOR.urn, "940", 1),
        (FAR_AWAY.urn, "941", 2),
        (new.urn, "941", 1),
    ]


async def test_an_asset_registered_while_its_school_passes_is_never_left_behind(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    answers = await asyncio.gather(
        *(
            by(TECHNICIAN).post("/assets", json=laptop(tag=f"LT-{i}"))
            for i in range(12)
        ),
        hear_at_last(worker, said(HERE, 2, la_code="941")),
    )

    refused = [each.status_code for each in answers if each and each.status_code != 201]
    assert set(refused) <= {503}
    assert asked(rows, "SELECT la_code FROM asset WHERE la_code <> '941'") == []
    assert (await by(TECHNICIAN).post("/assets", json=laptop())).status_code == 201


# The worker's scope as it applies a fact of HERE in 941.
_ONE = f"{{{HERE.school_id}}}"
ENTER = (
    f"SELECT enter_scope('service:inventory', '{{941}}', '{_ONE}', '{{941}}', '{_ONE}',"
    " '{}')"
)


@pytest.mark.parametrize(
    ("place", "la_code", "touched"),
    [
        (HERE, "941", 1),
        (HERE, "940", "refused"),
        (NEXT_DOOR, "941", 0),
        (NEXT_DOOR, "940", 0),
    ],
    ids=["fetched", "sent elsewhere", "another fetched", "another changed"],
)
def test_a_fact_fetches_its_own_school_only_and_into_its_own_authority_only(
    rows: ServiceDatabase, place: Known, la_code: str, touched: int | str
) -> None:
    update = "UPDATE school SET la_code = %s, name = 'X' WHERE school_id = %s"
    found: int | str
    with psycopg.connect(rows.worker) as connection:
        connection.execute(ENTER.encode())
        try:
            found = connection.execute(update, [la_code, place.school_id]).rowcount
        except psycopg.errors.InsufficientPrivilege:
            found = "refused"

    assert found == touched


@pytest.mark.parametrize(
    ("update", "touched"),
    [
        (
            "UPDATE asset SET tag = tag || %(other)s::text RETURNING school_id",
            [HERE.school_id],
        ),
        (
            (
                "UPDATE asset SET la_code = '940', school_id = %(other)s"
                " RETURNING school_id"
            ),
            "refused",
        ),
    ],
    ids=["its school's alone", "sent to another school"],
)
async def test_a_fact_changes_no_asset_beyond_its_own_school(
    by: Call,
    rows: ServiceDatabase,
    worker: db.Database,
    update: LiteralString,
    touched: list[UUID] | str,
) -> None:
    for place in (HERE, NEXT_DOOR):
        await registered(by(MANAGER), school_urn=place.urn)
    await hear(worker, said(HERE, 2, la_code="941"))

    found: list[UUID] | str
    with psycopg.connect(rows.worker) as connection:
        connection.execute(ENTER.encode())
        try:
            changed = connection.execute(update, {"other": NEXT_DOOR.school_id})
            found = [row[0] for row in changed]
        except psycopg.errors.InsufficientPrivilege:
            found = "refused"

    assert found == touched


async def test_a_school_is_found_by_an_earlier_urn(
    by: Call, worker: db.Database
) -> None:
    await registered(by(TECHNICIAN), tag="OLD")
    converted = said(HERE, 2, urn=900017, earlier_urns=(HERE.urn,))
    await hear(worker, converted)

    new = await registered(by(TECHNICIAN), school_urn=HERE.urn, tag="NEW")

    assert new["school_urn"] == 900017
    many = {"items": [laptop(school_urn=HERE.urn, tag="BULK")]}
    bulk = await by(TECHNICIAN).post("/assets/bulk", json=many)
    assert [each["school_urn"] for each in bulk.json()["items"]] == [900017], bulk.text
    for urn in (HERE.urn, 900017):
        client = by(TECHNICIAN)
        first = (await client.get("/assets", params={"school": urn, "limit": 1})).json()
        rest = await client.get(
            "/assets", params={"school": urn, "limit": 1, "after": first["next"]}
        )
        counted = await client.get("/assets/count", params={"school": urn})
        assert counted.json()["count"] == 3
        tags = [first["items"][0]["tag"], rest.json()["items"][0]["tag"]]
        assert tags == ["BULK", "NEW"]
    elsewhere = await by(NEW_MANAGER).get("/assets", params={"school": HERE.urn})
    assert elsewhere.status_code == 404


async def test_a_phase_that_was_not_kept_comes_with_the_same_state_said_again(
    rows: ServiceDatabase, worker: db.Database
) -> None:
    phase = "SELECT DISTINCT phase FROM school ORDER BY phase NULLS LAST LIMIT 1"
    assert asked(rows, phase) == [(None,)]

    await hear(worker, said(HERE, 1, phase="secondary"))
    await hear(worker, said(HERE, 1, phase="primary"))

    assert asked(rows, phase) == [("secondary",)]
