"""What is said to the other services of kit, of its life and of its repairs."""

from typing import Any

import psycopg

from chassis import auth, db
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from inventory.work import SERVICE
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    TECHNICIAN,
    Call,
    registered,
)

ELSEWHERE = at_la("la-manager", "941")
DETAILS = {
    "hostname": "AMYS-LAPTOP",
    "operating_system": "Windows 11",
    "memory_gib": 8,
}
SENT = {"fault": "Amy dropped it", "sent_on": "2026-09-01", "is_under_warranty": False}
BACK = {"returned_on": "2026-09-08", "outcome": "repaired", "cost_pence": 4_500}


def said(rows: ServiceDatabase, *fields: str) -> list[tuple[Any, ...]]:
    """Say what waits in the outbox, in its order: subject, version and some fields."""
    with psycopg.connect(rows.admin) as admin:
        told = admin.execute(
            "SELECT subject, entity_version, data FROM outbox ORDER BY id"
        ).fetchall()
    return [
        (
            subject.removeprefix("joinedup.inventory."),
            version,
            *(data.get(name) for name in fields),
        )
        for subject, version, data in told
    ]


async def restated(rows: ServiceDatabase, *la_codes: str) -> int:
    assert SERVICE.restate is not None
    worker = db.Database(rows.worker, 1, "inventory-worker")
    await worker.open()
    try:
        return await SERVICE.restate(worker, auth.service_actor("x", la_codes))
    finally:
        await worker.close()


async def test_what_a_plan_reckons_with_is_said_of_kit_and_nothing_that_names_anybody(
    by: Call, rows: ServiceDatabase
) -> None:
    await registered(by(TECHNICIAN), details=DETAILS)

    fields = ("operating_system", "memory_gib", "processor", "pages_printed")
    assert said(rows, *fields) == [
        ("asset.registered.v1.940", 1, "Windows 11", 8, None, None)
    ]
    with psycopg.connect(rows.admin) as admin:
        [[told]] = admin.execute("SELECT data::text FROM outbox").fetchall()
    assert "AMY" not in told


async def test_how_long_kit_lasts_is_said_each_time_that_it_is_said_anew(
    by: Call, rows: ServiceDatabase
) -> None:
    for place, years in (
        ({"la_code": "940"}, 5),
        ({"la_code": "940"}, 5),
        ({"school_urn": HERE.urn}, 3),
        ({"la_code": "940"}, None),
        ({"la_code": "940"}, None),
        ({"la_code": "940"}, 6),
    ):
        body = {"category": "laptop", "years": years, **place}
        answer = await by(MANAGER).put("/kinds/expected-life", json=body)
        assert answer.status_code == 200, answer.text

    here = str(HERE.school_id)
    assert said(rows, "school_id", "category", "years") == [
        ("life.set.v1.940", 1, None, "laptop", 5),
        ("life.set.v1.940", 1, here, "laptop", 3),
        ("life.set.v1.940", 2, None, "laptop", None),
        ("life.set.v1.940", 3, None, "laptop", 6),
    ]


async def test_a_repair_is_said_when_it_begins_and_ends_without_its_words(
    by: Call, rows: ServiceDatabase
) -> None:
    asset = await registered(by(TECHNICIAN))
    path = f"/assets/{asset['asset_id']}/repairs"
    repair = (await by(TECHNICIAN).post(path, json=SENT)).json()
    closed = f"{path}/{repair['repair_id']}/close"

    assert (await by(TECHNICIAN).post(closed, json=BACK)).status_code == 200
    assert (await by(TECHNICIAN).post(closed, json=BACK)).status_code == 409

    of_repairs = [
        each
        for each in said(rows, "asset_id", "outcome", "cost_pence", "fault")
        if each[0].startswith("repair")
    ]
    assert of_repairs == [
        ("repair.opened.v1.940", 1, asset["asset_id"], None, None, None),
        ("repair.closed.v1.940", 2, asset["asset_id"], "repaired", 4_500, None),
    ]


async def test_all_of_it_is_said_again_for_the_named_authorities_alone(
    by: Call, rows: ServiceDatabase
) -> None:
    asset = await registered(by(TECHNICIAN))
    await registered(by(ELSEWHERE), school_urn=FAR_AWAY.urn)
    await by(TECHNICIAN).post(f"/assets/{asset['asset_id']}/repairs", json=SENT)
    for place in ({"school_urn": HERE.urn}, {"la_code": "940"}):
        body = {"category": "laptop", "years": 3, **place}
        await by(MANAGER).put("/kinds/expected-life", json=body)
    before = len(said(rows))

    count = await restated(rows, "940")

    again = said(rows)[before:]
    assert count == len(again)
    assert again == [
        ("asset.restated.v1.940", 2),
        ("life.restated.v1.940", 1),
        ("life.restated.v1.940", 1),
        ("repair.restated.v1.940", 1),
    ]
