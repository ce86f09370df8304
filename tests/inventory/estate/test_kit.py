"""The kit behind each figure: a listing holds exactly what was counted."""

from typing import Any, get_args

import pytest

from chassis.testing.databases import ServiceDatabase
from inventory.estate.model.kit import Concern
from tests.inventory.estate.kit import stock
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    STAFF,
    TECHNICIAN,
    Call,
)


async def tags(by: Call, **asked: Any) -> list[str]:
    answer = await by(TECHNICIAN).get("/estate/kit", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["tag"] for each in answer.json()["items"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "ABCDEF"),
        ({"sort": "-tag"}, "FEDCBA"),
        ({"concern": "past-life"}, "BE"),
        ({"concern": "life-ending"}, ""),
        ({"concern": "out-of-warranty"}, "B"),
        ({"concern": "warranty-ending"}, "CE"),
        ({"concern": "out-of-support"}, "E"),
        ({"concern": "support-ending"}, ""),
        ({"concern": "unseen"}, "A"),
        ({"concern": "gaps"}, "D"),
        ({"concern": "no-serial"}, "D"),
        ({"concern": "no-room"}, "D"),
        ({"concern": "no-purchase-date"}, "D"),
        ({"concern": "no-price"}, "D"),
        ({"age": "under-1"}, "A"),
        ({"age": "7-and-over"}, "E"),
        ({"age": "unknown"}, "DF"),
        ({"age": "5", "concern": "past-life"}, "B"),
        ({"category": "laptop"}, "AB"),
        ({"room": "Ict 1"}, "ABC"),
        ({"room": "ICT%"}, ""),
    ],
)
async def test_a_listing_holds_what_a_figure_counts(
    by: Call, rows: ServiceDatabase, asked: dict[str, str], found: str
) -> None:
    await stock(by, rows)

    assert "".join(await tags(by, **asked)) == found
    count = await by(TECHNICIAN).get("/estate/kit/count", params=asked)
    if "sort" not in asked:
        assert count.json() == {"count": len(found), "is_exact": True}


@pytest.mark.parametrize("concern", get_args(Concern))
async def test_every_concern_is_counted_under_its_own_name(
    by: Call, rows: ServiceDatabase, concern: str
) -> None:
    await stock(by, rows)
    figures = (await by(MANAGER).get("/estate")).json()["figures"]

    count = await by(MANAGER).get("/estate/kit/count", params={"concern": concern})

    assert count.json()["count"] == figures[concern.replace("-", "_")]


@pytest.mark.parametrize("sort", ["tag", "-tag"])
async def test_pages_join_to_the_whole(
    by: Call, rows: ServiceDatabase, sort: str
) -> None:
    await stock(by, rows)
    whole = await tags(by, sort=sort)

    found: list[str] = []
    asked: dict[str, Any] = {"sort": sort, "limit": 4}
    while True:
        page = (await by(TECHNICIAN).get("/estate/kit", params=asked)).json()
        found += [each["tag"] for each in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]

    assert found == whole


async def test_kit_is_listed_within_ones_scope_alone(
    by: Call, rows: ServiceDatabase
) -> None:
    made = await stock(by, rows)

    managers = (await by(MANAGER).get("/estate/kit")).json()["items"]
    staff = (await by(STAFF).get("/estate/kit")).json()["items"]
    foreign = await by(MANAGER).get("/estate/kit", params={"school": FAR_AWAY.urn})
    own = await by(MANAGER).get("/estate/kit", params={"school": HERE.urn})

    assert made["X"]["asset_id"] not in {each["asset_id"] for each in managers}
    assert [each["tag"] for each in managers] == [*"ABCDEFN"]
    assert staff == []
    assert foreign.status_code == 404
    assert len(own.json()["items"]) == 6


@pytest.mark.parametrize(
    "asked",
    [
        {"concern": "rust"},
        {"age": "8"},
        {"room": "a\x00"},
        {"room": "x" * 81},
        {"sort": "model"},
        {"after": "bm90"},
        {"limit": 10**9},
    ],
)
async def test_what_cannot_be_is_refused(by: Call, asked: dict[str, Any]) -> None:
    answer = await by(MANAGER).get("/estate/kit", params=asked)

    assert answer.status_code == 422
