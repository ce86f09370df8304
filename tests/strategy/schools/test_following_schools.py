"""The copy of schools follows the directory, with what a comparison may ask of them."""

import random
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la, at_school
from contracts.event import Event
from contracts.gateway import SchoolDeparted
from contracts.inventory import AssetDeparted, AssetRestated
from contracts.servicedesk import TicketDeparted, TicketRestated
from tests.strategy.world import (
    FAR_AWAY,
    HERE,
    LA,
    LEADER,
    MANAGER,
    OTHER_LA,
    PRIMARIES,
    Call,
    Known,
    Tell,
    asset_said,
    county,
    recorded,
    ticket_said,
)

TOLD: dict[str, Any] = {
    "free_school_meals_percent": Decimal("12.5"),
    "establishment_type": "Academy converter",
    "capacity": 420,
    "low_age": 4,
    "high_age": 11,
    "trust": "Ash Trust",
    "federation": None,
    "district": "North Ashire",
    "easting": 475300,
    "northing": 260400,
}


def kept(rows: ServiceDatabase) -> list[dict[str, Any]]:
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(
            "SELECT free_school_meals_percent, establishment_type, capacity, low_age,"
            " high_age, trust, federation, district, easting, northing FROM school"
        ).fetchall()
    return [dict(zip(TOLD, values, strict=True)) for values in found]


async def test_everything_that_is_told_is_kept(
    tell: Tell, rows: ServiceDatabase
) -> None:
    await tell(recorded(HERE, **TOLD))

    assert kept(rows) == [TOLD]


async def test_a_newer_version_replaces_all_of_it(
    tell: Tell, rows: ServiceDatabase
) -> None:
    await tell(recorded(HERE, **TOLD))
    newer = TOLD | {"trust": None, "capacity": 450}

    await tell(recorded(HERE, 3, **newer), recorded(HERE, 2, **TOLD))

    assert kept(rows) == [newer]


NEW_MANAGER = at_la("la-manager", OTHER_LA)
MOVED = Known(HERE.school_id, HERE.urn, OTHER_LA)


def departed(school: Known, version: int, to: str) -> SchoolDeparted:
    state = recorded(school, version).model_dump()
    return SchoolDeparted.model_validate(state | {"to_la_code": to})


def move(version: int) -> list[Event]:
    """Say what both LAs hear of HERE, its one laptop and its one ticket."""
    laptop, ticket = asset_said(HERE), ticket_said(HERE)
    kit = {"entity_id": laptop.entity_id, "entity_version": 2}
    job = {"entity_id": ticket.entity_id, "entity_version": 2}
    return [
        laptop,
        ticket,
        departed(HERE, version, OTHER_LA),
        recorded(MOVED, version),
        asset_said(HERE, AssetDeparted, **kit),
        asset_said(MOVED, AssetRestated, **kit),
        ticket_said(HERE, TicketDeparted, **job),
        ticket_said(MOVED, TicketRestated, **job),
    ]


def counted(rows: ServiceDatabase) -> list[tuple[object, ...]]:
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(
            "SELECT la_code, devices, open_tickets FROM device_count"
            " FULL JOIN open_ticket_count USING (la_code, school_id)"
            " WHERE school_id = %s AND (devices <> 0 OR open_tickets <> 0)"
            " ORDER BY la_code",
            [HERE.school_id],
        ).fetchall()


@pytest.mark.parametrize("seed", range(6))
async def test_a_school_passes_to_another_authority_in_whatever_order_it_is_heard(
    tell: Tell, by: Call, rows: ServiceDatabase, seed: int
) -> None:
    facts = [recorded(HERE), *move(5), recorded(HERE, 4)]
    chance = random.Random(seed)
    chance.shuffle(facts)

    for fact in [*facts, *chance.sample(facts, 3)]:
        await tell(fact)

    assert counted(rows) == [(OTHER_LA, 1, 1)]
    old = (await by(MANAGER).get("/benchmarks", params={"la_code": LA})).json()
    new = await by(NEW_MANAGER).get("/benchmarks", params={"la_code": OTHER_LA})
    assert old["schools"] == []
    assert [each["school_urn"] for each in new.json()["schools"]] == [HERE.urn]


async def test_the_old_authority_s_figures_are_those_of_its_other_schools(
    tell: Tell, by: Call
) -> None:
    await tell(*county())
    await tell(departed(HERE, 2, OTHER_LA), recorded(MOVED, 2))

    found = (await by(MANAGER).get("/benchmarks", params={"la_code": LA})).json()
    assert HERE.urn not in [each["school_urn"] for each in found["schools"]]
    # The others have 11 to 21 laptops for 210 pupils each.
    [pupils] = [m for m in found["measures"] if m["measure"] == "pupils_per_device"]
    assert (pupils["n"], pupils["median"]) == (11, 13.12)


async def test_a_school_that_left_sees_its_new_authority_and_no_more_the_old(
    tell: Tell, by: Call, rows: ServiceDatabase
) -> None:
    await tell(*county())

    await tell(*move(2))

    mine = (await by(LEADER).get("/benchmarks", params={"school": HERE.urn})).json()
    assert mine["la_code"] == OTHER_LA
    assert mine["measures"][0]["n"] == len(FAR_AWAY) + 1
    unknown = await by(MANAGER).get("/benchmarks", params={"school": HERE.urn})
    assert unknown.status_code == 404
    with psycopg.connect(rows.app) as connection:
        connection.execute(
            "SELECT enter_scope('x', '{}', ARRAY[%s]::uuid[], '{}', '{}', '{}')",
            [HERE.school_id],
        )
        for table in ("authority", "distribution"):
            found = f"SELECT DISTINCT la_code FROM {table}"  # noqa: S608
            assert connection.execute(found.encode()).fetchall() == [(OTHER_LA,)]


async def test_a_school_that_comes_back_counts_again(tell: Tell, by: Call) -> None:
    await tell(recorded(HERE), *move(5))

    await tell(departed(MOVED, 6, LA), recorded(HERE, 6))

    path = "/benchmarks"
    old = (await by(MANAGER).get(path, params={"la_code": LA})).json()
    new = (await by(NEW_MANAGER).get(path, params={"la_code": OTHER_LA})).json()
    assert [len(each["schools"]) for each in (old, new)] == [1, 0]


async def test_a_school_is_compared_under_an_earlier_urn(tell: Tell, by: Call) -> None:
    await tell(*county())
    converted = Known(HERE.school_id, 900999, LA)

    await tell(recorded(converted, 2, earlier_urns=[HERE.urn]))

    for urn in (HERE.urn, 900999):
        found = await by(LEADER).get("/benchmarks", params={"school": urn})
        assert found.json()["school"]["school_urn"] == 900999
    stranger = at_school("school-leader", PRIMARIES[3].school_id)
    hidden = await by(stranger).get("/benchmarks", params={"school": HERE.urn})
    assert hidden.status_code == 404
