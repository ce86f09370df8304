"""What lies before a desk: counted as one counts the tickets themselves."""

from collections import Counter
from typing import Any

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from servicedesk.workload.model import Group, told
from tests.servicedesk.world import (
    ANALYST,
    DESK,
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    PUPIL,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    tag_of,
    taken,
)


async def workload(by: Call, actor: Actor, **asked: Any) -> dict[str, Any]:
    answer = await by(actor).get("/workload", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def take(by: Call, actor: Actor, ticket: dict[str, Any]) -> None:
    where = f"/tickets/{ticket['ticket_id']}"
    body = {"assignee_id": actor.principal, "status": "in-progress"}
    answer = await by(actor).patch(where, json=body, headers=tag_of(1))
    assert answer.status_code == 200, answer.text


def test_groups_are_summed_by_each_of_their_names() -> None:
    found = told(
        [
            Group(1, "la", None, 3, 0, 1, 1),
            Group(1, "school", "amy", 2, 1, 0, 0),
            Group(3, "la", "amy", 5, 2, 1, 0),
        ]
    )

    assert (found.total.tickets, found.total.late, found.total.soon) == (10, 2, 1)
    assert [(e.priority, e.tickets, e.waiting) for e in found.priorities] == [
        (1, 5, 1),
        (3, 5, 2),
    ]
    assert [(e.party, e.tickets) for e in found.parties] == [("la", 8), ("school", 2)]
    assert [(e.assignee_id, e.tickets, e.waiting) for e in found.people] == [
        ("amy", 7, 3),
        (None, 3, 0),
    ]


def test_of_nothing_there_is_none() -> None:
    found = told([])

    assert (found.total.tickets, found.people) == (0, [])


async def test_what_is_not_settled_is_counted(by: Call) -> None:
    mine, waits, done = [await opened(by(TEACHER)) for _ in range(3)]
    await opened(by(TEACHER), impact="high", urgency="high")
    await take(by, DESK, mine)
    await taken(by(TECHNICIAN), waits, "waiting")
    await taken(by(DESK), done, "resolve")

    found = await workload(by, MANAGER, la_code="940")

    assert found["total"]["tickets"] == 3
    assert found["total"]["waiting"] == 1
    counted = {each["priority"]: each["tickets"] for each in found["priorities"]}
    listed = (await by(MANAGER).get("/tickets")).json()["items"]
    unsettled = [each for each in listed if each["status"] != "resolved"]
    assert counted == Counter(each["priority"] for each in unsettled)
    assert {each["assignee_id"]: each["tickets"] for each in found["people"]} == {
        None: 2,
        DESK.principal: 1,
    }


async def test_what_is_late_and_what_is_due_soon_is_told(
    by: Call, rows: ServiceDatabase
) -> None:
    for minutes in (-1, 30, 90):
        ticket = await opened(by(TEACHER))
        with psycopg.connect(rows.admin) as admin:
            admin.execute(
                "UPDATE ticket SET due_for = 'fix',"
                " due_at = now() + make_interval(mins => %s) WHERE ticket_id = %s",
                [minutes, ticket["ticket_id"]],
            )

    total = (await workload(by, TECHNICIAN))["total"]

    assert (total["tickets"], total["late"], total["soon"]) == (3, 1, 1)


async def test_nobody_is_told_of_more_than_their_scope(by: Call) -> None:
    await opened(by(TEACHER))
    await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)

    async def tickets(actor: Actor, **asked: Any) -> int:
        total: int = (await workload(by, actor, **asked))["total"]["tickets"]
        return total

    assert await tickets(MANAGER) == 2
    assert await tickets(MANAGER, school=HERE.urn) == 1
    assert await tickets(MANAGER, la_code="941") == 0
    assert await tickets(TECHNICIAN) == 1
    for actor in (TEACHER, PUPIL, ANALYST):
        assert await tickets(actor) == 0


@pytest.mark.parametrize("urn", [FAR_AWAY.urn, 999999])
async def test_a_foreign_school_is_one_that_never_was(by: Call, urn: int) -> None:
    refused = await by(MANAGER).get("/workload", params={"school": urn})

    assert refused.status_code == 404
