"""Turns and clocks by the API: handing over, waiting, answering, and what is due."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
import psycopg
import pytest
import stamina

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.calendar.writing import SCHOOL
from tests.servicedesk.clocks.promising import agreed, clocks_of, with_calendar
from tests.servicedesk.world import (
    DESK,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    tag_of,
    taken,
)

pytestmark = pytest.mark.usefixtures("rows")


async def handed(
    client: httpx.AsyncClient, ticket: dict[str, Any], **said: Any
) -> httpx.Response:
    body = {"party": "school", "reason": "They know the room", **said}
    where = f"/tickets/{ticket['ticket_id']}/hand-over"
    return await client.post(where, json=body, headers=tag_of(ticket["version"]))


async def due_at(client: httpx.AsyncClient, start: str, minutes: int) -> str:
    """Ask the calendar itself when some working time is over."""
    asked = {"start": start, "minutes": minutes}
    answer = await client.get(f"{SCHOOL}/due", params=asked)
    found: str = answer.json()["due_at"]
    return found


def same_moment(one: str | None, other: str) -> bool:
    """Compare moments; a clock counts whole seconds."""
    assert one is not None
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    return abs((first - second).total_seconds()) < 1


async def test_a_teachers_ticket_is_the_desks_where_the_school_has_no_team(
    by: Call,
) -> None:
    assert (await opened(by(TEACHER)))["party"] == "la"


async def test_a_teachers_ticket_is_the_schools_where_it_has_a_team(by: Call) -> None:
    await agreed(by, "internal")

    assert (await opened(by(TEACHER)))["party"] == "school"
    next_door = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    assert next_door["party"] == "la"


async def test_a_technicians_own_ticket_goes_on_to_the_desk(by: Call) -> None:
    await agreed(by, "internal")

    assert (await opened(by(TECHNICIAN)))["party"] == "la"


async def test_the_answer_is_due_in_the_schools_own_time(by: Call) -> None:
    await with_calendar(by)
    await agreed(by)

    ticket = await opened(by(TEACHER))

    wanted = await due_at(by(TECHNICIAN), ticket["opened_at"], 60)
    assert ticket["due_for"] == "response"
    assert same_moment(ticket["due_at"], wanted)
    told = (await by(TEACHER).get(f"/tickets/{ticket['ticket_id']}")).json()
    assert told == ticket


async def test_without_an_agreement_or_a_calendar_nothing_is_due(by: Call) -> None:
    assert (await opened(by(TEACHER)))["due_at"] is None
    await agreed(by)

    ticket = await opened(by(TEACHER))

    assert (ticket["due_at"], ticket["due_for"]) == (None, None)
    told = await clocks_of(by(DESK), ticket)
    assert {each["taken_seconds"] for each in told["clocks"]} == {None}


async def test_a_comment_answers_and_tells_and_the_requesters_does_not(
    by: Call,
) -> None:
    await with_calendar(by)
    await agreed(by)
    ticket = await opened(by(TEACHER))
    where = f"/tickets/{ticket['ticket_id']}"

    await by(TEACHER).post(f"{where}/comments", json={"body": "It is urgent"})
    assert (await by(DESK).get(where)).json()["due_for"] == "response"
    said = await by(DESK).post(f"{where}/comments", json={"body": "On my way"})

    now = (await by(DESK).get(where)).json()
    wanted = await due_at(by(TECHNICIAN), said.json()["commented_at"], 240)
    assert now["due_for"] == "update"
    assert same_moment(now["due_at"], wanted)
    assert now["version"] == 1


async def test_a_ticket_that_waits_has_nothing_due_and_an_answer_ends_the_wait(
    by: Call,
) -> None:
    await with_calendar(by)
    await agreed(by)
    ticket = await opened(by(TEACHER))
    where = f"/tickets/{ticket['ticket_id']}"

    body, headers = {"waits_for": "requester"}, tag_of(1)
    waits = (await by(DESK).patch(where, json=body, headers=headers)).json()
    assert (waits["status"], waits["waits_for"]) == ("waiting", "requester")
    assert waits["due_at"] is None
    await by(TEACHER).post(f"{where}/comments", json={"body": "Room 4"})

    goes_on = (await by(DESK).get(where)).json()
    assert (goes_on["status"], goes_on["waits_for"]) == ("open", None)
    assert goes_on["due_at"] is not None
    turns = (await clocks_of(by(TEACHER), ticket))["turns"]
    assert [turn["waits_for"] for turn in turns] == [None, "requester", None]
    assert [turn["ended_at"] for turn in turns[:2]] == [
        turn["began_at"] for turn in turns[1:]
    ]


async def test_an_answer_is_taken_though_somebody_changes_the_ticket_just_then(
    by: Call, rows: ServiceDatabase
) -> None:
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "waiting")
    where = f"/tickets/{ticket['ticket_id']}"
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

    async with await psycopg.AsyncConnection.connect(rows.admin) as admin:
        await admin.execute("UPDATE ticket SET version = version + 1")
        said = asyncio.create_task(
            by(TEACHER).post(f"{where}/comments", json={"body": "Room 4"})
        )
        async for attempt in stamina.retry_context(on=AssertionError, timeout=60):
            with attempt:
                assert stored(rows, waiting) != [(0,)]
        await admin.commit()

    assert (await said).status_code == 201
    assert (await by(DESK).get(where)).json()["waits_for"] is None


async def test_a_wait_for_parts_is_not_ended_by_a_comment(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    where = f"/tickets/{ticket['ticket_id']}"
    body = {"status": "waiting", "waits_for": "parts"}
    await by(DESK).patch(where, json=body, headers=tag_of(1))

    await by(TEACHER).post(f"{where}/comments", json={"body": "And now?"})

    assert (await by(DESK).get(where)).json()["waits_for"] == "parts"


async def test_what_does_not_wait_waits_for_nothing(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    body = {"status": "in-progress", "waits_for": "parts"}

    where = f"/tickets/{ticket['ticket_id']}"
    refused = await by(DESK).patch(where, json=body, headers=tag_of(1))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/waits_for"


async def test_over_to_a_supplier_and_back_each_has_a_clock(by: Call) -> None:
    await with_calendar(by)
    await agreed(by)
    contract = await agreed(by, "supplier")
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "in-progress")

    over = await handed(
        by(DESK), ticket, party="supplier", agreement_id=contract["agreement_id"]
    )
    assert over.status_code == 200, over.text
    theirs = over.json()
    assert (theirs["party"], theirs["assignee_id"]) == ("supplier", None)
    assert theirs["due_for"] == "response"
    back = await handed(by(DESK), theirs, party="la", reason="A new lamp is in")

    assert back.status_code == 200
    told = await clocks_of(by(DESK), ticket)
    assert [(turn["party"], turn["reason"]) for turn in told["turns"]] == [
        ("la", ""),
        ("supplier", "They know the room"),
        ("la", "A new lamp is in"),
    ]
    answers = {
        clock["party"]: clock["state"]
        for clock in told["clocks"]
        if clock["measure"] == "response"
    }
    assert answers == {"la": "kept", "supplier": "kept"}
    history = (await by(DESK).get(f"/tickets/{ticket['ticket_id']}/history")).json()
    assert history["items"][-1]["changes"]["party"] == {
        "before": "supplier",
        "after": "la",
    }


async def test_whoever_has_it_is_handed_nothing(by: Call) -> None:
    ticket = await opened(by(TEACHER))

    refused = await handed(by(DESK), ticket, party="la")

    assert refused.status_code == 409
    assert refused.json()["allowed"] == ["school", "supplier"]


@pytest.mark.parametrize(
    "said",
    [
        {"party": "supplier"},
        {"party": "la", "agreement_id": "00000000-0000-0000-0000-000000000009"},
    ],
)
async def test_a_supplier_is_named_by_an_agreement(
    by: Call, said: dict[str, str]
) -> None:
    refused = await handed(by(DESK), await opened(by(TEACHER)), **said)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/agreement_id"


async def test_a_foreign_agreement_is_as_unknown_as_none(by: Call) -> None:
    theirs = await agreed(by, "supplier", school_urn=NEXT_DOOR.urn)
    ticket = await opened(by(TEACHER))

    told = [
        await handed(by(TECHNICIAN), ticket, party="supplier", agreement_id=each)
        for each in (
            theirs["agreement_id"],
            "00000000-0000-0000-0000-000000000009",
        )
    ]

    assert [each.status_code for each in told] == [404, 404]
    assert told[0].json()["detail"] == told[1].json()["detail"]


async def test_a_settled_ticket_is_handed_to_nobody(by: Call) -> None:
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "resolve")

    assert (await handed(by(DESK), ticket)).json()["type"].endswith("ticket-settled")


async def test_a_fix_in_time_is_kept_and_reopening_lets_the_clock_run_on(
    by: Call,
) -> None:
    await with_calendar(by)
    await agreed(by)
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "resolve")
    assert ticket["due_at"] is None
    assert await states(by, ticket) == {"response": "kept", "fix": "kept"}

    again = await taken(by(TEACHER), ticket, "reopen")

    assert again["due_for"] == "update"
    now = await states(by, ticket)
    assert now == {"response": "kept", "update": "running", "fix": "running"}


async def test_a_fix_that_took_too_long_is_missed(
    by: Call, rows: ServiceDatabase
) -> None:
    await with_calendar(by)
    await agreed(by)
    ticket = await opened(by(TEACHER))
    # As if it had come in a month ago.
    with psycopg.connect(rows.admin) as admin:
        admin.execute("UPDATE ticket_turn SET began_at = began_at - interval '30 days'")

    await taken(by(DESK), ticket, "resolve")

    assert await states(by, ticket) == {"response": "missed", "fix": "missed"}


async def test_a_queue_is_sorted_and_narrowed_by_what_is_due(
    by: Call, rows: ServiceDatabase
) -> None:
    await with_calendar(by)
    await agreed(by)
    late, soon, never = [await opened(by(TEACHER)) for _ in range(3)]
    await taken(by(DESK), never, "waiting")
    with psycopg.connect(rows.admin) as admin:
        admin.execute(
            "UPDATE ticket SET due_at = now() - interval '1 hour' WHERE ticket_id = %s",
            [late["ticket_id"]],
        )

    order = [late["number"], soon["number"], never["number"]]
    assert await listed(by, sort="due_at") == order
    paged = await by(MANAGER).get("/tickets", params={"sort": "due_at", "limit": 2})
    rest = await listed(by, sort="due_at", after=paged.json()["next"])
    assert rest == [never["number"]]
    assert await listed(by, due_within=0) == [late["number"]]
    assert await listed(by, party="supplier") == []
    counted = await by(MANAGER).get("/tickets/count", params={"due_within": 0})
    assert counted.json()["count"] == 1


async def listed(by: Call, **asked: Any) -> list[int]:
    answer = await by(MANAGER).get("/tickets", params=asked)
    assert answer.status_code == 200, answer.text
    return [each["number"] for each in answer.json()["items"]]


async def test_many_at_once_keep_their_clocks(by: Call) -> None:
    await with_calendar(by)
    await agreed(by)
    tickets = [await opened(by(TEACHER)) for _ in range(3)]
    body = {
        "tickets": [{"ticket_id": t["ticket_id"], "version": 1} for t in tickets],
        "change": {"kind": "resolve"},
    }

    answer = await by(DESK).post("/tickets/batch-changes", json=body)

    assert answer.status_code == 200
    for ticket in tickets:
        told = await clocks_of(by(DESK), ticket)
        assert [turn["ended_at"] is not None for turn in told["turns"]] == [True]
        assert await states(by, ticket) == {"response": "kept", "fix": "kept"}


async def states(by: Call, ticket: dict[str, Any]) -> dict[str, str]:
    told = await clocks_of(by(DESK), ticket)
    return {each["measure"]: each["state"] for each in told["clocks"]}
