"""Schools beside each other by how their kit stands, in every order and in pages."""

from typing import Any, get_args

import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from inventory.estate.model.schools import Sort
from tests.inventory.estate.kit import add, stock, years_ago
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
)


async def listed(by: Call, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        answer = await by(actor).get("/estate/schools", params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


async def test_each_school_of_the_scope_has_a_row(
    by: Call, rows: ServiceDatabase
) -> None:
    await stock(by, rows)

    [here, there] = await listed(by, MANAGER, la_code="940")

    assert here["health"].pop("figure") == 59
    assert here.pop("health")["band"] == "fair"
    # Half a year, two and a half, five and a half, nine and a half: in the middle, 4.
    assert here == {
        "school_urn": HERE.urn,
        "school_name": f"School {HERE.urn}",
        "la_code": "940",
        "assets": 6,
        "median_age": 4.0,
        "past_life": 2,
        "out_of_warranty": 1,
        "unseen": 1,
        "gaps": 1,
    }
    # One laptop, past its life, of which nothing else is amiss: 100 - 50.
    assert there["health"]["figure"] == 50
    assert [row["school_urn"] for row in await listed(by, TECHNICIAN)] == [HERE.urn]
    assert await listed(by, STAFF) == []
    assert await listed(by, MANAGER, la_code="941") == []


async def test_a_school_without_kit_is_never_poor(by: Call) -> None:
    found = await listed(by, MANAGER)

    assert [(row["assets"], row["health"]["band"]) for row in found] == [
        *((0, "no-kit"), (0, "no-kit")),
    ]
    assert {row["median_age"] for row in found} == {None}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"band": "fair"}, [HERE.urn, NEXT_DOOR.urn]),
        ({"band": "poor"}, []),
        ({"q": "school 900002"}, [NEXT_DOOR.urn]),
        ({"q": "%"}, []),
        ({"q": "'; --"}, []),
        ({"school": NEXT_DOOR.urn}, [NEXT_DOOR.urn]),
    ],
)
async def test_a_listing_is_narrowed(
    by: Call, rows: ServiceDatabase, asked: dict[str, Any], found: list[int]
) -> None:
    await stock(by, rows)

    assert [row["school_urn"] for row in await listed(by, MANAGER, **asked)] == found
    count = await by(MANAGER).get("/estate/schools/count", params=asked)
    assert count.json() == {"count": len(found), "is_exact": True}


@pytest.mark.parametrize("sort", get_args(Sort))
async def test_pages_join_to_the_whole_in_every_order(by: Call, sort: str) -> None:
    await add(by, "A", purchased_on=years_ago(6))

    whole = await listed(by, MANAGER, sort=sort)
    paged = await listed(by, MANAGER, sort=sort, limit=1)

    assert paged == whole
    # Only HERE has kit: of the others nothing is known, which is less than nought.
    ends_high = sort.removeprefix("-") != "name" and not sort.startswith("-")
    expected = [HERE.urn, NEXT_DOOR.urn]
    if ends_high or sort == "-name":
        expected.reverse()
    if sort in {"out_of_warranty", "unseen"}:
        expected.sort()
    if sort in {"-out_of_warranty", "-unseen"}:
        expected.sort(reverse=True)
    assert [row["school_urn"] for row in whole] == expected


async def test_another_las_schools_are_not_listed(by: Call) -> None:
    found = await listed(by, MANAGER, limit=200)

    assert FAR_AWAY.urn not in {row["school_urn"] for row in found}


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "urn"},
        {"limit": 201},
        {"limit": 0},
        {"after": "x"},
        {"q": "a\x00b"},
        {"q": "x" * 81},
        {"band": "dire"},
    ],
)
async def test_what_cannot_be_is_refused(by: Call, asked: dict[str, Any]) -> None:
    answer = await by(MANAGER).get("/estate/schools", params=asked)

    assert answer.status_code == 422
