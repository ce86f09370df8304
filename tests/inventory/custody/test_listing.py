"""Who has what, as a list: narrowed, sorted, paged, counted."""

from typing import Any

import pytest

from tests.inventory.custody.test_issuing import day, days_ago, issued, returned
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)


@pytest.fixture
async def lent(by: Call) -> Call:
    """Four things of HERE: overdue, due soon, for good, and back."""
    client = by(TECHNICIAN)
    terms: list[dict[str, Any]] = [
        {"holder_name": "Ben Boot", "due_on": day(-1), "issued_at": days_ago(30)},
        {"holder_name": "Amy Archer", "due_on": day(3), "issued_at": days_ago(20)},
        {
            "holder_name": "Year 7 trolley",
            "holder_kind": "class",
            "purpose": "class-set",
            "issued_at": days_ago(10),
        },
        {"holder_name": "Amy Archer", "due_on": day(1), "issued_at": days_ago(5)},
    ]
    assets = [await registered(client, tag=f"LT-{n}") for n in range(len(terms))]
    given = [
        await issued(client, asset, **each)
        for asset, each in zip(assets, terms, strict=True)
    ]
    await returned(client, given[-1])
    return by


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        ({}, ["LT-0", "LT-3", "LT-1", "LT-2"]),
        ({"state": "out"}, ["LT-0", "LT-1", "LT-2"]),
        ({"state": "overdue"}, ["LT-0"]),
        ({"state": "due-soon"}, ["LT-1"]),
        ({"state": "returned"}, ["LT-3"]),
        ({"purpose": "class-set"}, ["LT-2"]),
        ({"holder_kind": "class"}, ["LT-2"]),
        ({"holder": "amy archer"}, ["LT-3", "LT-1"]),
        ({"holder": "amy"}, []),
        ({"q": "archer lt-1"}, ["LT-1"]),
        ({"sort": "-tag"}, ["LT-3", "LT-2", "LT-1", "LT-0"]),
        ({"sort": "holder", "state": "out"}, ["LT-1", "LT-0", "LT-2"]),
        ({"sort": "-issued_at"}, ["LT-3", "LT-2", "LT-1", "LT-0"]),
    ],
)
async def test_a_list_is_narrowed_sorted_and_counted(
    lent: Call, asked: dict[str, str], tags: list[str]
) -> None:
    client = lent(LEADER)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = {**asked, "school": HERE.urn, "limit": 2}
        answer = await client.get(
            "/custodies", params={**page, "after": after} if after else page
        )
        assert answer.status_code == 200, answer.text
        found += [each["tag"] for each in answer.json()["items"]]
        after = answer.json()["next"]
    narrowed = {name: each for name, each in asked.items() if name != "sort"}
    count = await client.get("/custodies/count", params=narrowed)

    assert found == tags
    assert count.json() == {"count": len(tags), "is_exact": True}


async def test_nobody_elsewhere_reads_who_has_it(lent: Call) -> None:
    assert (await lent(OTHER_TECHNICIAN).get("/custodies")).json()["items"] == []
    there = {"school": HERE.urn}
    foreign = await lent(OTHER_TECHNICIAN).get("/custodies", params=there)
    assert foreign.status_code == 404
    far = await lent(MANAGER).get("/custodies", params={"school": FAR_AWAY.urn})
    assert far.status_code == 404
    whole = await lent(MANAGER).get("/custodies", params={"la_code": "940"})
    assert len(whole.json()["items"]) == 4
    [first, *_] = whole.json()["items"]
    one = f"/custodies/{first['custody_id']}"
    assert (await lent(MANAGER).get(one)).json() == first
    assert (await lent(OTHER_TECHNICIAN).get(one)).status_code == 404
