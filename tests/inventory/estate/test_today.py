"""A school today: what changed in a week, what runs out, what is missing."""

from typing import Any

import psycopg

from chassis.testing.databases import ServiceDatabase
from tests.inventory.estate.kit import add, day, seen, stock
from tests.inventory.world import HERE, MANAGER, NEXT_DOOR, TECHNICIAN, Call


async def today(by: Call, urn: int = HERE.urn) -> dict[str, Any]:
    answer = await by(MANAGER).get("/estate/today", params={"school": urn})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_what_changed_is_counted_and_the_newest_told(
    by: Call, rows: ServiceDatabase
) -> None:
    made = await stock(by, rows)
    path = f"/assets/{made['C']['asset_id']}/move"
    moved = await by(TECHNICIAN).post(
        path, json={"room": "ICT 2"}, headers={"if-match": '"1"'}
    )
    assert moved.status_code == 200, moved.text

    found = await today(by)

    assert found["changes"] == {
        "registered": 9,
        "changed": 1,
        "moved": 1,
        "retired": 1,
        "disposed": 0,
        "reinstated": 0,
        # A, B and H came to be by a machine's report.
        "by_agents": 3,
    }
    assert [(each["tag"], each["fact"]) for each in found["newest"][:3]] == [
        *(("C", "moved"), ("I", "changed"), ("H", "retired")),
    ]
    assert len(found["newest"]) == 10
    assert {each["teller"] for each in found["newest"][:3]} == {"person"}


async def test_what_an_agent_did_is_told_as_such(
    by: Call, rows: ServiceDatabase
) -> None:
    kit = await add(by, "A")
    seen(rows, kit, days=0)
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO asset_history (la_code, school_id, asset_id, version, fact,"
            " actor_id, changes) SELECT la_code, school_id, asset_id, 2, 'changed',"
            " 'enrolment-key:1', '{}' FROM asset"
        )

    found = await today(by)

    assert found["changes"]["by_agents"] == 2
    told = [(each["fact"], each["teller"]) for each in found["newest"]]
    assert told == [("changed", "agent"), ("registered", "agent")]


async def test_what_is_older_than_a_week_is_not_told(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute("UPDATE asset SET registered_at = now() - interval '8 days'")
        admin.execute(
            "UPDATE asset_history SET happened_at = now() - interval '8 days'"
        )

    found = await today(by)

    assert set(found["changes"].values()) == {0}
    assert found["newest"] == []


async def test_what_runs_out_comes_soonest_first(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)
    await add(by, "Z", support_until=day(3), warranty_until=day(91))
    # A laptop lasts four years: the day itself is past its life, the next is not.
    four_years = 4 * 365 + 1
    await add(by, "Y", purchased_on=day(10 - four_years))

    found = await today(by)

    assert [(each["tag"], each["what"]) for each in found["runs_out"]] == [
        *(("E", "warranty"), ("Z", "support"), ("Y", "life"), ("C", "warranty")),
    ]
    assert found["runs_out"][0]["ends_on"] == day(0)
    assert found["figures"]["out_of_warranty"] == 1
    assert found["figures"]["life_ending"] == 1


async def test_another_schools_doings_are_not_told(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)

    found = await today(by, NEXT_DOOR.urn)

    assert [each["tag"] for each in found["newest"]] == ["N"]
    assert found["figures"]["assets"] == 1


async def test_an_empty_school_has_a_day_too(by: Call) -> None:
    found = await today(by)

    assert found["health"]["band"] == "no-kit"
    assert found["newest"] == found["runs_out"] == []


async def test_a_school_has_to_be_named(by: Call) -> None:
    assert (await by(MANAGER).get("/estate/today")).status_code == 422
