"""An asset that goes to another LA is said to both: each hears its own facts only."""

import psycopg

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from tests.inventory.world import FAR_AWAY, HERE, NEXT_DOOR, Call, registered

RBC = at_la("rbc-system", "940", "941")
FIRST = {"if-match": '"1"'}


async def said_after_moving(
    by: Call, rows: ServiceDatabase, urn: int
) -> list[tuple[str, str, int]]:
    asset = await registered(by(RBC))
    answer = await by(RBC).post(
        f"/assets/{asset['asset_id']}/move", json={"school_urn": urn}, headers=FIRST
    )
    assert answer.status_code == 200, answer.text
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(
            "SELECT subject, school_id::text, entity_version FROM outbox ORDER BY id"
        ).fetchall()[1:]


async def test_the_la_that_an_asset_leaves_is_told_so(
    by: Call, rows: ServiceDatabase
) -> None:
    assert await said_after_moving(by, rows, FAR_AWAY.urn) == [
        ("joinedup.inventory.asset.moved.v1.941", str(FAR_AWAY.school_id), 2),
        ("joinedup.inventory.departure.recorded.v1.940", str(HERE.school_id), 2),
    ]


async def test_a_move_within_an_la_is_no_departure(
    by: Call, rows: ServiceDatabase
) -> None:
    assert await said_after_moving(by, rows, NEXT_DOOR.urn) == [
        ("joinedup.inventory.asset.moved.v1.940", str(NEXT_DOOR.school_id), 2)
    ]
