"""Listing assets: sorted, filtered, searched, page by page, within the scope."""

import pytest

from chassis.auth import Actor
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)


async def tags(by: Call, actor: Actor, query: str) -> list[str]:
    """Walk every page and return the tags in their order."""
    found: list[str] = []
    where: str | None = f"/assets?{query}"
    while where:
        answer = await by(actor).get(where)
        assert answer.status_code == 200, answer.text
        found += [asset["tag"] for asset in answer.json()["items"]]
        link = answer.links.get("next")
        assert (link is None) == (answer.json()["next"] is None)
        where = link["url"].removeprefix("/api/inventory/v1") if link else None
    return found


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("tag", ["a1", "B2", "c3", "Δ4", "é5"]),
        ("model", ["B2", "c3", "a1", "Δ4", "é5"]),
        ("-tag", ["é5", "Δ4", "c3", "B2", "a1"]),
        ("-model", ["é5", "Δ4", "a1", "c3", "B2"]),
        ("-changed_at", ["é5", "Δ4", "c3", "B2", "a1"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 200])
async def test_pages_join_to_the_whole_in_order(
    by: Call, sort: str, expected: list[str], limit: int
) -> None:
    client = by(TECHNICIAN)
    for tag, model in [("a1", "M"), ("B2", "F"), ("c3", "f"), ("Δ4", "Z"), ("é5", "z")]:
        await registered(client, tag=tag, model=model)
    found = await tags(by, TECHNICIAN, f"school={HERE.urn}&sort={sort}&limit={limit}")

    if sort == "-changed_at":
        assert found == expected
    else:
        # Where two letters beyond ASCII stand is the collation's to say.
        plain = [tag for tag in found if tag.isascii()]
        assert sorted(found) == sorted(expected)
        assert plain == [tag for tag in expected if tag.isascii()]


@pytest.mark.parametrize("limit", [1, 2, 200])
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("purchased_on", ["old", "new", "none", "undated"]),
        ("-purchased_on", ["undated", "none", "new", "old"]),
    ],
)
async def test_the_undated_stand_at_one_end(
    by: Call, sort: str, expected: list[str], limit: int
) -> None:
    for tag, on in [
        ("new", "2025-01-01"),
        ("old", "2015-01-01"),
        ("none", None),
        ("undated", None),
    ]:
        await registered(by(TECHNICIAN), tag=tag, purchased_on=on)

    assert await tags(by, TECHNICIAN, f"sort={sort}&limit={limit}") == expected


@pytest.mark.parametrize(
    ("actor", "query", "count"),
    [
        (MANAGER, "", 3),
        (MANAGER, "la_code=940", 3),
        (MANAGER, "la_code=941", 0),
        (MANAGER, f"school={HERE.urn}", 2),
        (MANAGER, "category=printer", 1),
        (TECHNICIAN, "", 2),
        (TECHNICIAN, "q=nothing", 0),
        (STAFF, "", 0),
    ],
)
async def test_a_count_is_what_the_pages_hold(
    by: Call, actor: Actor, query: str, count: int
) -> None:
    await registered(by(MANAGER), tag="1")
    await registered(by(MANAGER), tag="2", category="printer")
    await registered(by(MANAGER), tag="3", school_urn=NEXT_DOOR.urn)

    told = await by(actor).get(f"/assets/count?{query}")

    assert told.json() == {"count": count, "is_exact": True}
    assert len(await tags(by, actor, query)) == count


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [(TECHNICIAN, NEXT_DOOR.urn, 404), (STAFF, HERE.urn, 403)],
)
async def test_a_count_of_an_unknown_school_is_no_nought(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    assert (await by(actor).get(f"/assets/count?school={urn}")).status_code == status


async def test_an_asset_registered_while_paging_moves_no_row_twice(by: Call) -> None:
    client = by(TECHNICIAN)
    for tag in ("b", "d", "f"):
        await registered(client, tag=tag)
    first = (await client.get("/assets?limit=2")).json()
    await registered(client, tag="a")
    rest = (await client.get(f"/assets?limit=2&after={first['next']}")).json()

    assert [a["tag"] for a in first["items"] + rest["items"]] == ["b", "d", "f"]


async def test_each_sees_the_assets_of_their_scope(by: Call) -> None:
    await registered(by(MANAGER), tag="here")
    await registered(by(MANAGER), tag="next", school_urn=NEXT_DOOR.urn)

    assert await tags(by, TECHNICIAN, "") == ["here"]
    assert await tags(by, OTHER_TECHNICIAN, "") == ["next"]
    assert await tags(by, MANAGER, "") == ["here", "next"]
    assert await tags(by, MANAGER, f"school={NEXT_DOOR.urn}") == ["next"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=printer", ["P-1"]),
        ("status=in-store", ["S-1"]),
        ("q=pf3", ["LT-1", "P-1", "S-1"]),
        ("q=brother", ["P-1"]),
        ("q=LIBRARY", ["S-1"]),
        ("q=library+s-1", ["S-1"]),
        ("q=library+brother", []),
        ("q=%5C", []),
        ("q=%25", []),
        ("q=_", []),
    ],
)
async def test_filters_and_search_narrow(
    by: Call, query: str, expected: list[str]
) -> None:
    client = by(TECHNICIAN)
    await registered(client, tag="LT-1")
    await registered(client, tag="P-1", category="printer", manufacturer="Brother")
    await registered(client, tag="S-1", status="in-store", room="Library")

    assert await tags(by, TECHNICIAN, query) == expected


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (TECHNICIAN, HERE.urn, 200),
        (TECHNICIAN, NEXT_DOOR.urn, 404),
        (TECHNICIAN, 999998, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (STAFF, HERE.urn, 403),
    ],
)
async def test_an_empty_school_is_told_from_an_unknown_one(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    assert (await by(actor).get(f"/assets?school={urn}")).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=W10",
        "after=WyJ0YWciLCJhIiwiYiJd",
        "after=WyItY2hhbmdlZF9hdCIsIjEiLCIyIl0&sort=-changed_at",
        "after=WyJ0YWciLDEsMl0",
        "after=%00",
        "sort=serial",
        "limit=0",
        "limit=201",
        "limit=99999999999999999999",
        "school=1",
        "school=99999999999999999999",
        "q=a%00b",
        "category=toaster",
    ],
)
async def test_a_query_that_means_nothing_is_a_problem(by: Call, query: str) -> None:
    answer = await by(TECHNICIAN).get(f"/assets?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_room_is_found_by_its_whole_name_whatever_its_case(by: Call) -> None:
    client = by(TECHNICIAN)
    for tag, room in [("a", "ICT 1"), ("b", "ict 1"), ("c", "ICT 11"), ("d", None)]:
        await registered(client, tag=tag, room=room)

    assert await tags(by, TECHNICIAN, "room=Ict 1") == ["a", "b"]
