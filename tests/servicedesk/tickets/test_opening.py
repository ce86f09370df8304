"""Opening a ticket: who may, where, its number, and what is refused how."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    DESK,
    FAR_AWAY,
    HERE,
    LAPTOP,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    PROJECTOR,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    fault,
    opened,
    stored,
)


def count(rows: ServiceDatabase, table: str) -> int:
    return stored(rows, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608


async def test_a_ticket_is_answered_as_it_is_stored(by: Call) -> None:
    body = fault(asset_id=str(LAPTOP.asset_id))
    answer = await by(TEACHER).post("/tickets", json=body)

    assert answer.status_code == 201
    ticket = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["location"].endswith(ticket["ticket_id"])
    assert ticket | body == ticket
    assert (ticket["number"], ticket["priority"], ticket["status"]) == (1001, 2, "open")
    assert (ticket["requester_id"], ticket["resolved_at"]) == ("teacher", None)
    read = await by(TEACHER).get(f"/tickets/{ticket['ticket_id']}")
    assert read.json() == ticket


async def test_little_needs_to_be_said_to_open_one(by: Call) -> None:
    said = {"school_urn": HERE.urn, "summary": "No sound"}
    ticket = (await by(PUPIL).post("/tickets", json=said)).json()

    assert (ticket["kind"], ticket["description"], ticket["priority"]) == (
        "incident",
        "",
        3,
    )


async def test_opening_says_so_in_the_outbox_without_what_people_wrote(
    by: Call, rows: ServiceDatabase
) -> None:
    await opened(by(TEACHER))
    said = stored(rows, "SELECT subject, data::text FROM outbox")

    assert [s for s, _ in said] == ["joinedup.servicedesk.ticket.opened.v1.940"]
    for private in ("projector", "Monday", "teacher"):
        assert private not in said[0][1]


async def test_numbers_run_on_within_each_school(by: Call) -> None:
    client = by(MANAGER)
    here = [(await opened(client))["number"] for _ in range(3)]
    there = await opened(client, school_urn=NEXT_DOOR.urn)

    assert here == [1001, 1002, 1003]
    assert there["number"] == 1001


async def test_of_many_opened_at_once_no_two_have_a_number(by: Call) -> None:
    clients = [by(TEACHER), by(TECHNICIAN)] * 10
    tickets = await asyncio.gather(*(opened(client) for client in clients))

    assert sorted(t["number"] for t in tickets) == list(range(1001, 1021))


async def test_a_refused_opening_takes_no_number(by: Call) -> None:
    refused = await by(TEACHER).post("/tickets", json=fault(asset_id=str(uuid4())))

    assert refused.status_code == 422
    assert (await opened(by(TEACHER)))["number"] == 1001


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (TECHNICIAN, HERE.urn, 201),
        (LEADER, HERE.urn, 201),
        (TEACHER, HERE.urn, 201),
        (PUPIL, HERE.urn, 201),
        (MANAGER, HERE.urn, 201),
        (DESK, HERE.urn, 201),
        (RBC, FAR_AWAY.urn, 201),
        (AUDITOR, HERE.urn, 403),
        (ANALYST, HERE.urn, 404),
        (OTHER_TECHNICIAN, HERE.urn, 404),
        (TEACHER, NEXT_DOOR.urn, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (MANAGER, 999999, 404),
    ],
    ids=[
        "its technician",
        "its leader",
        "its staff",
        "its learner",
        "its LA's manager",
        "its LA's technician",
        "an RBC system in each of its LAs",
        "an auditor may change nothing",
        "an analyst knows no school",
        "the next school's technician",
        "the next school's staff",
        "another LA's school",
        "no such school",
    ],
)
async def test_who_may_open_where(
    by: Call, rows: ServiceDatabase, actor: Actor, urn: int, status: int
) -> None:
    answer = await by(actor).post("/tickets", json=fault(school_urn=urn))

    assert answer.status_code == status, answer.text
    assert count(rows, "ticket") == (1 if status == 201 else 0)


async def test_an_unknown_and_a_foreign_school_are_refused_alike(by: Call) -> None:
    foreign = await by(TEACHER).post("/tickets", json=fault(school_urn=900003))
    unknown = await by(TEACHER).post("/tickets", json=fault(school_urn=900009))

    def told(problem: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in problem.items() if k not in {"trace_id", "school_urn"}}

    assert told(foreign.json()) == told(unknown.json())


async def test_an_unknown_and_a_foreign_asset_are_refused_alike(by: Call) -> None:
    ids = (PROJECTOR.asset_id, uuid4())
    answers = [
        await by(MANAGER).post("/tickets", json=fault(asset_id=str(asset_id)))
        for asset_id in ids
    ]

    assert [a.status_code for a in answers] == [422, 422]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]
    assert answers[0].json()["errors"][0]["pointer"] == "/asset_id"


async def test_a_repeat_with_its_key_is_done_once_and_answered_alike(
    by: Call, rows: ServiceDatabase
) -> None:
    key = {"idempotency-key": "visit-17"}
    client = by(TEACHER)
    answers = await asyncio.gather(
        *(client.post("/tickets", json=fault(), headers=key) for _ in range(8))
    )

    assert {a.status_code for a in answers} == {201}
    assert len({a.text for a in answers}) == 1
    tables = ("ticket", "ticket_history", "outbox")
    assert [count(rows, table) for table in tables] == [1, 1, 1]


async def test_a_key_used_for_another_ticket_is_refused(by: Call) -> None:
    key = {"idempotency-key": "visit-18"}
    await by(TEACHER).post("/tickets", json=fault(), headers=key)
    other = await by(TEACHER).post("/tickets", json=fault(kind="request"), headers=key)

    assert other.status_code == 422
    assert other.json()["type"].endswith("#idempotency-key-reused")


async def test_staff_here_sees_no_more_by_being_technician_next_door(by: Call) -> None:
    both = Actor(
        "p",
        "person",
        (
            Grant("staff", school_ids=(HERE.school_id,)),
            Grant("school-technician", school_ids=(NEXT_DOOR.school_id,)),
        ),
    )
    theirs = await opened(by(TEACHER))
    mine = await opened(by(both))
    there = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    seen = (await by(both).get("/tickets")).json()["items"]
    headers = {"if-match": '"1"'}
    resolved = await by(both).post(
        f"/tickets/{mine['ticket_id']}/resolve", headers=headers
    )

    ids = {ticket["ticket_id"] for ticket in seen}
    assert ids == {mine["ticket_id"], there["ticket_id"]}
    assert theirs["ticket_id"] not in ids
    assert resolved.status_code == 403


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"colour": "red"}, "/colour"),
        ({"summary": 7}, "/summary"),
        ({"summary": ""}, "/summary"),
        ({"summary": "x" * 161}, "/summary"),
        ({"summary": "a\x00b"}, "/summary"),
        ({"summary": "two\nlines"}, "/summary"),
        ({"description": "x" * 4001}, "/description"),
        ({"description": "a\x00b"}, "/description"),
        ({"description": None}, "/description"),
        ({"kind": "wish"}, "/kind"),
        ({"impact": "huge"}, "/impact"),
        ({"urgency": 1}, "/urgency"),
        ({"priority": 1}, "/priority"),
        ({"status": "closed"}, "/status"),
        ({"requester_id": "someone"}, "/requester_id"),
        ({"asset_id": "LT-0001"}, "/asset_id"),
        ({"asset_id": 7}, "/asset_id"),
        ({"school_urn": 2**63}, "/school_urn"),
        ({"school_urn": "900001"}, "/school_urn"),
        ({"school_urn": True}, "/school_urn"),
    ],
)
async def test_a_wrong_value_is_named_by_its_pointer(
    by: Call, changes: dict[str, object], pointer: str
) -> None:
    answer = await by(TEACHER).post("/tickets", json=fault(**changes))

    assert answer.status_code == 422
    assert pointer in {wrong["pointer"] for wrong in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 422),
        (b'{"school_urn": 900001, "summary": "\\ud800"}', 422),
        (b"x" * 1_100_000, 413),
    ],
    ids=["cut off", "too deep", "not text", "half a character", "too large"],
)
async def test_a_body_that_cannot_be_read_is_a_problem(
    by: Call, body: bytes, status: int
) -> None:
    answer = await by(TEACHER).post(
        "/tickets", content=body, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_without_a_token_nothing_is_told(by: Call) -> None:
    answer = await by(TEACHER).get("/tickets", headers={"authorization": "Bearer x"})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
