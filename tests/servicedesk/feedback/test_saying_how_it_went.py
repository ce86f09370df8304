"""Feedback: who asked says how it went, who worked says what stood in the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    COLLEAGUE,
    DESK,
    HERE,
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
    stored,
    taken,
)

TODAY = datetime.now(UTC).date()
DAYS = {"first": str(TODAY - timedelta(2)), "last": str(TODAY + timedelta(2))}


async def rate(
    client: httpx.AsyncClient, ticket: dict[str, Any], score: str, comment: str = ""
) -> httpx.Response:
    where = f"/tickets/{ticket['ticket_id']}/satisfaction"
    return await client.put(where, json={"score": score, "comment": comment})


async def met(
    client: httpx.AsyncClient, ticket: dict[str, Any], *what: str, comment: str = ""
) -> httpx.Response:
    where = f"/tickets/{ticket['ticket_id']}/obstacles"
    return await client.put(where, json={"obstacles": what, "comment": comment})


async def said(client: httpx.AsyncClient, ticket: dict[str, Any]) -> list[Any]:
    answer = await client.get(f"/tickets/{ticket['ticket_id']}/feedback")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def listed(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await client.get("/feedback", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["comment"] for each in answer.json()["items"]]


async def settled(by: Call, who: Actor = TEACHER, **changes: Any) -> dict[str, Any]:
    ticket = await opened(by(who), **changes)
    return await taken(by(DESK), ticket, "resolve")


async def test_who_asked_says_how_it_went_once_it_is_settled(by: Call) -> None:
    ticket = await opened(by(TEACHER))

    early = await rate(by(TEACHER), ticket, "good")
    await taken(by(DESK), ticket, "resolve")
    first = await rate(by(TEACHER), ticket, "poor", "It came back")
    second = await rate(by(TEACHER), ticket, "good")

    assert early.status_code == 409
    assert early.json()["type"].endswith("ticket-under-way")
    assert early.json()["ticket_status"] == "open"
    assert (first.status_code, second.status_code) == (200, 200), first.text
    # Said again, it replaces what was said.
    assert await said(by(TEACHER), ticket) == [second.json()]
    assert (second.json()["score"], second.json()["comment"]) == ("good", "")


@pytest.mark.parametrize("actor", [COLLEAGUE, PUPIL, ANALYST, OTHER_TECHNICIAN])
async def test_of_others_tickets_nothing_is_said_or_read(
    by: Call, actor: Actor
) -> None:
    ticket = await settled(by)
    await rate(by(TEACHER), ticket, "good")
    client, where = by(actor), f"/tickets/{ticket['ticket_id']}/feedback"

    told = [
        await client.get(where),
        await rate(client, ticket, "good"),
        await met(client, ticket, "parts"),
    ]

    assert [each.status_code for each in told] == [404, 404, 404]
    assert await listed(client) == []


@pytest.mark.parametrize("actor", [DESK, TECHNICIAN, MANAGER, RBC, LEADER, AUDITOR])
async def test_nobody_says_for_another_how_it_went(by: Call, actor: Actor) -> None:
    ticket = await settled(by)

    assert (await rate(by(actor), ticket, "good")).status_code == 403
    assert await said(by(actor), ticket) == []


@pytest.mark.parametrize("actor", [TEACHER, LEADER, AUDITOR])
async def test_what_stood_in_the_way_is_for_who_works_on_it(
    by: Call, actor: Actor
) -> None:
    ticket = await opened(by(TEACHER))

    assert (await met(by(actor), ticket, "parts")).status_code == 403


async def test_who_asked_does_not_read_what_stood_in_the_way(by: Call) -> None:
    ticket = await settled(by)
    await met(by(DESK), ticket, "information", "access", comment="Not in his room")
    await met(by(TECHNICIAN), ticket, "knowledge")
    await rate(by(TEACHER), ticket, "fair", "It took long")

    assert [each["view"] for each in await said(by(TEACHER), ticket)] == ["requester"]
    everything = await said(by(LEADER), ticket)
    assert [(e["view"], e["person_id"], e["obstacles"]) for e in everything] == [
        ("requester", TEACHER.principal, []),
        ("worker", DESK.principal, ["information", "access"]),
        ("worker", TECHNICIAN.principal, ["knowledge"]),
    ]


async def test_a_technician_has_both_views_of_what_they_asked_for(by: Call) -> None:
    ticket = await settled(by, TECHNICIAN)

    await rate(by(TECHNICIAN), ticket, "good", "Quick")
    await met(by(TECHNICIAN), ticket, comment="Nothing")

    found = await said(by(TECHNICIAN), ticket)
    assert [(e["view"], e["comment"]) for e in found] == [
        ("requester", "Quick"),
        ("worker", "Nothing"),
    ]


async def test_the_same_obstacle_counts_once(by: Call) -> None:
    ticket = await opened(by(TEACHER))

    answer = await met(by(DESK), ticket, "parts", "time", "parts")

    assert answer.json()["obstacles"] == ["parts", "time"]


@pytest.mark.parametrize(
    "said", [{"score": "great"}, {}, {"score": "good", "comment": "x" * 1001}]
)
async def test_no_such_word_can_be_said(by: Call, said: dict[str, Any]) -> None:
    ticket = await settled(by)
    where = f"/tickets/{ticket['ticket_id']}/satisfaction"

    refused = await by(TEACHER).put(where, json=said)

    assert refused.status_code == 422
    assert refused.json()["errors"]


async def test_it_is_listed_the_latest_first_and_narrowed(by: Call) -> None:
    here, there = (
        await settled(by),
        await settled(by, OTHER_TECHNICIAN, school_urn=NEXT_DOOR.urn),
    )
    await rate(by(TEACHER), here, "poor", "first")
    await rate(by(OTHER_TECHNICIAN), there, "good", "second")
    await met(by(DESK), here, "supplier", comment="third")

    assert await listed(by(MANAGER)) == ["third", "second", "first"]
    assert await listed(by(MANAGER), la_code="941") == []
    assert await listed(by(TECHNICIAN)) == ["third", "first"]
    assert await listed(by(MANAGER), school=HERE.urn) == ["third", "first"]
    assert await listed(by(MANAGER), score="poor") == ["first"]
    assert await listed(by(MANAGER), view="worker") == ["third"]
    assert await listed(by(MANAGER), obstacle="supplier") == ["third"]
    assert await listed(by(MANAGER), obstacle="parts") == []
    assert await listed(by(MANAGER), first=DAYS["last"]) == []
    assert await listed(by(MANAGER), **DAYS) == ["third", "second", "first"]


async def test_pages_of_it_lead_through_all(by: Call) -> None:
    for number in range(3):
        await rate(by(TEACHER), await settled(by), "good", str(number))

    found: list[str] = []
    asked: dict[str, Any] = {"limit": 1}
    while asked.get("after", "") is not None:
        page = (await by(MANAGER).get("/feedback", params=asked)).json()
        found += [each["comment"] for each in page["items"]]
        asked["after"] = page["next"]

    assert found == ["2", "1", "0"]


async def test_it_is_summed_by_school_and_month(by: Call) -> None:
    first, second, there = (
        await settled(by),
        await settled(by),
        await settled(by, OTHER_TECHNICIAN, school_urn=NEXT_DOOR.urn),
    )
    await rate(by(TEACHER), first, "good")
    await rate(by(TEACHER), second, "poor")
    await rate(by(OTHER_TECHNICIAN), there, "fair")
    await met(by(DESK), first, "parts", "time")
    await met(by(TECHNICIAN), first, "parts")
    await met(by(DESK), there, "parts")

    async def sums(actor: Actor, **asked: Any) -> Any:
        answer = await by(actor).get("/feedback/sums", params=DAYS | asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    here, next_door = str(HERE.urn), str(NEXT_DOOR.urn)
    whole = await sums(MANAGER, la_code="940")
    assert whole["scores"] == [
        {"of": here, "good": 1, "fair": 0, "poor": 1},
        {"of": next_door, "good": 0, "fair": 1, "poor": 0},
    ]
    # Two who say so of one ticket are one ticket.
    assert whole["obstacles"] == [
        {"of": here, "obstacle": "parts", "tickets": 1},
        {"of": here, "obstacle": "time", "tickets": 1},
        {"of": next_door, "obstacle": "parts", "tickets": 1},
    ]
    assert (await sums(TECHNICIAN))["scores"] == whole["scores"][:1]
    assert (await sums(MANAGER, school=HERE.urn))["scores"] == whole["scores"][:1]
    [month] = (await sums(MANAGER, by="month"))["scores"]
    assert (month["good"], month["fair"], month["poor"]) == (1, 1, 1)
    assert month["of"].endswith("-01")
    assert await sums(TEACHER) == {"scores": [], "obstacles": []}


@pytest.mark.parametrize("last", ["2026-08-31", "2027-10-06"])
async def test_too_many_days_or_none_are_not_summed(by: Call, last: str) -> None:
    asked = {"first": "2026-09-01", "last": last}

    refused = await by(MANAGER).get("/feedback/sums", params=asked)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/last"


async def test_the_record_says_what_was_chosen_and_no_word(
    by: Call, rows: ServiceDatabase
) -> None:
    ticket = await settled(by)
    await rate(by(TEACHER), ticket, "poor", "His name is Nora")

    [(details,)] = stored(
        rows, "SELECT details FROM audit_entry WHERE action = 'ticket.rated'"
    )
    assert "poor" in details
    assert "Nora" not in details


@pytest.mark.parametrize(
    "changed",
    [
        "view = 'requester', score = NULL",
        "score = 'good'",
        "obstacles = '{}', view = 'requester', score = 'good'",
    ],
)
async def test_the_database_holds_whose_view_says_what(
    by: Call, rows: ServiceDatabase, changed: str
) -> None:
    ticket = await opened(by(TEACHER))
    await met(by(DESK), ticket, "parts")

    with (
        psycopg.connect(rows.admin, autocommit=True) as admin,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        # The values are this test's own, written above.
        admin.execute(f"UPDATE ticket_feedback SET {changed}".encode())  # noqa: S608
