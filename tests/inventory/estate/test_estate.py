"""The figures of an estate, each written by hand, and only of one's own scope."""

from typing import Any

import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_school
from tests.inventory.estate.kit import FAR_MANAGER, stock
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
)

NEAR_AND_FAR = at_school("school-technician", NEXT_DOOR.school_id, FAR_AWAY.school_id)


async def estate(by: Call, actor: Actor, **asked: Any) -> dict[str, Any]:
    answer = await by(actor).get("/estate", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_kit_in_use_is_counted_by_age_kind_room_and_status(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)

    found = await estate(by, LEADER, school=HERE.urn)

    assert {e["age"]: (e["assets"], e["past_life"]) for e in found["by_age"]} == {
        "under-1": (1, 0),
        "1": (0, 0),
        "2": (1, 0),
        "3": (0, 0),
        "4": (0, 0),
        "5": (1, 1),
        "6": (0, 0),
        "7-and-over": (1, 1),
        "unknown": (2, 0),
    }
    assert found["by_category"] == [
        {"category": "laptop", "assets": 2, "past_life": 1, "out_of_warranty": 1},
        {"category": "desktop", "assets": 1, "past_life": 0, "out_of_warranty": 0},
        {"category": "printer", "assets": 1, "past_life": 1, "out_of_warranty": 0},
        {"category": "tablet", "assets": 1, "past_life": 0, "out_of_warranty": 0},
        {
            "category": "virtual-machine",
            "assets": 1,
            "past_life": 0,
            "out_of_warranty": 0,
        },
    ]
    [ict, office] = found["by_room"]["rooms"]
    assert (ict["room"].lower(), ict["assets"], ict["past_life"]) == ("ict 1", 3, 1)
    assert office == {"room": "Office", "assets": 1, "past_life": 1}
    assert found["by_room"]["no_room"] == 1
    assert found["by_room"]["other_rooms"] == found["by_room"]["other_assets"] == 0
    assert found["by_status"] == [
        {"status": "in-use", "assets": 6},
        {"status": "in-store", "assets": 1},
        {"status": "missing", "assets": 1},
        {"status": "retired", "assets": 1},
    ]


async def test_what_is_amiss_is_counted_beside_what_it_can_be_said_of(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)

    found = await estate(by, TECHNICIAN, school=HERE.urn)

    assert found["figures"] == {
        "assets": 6,
        # All but the virtual machine; of these the tablet is not dated.
        "lasting": 5,
        "dated": 4,
        "past_life": 2,
        "life_ending": 0,
        # B's ended yesterday; E's ends today, C's in ninety days.
        "warranted": 3,
        "out_of_warranty": 1,
        "warranty_ending": 2,
        "supported": 1,
        "out_of_support": 1,
        "support_ending": 0,
        # A is silent for 31 days, B for 29.
        "reporting": 2,
        "unseen": 1,
        "missed": 0,
        # The tablet lacks all four.
        "physical": 5,
        "gaps": 1,
        "no_serial": 1,
        "no_room": 1,
        "no_purchase_date": 1,
        "no_price": 1,
    }
    # 100 - 50 * 2/4 - 20 * 1/3 - 10 * 1/2 - 20 * 1/5 = 59.33
    assert found["health"] == {
        "band": "fair",
        "figure": 59,
        "past_life": 50.0,
        "out_of_warranty": 33.3,
        "unseen": 50.0,
        "gaps": 20.0,
    }


async def test_one_kind_can_be_counted_alone(by: Call, rows: ServiceDatabase) -> None:
    await stock(by, rows)

    found = await estate(by, MANAGER, school=HERE.urn, category="laptop")

    assert found["figures"]["assets"] == 2
    assert found["figures"]["past_life"] == 1
    assert [each["category"] for each in found["by_category"]] == ["laptop"]
    assert sum(each["assets"] for each in found["by_age"]) == 2


@pytest.mark.parametrize(
    ("actor", "asked", "assets"),
    [
        (TECHNICIAN, {}, 6),
        (TECHNICIAN, {"la_code": "940"}, 6),
        (MANAGER, {}, 7),
        (MANAGER, {"la_code": "940"}, 7),
        (AUDITOR, {"school": NEXT_DOOR.urn}, 1),
        (NEAR_AND_FAR, {}, 2),
        (NEAR_AND_FAR, {"la_code": "941"}, 1),
        (FAR_MANAGER, {}, 1),
        # Another LA's kit is nobody's here, and whose roles read none see none.
        (MANAGER, {"la_code": "941"}, 0),
        (FAR_MANAGER, {"la_code": "940"}, 0),
        (STAFF, {}, 0),
    ],
)
async def test_only_the_kit_of_ones_scope_counts(
    by: Call, rows: ServiceDatabase, actor: Actor, asked: dict[str, Any], assets: int
) -> None:
    await stock(by, rows)

    found = await estate(by, actor, **asked)

    assert found["figures"]["assets"] == assets
    assert sum(each["assets"] for each in found["by_category"]) == assets
    # The rooms of two schools may bear one name.
    assert (found["by_room"] is None) == ("school" not in asked)


@pytest.mark.parametrize("path", ["/estate", "/estate/today", "/estate/schools"])
@pytest.mark.parametrize(
    ("actor", "urn"),
    [
        (TECHNICIAN, NEXT_DOOR.urn),
        (MANAGER, FAR_AWAY.urn),
        (STAFF, HERE.urn),
        (MANAGER, 999999),
    ],
)
async def test_a_school_outside_ones_scope_is_not_there(
    by: Call, path: str, actor: Actor, urn: int
) -> None:
    answer = await by(actor).get(path, params={"school": urn})

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("school-not-found")


async def test_a_school_without_kit_has_none_recorded(by: Call) -> None:
    found = await estate(by, MANAGER, school=HERE.urn)

    assert found["health"]["band"] == "no-kit"
    assert found["health"]["figure"] is None
    assert found["by_category"] == found["by_status"] == []
    assert found["by_room"] == {
        "rooms": [],
        "other_rooms": 0,
        "other_assets": 0,
        "no_room": 0,
    }


@pytest.mark.parametrize(
    "asked",
    [
        {"school": "abc"},
        {"school": "-1"},
        {"la_code": "94"},
        {"la_code": "9\x000"},
        {"category": "toaster"},
        {"category": "lap\x00top"},
    ],
)
async def test_what_cannot_be_is_refused(by: Call, asked: dict[str, str]) -> None:
    answer = await by(MANAGER).get("/estate", params=asked)

    assert answer.status_code == 422
