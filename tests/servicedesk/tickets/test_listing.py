"""Listing tickets: sorted, filtered, searched, page by page, within the scope."""

from uuid import UUID

import pytest

from chassis.auth import Actor
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    COLLEAGUE,
    DESK,
    FAR_AWAY,
    HERE,
    LAPTOP,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    taken,
)

UNKNOWN_ID = UUID(int=99)


async def summaries(by: Call, actor: Actor, query: str = "") -> list[str]:
    """Walk every page and return the summaries in their order."""
    found: list[str] = []
    where: str | None = f"/tickets?{query}"
    while where:
        answer = await by(actor).get(where)
        assert answer.status_code == 200, answer.text
        found += [ticket["summary"] for ticket in answer.json()["items"]]
        link = answer.links.get("next")
        assert (link is None) == (answer.json()["next"] is None)
        where = link["url"].removeprefix("/api/servicedesk/v1") if link else None
    return found


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("sort=-opened_at", ["e", "d", "c", "b", "a"]),
        ("", ["e", "d", "c", "b", "a"]),
        ("sort=priority", ["b", "d", "a", "e", "c"]),
        ("sort=-changed_at", ["a", "e", "d", "c", "b"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 200])
async def test_pages_join_to_the_whole_in_order(
    by: Call, sort: str, expected: list[str], limit: int
) -> None:
    client = by(TECHNICIAN)
    pressing = {"a": "medium", "b": "high", "c": "low", "d": "high", "e": "medium"}
    made = [
        await opened(client, summary=summary, impact=impact, urgency=impact)
        for summary, impact in pressing.items()
    ]
    await taken(client, made[0], "waiting")
    found = await summaries(
        by, TECHNICIAN, f"school={HERE.urn}&limit={limit}&{sort}".rstrip("&")
    )

    assert found == expected


async def test_a_ticket_opened_while_paging_moves_no_row_twice(by: Call) -> None:
    client = by(TECHNICIAN)
    for summary in ("a", "b", "c"):
        await opened(client, summary=summary)
    first = (await client.get("/tickets?limit=2")).json()
    await opened(client, summary="d")
    rest = (await client.get(f"/tickets?limit=2&after={first['next']}")).json()

    found = [ticket["summary"] for ticket in first["items"] + rest["items"]]
    assert found == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (TECHNICIAN, ["colleague's", "teacher's"]),
        (LEADER, ["colleague's", "teacher's"]),
        (TEACHER, ["teacher's"]),
        (COLLEAGUE, ["colleague's"]),
        (PUPIL, []),
        (OTHER_TECHNICIAN, ["next door"]),
        (MANAGER, ["next door", "colleague's", "teacher's"]),
        (DESK, ["next door", "colleague's", "teacher's"]),
        (AUDITOR, ["next door", "colleague's", "teacher's"]),
        (RBC, ["far away", "next door", "colleague's", "teacher's"]),
        (ANALYST, []),
    ],
    ids=lambda value: getattr(value, "principal", ""),
)
async def test_each_sees_the_tickets_of_their_scope(
    by: Call, actor: Actor, expected: list[str]
) -> None:
    await opened(by(TEACHER), summary="teacher's")
    await opened(by(COLLEAGUE), summary="colleague's")
    await opened(by(MANAGER), summary="next door", school_urn=NEXT_DOOR.urn)
    await opened(by(RBC), summary="far away", school_urn=FAR_AWAY.urn)

    assert await summaries(by, actor) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"asset={LAPTOP.asset_id}", ["No sound"]),
        (f"asset={UNKNOWN_ID}", []),
        ("kind=request", ["A tablet, please"]),
        ("status=waiting", ["No sound"]),
        ("status=open&kind=incident", ["Dark screen"]),
        ("priority=1", ["Dark screen"]),
        ("q=SCREEN", ["Dark screen"]),
        ("q=since+monday", ["A tablet, please", "Dark screen"]),
        ("q=monday+screen", ["Dark screen"]),
        ("q=1002", ["No sound"]),
        ("q=%25", []),
        ("q=_", []),
    ],
)
async def test_filters_and_search_narrow(
    by: Call, query: str, expected: list[str]
) -> None:
    client = by(TECHNICIAN)
    await opened(client, summary="Dark screen", impact="high")
    silent = await opened(
        client,
        summary="No sound",
        description="",
        impact="low",
        asset_id=str(LAPTOP.asset_id),
    )
    await taken(client, silent, "waiting")
    await opened(client, summary="A tablet, please", kind="request")

    assert await summaries(by, TECHNICIAN, query) == expected


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (TECHNICIAN, HERE.urn, 200),
        (TEACHER, HERE.urn, 200),
        (AUDITOR, HERE.urn, 200),
        (TEACHER, NEXT_DOOR.urn, 404),
        (TECHNICIAN, NEXT_DOOR.urn, 404),
        (TECHNICIAN, 999998, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (ANALYST, HERE.urn, 404),
    ],
)
async def test_an_empty_school_is_told_from_an_unknown_one(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    assert (await by(actor).get(f"/tickets?school={urn}")).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense",
        "after=W10",
        "after=WyJwcmlvcml0eSIsImEiLCJiIl0&sort=priority",
        "after=WyJwcmlvcml0eSIsOTk5OTk5OTk5OTk5LCJiIl0&sort=priority",
        "after=WyItb3BlbmVkX2F0IiwiMSIsIjIiXQ",
        "after=%00",
        "sort=number",
        "limit=0",
        "limit=201",
        "limit=99999999999999999999",
        "school=1",
        "school=99999999999999999999",
        "priority=0",
        "priority=5",
        "priority=99999999999999999999",
        "status=done",
        "asset=LT-0001",
        "q=a%00b",
    ],
)
async def test_a_query_that_means_nothing_is_a_problem(by: Call, query: str) -> None:
    answer = await by(TECHNICIAN).get(f"/tickets?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
