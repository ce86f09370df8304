"""Many tickets changed at once: each answered for, and what can be, taken back."""

from typing import Any
from uuid import uuid4

import pytest

from chassis.auth import Actor
from tests.servicedesk.world import (
    AUDITOR,
    DESK,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    tag_of,
)

WHERE = "/tickets/batch-changes"
RESOLVE = {"kind": "resolve"}
CLOSE = {"kind": "close"}
PRESSING = {"kind": "set-priority", "impact": "high", "urgency": "high"}


def seen(*tickets: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"ticket_id": t["ticket_id"], "version": t["version"]} for t in tickets]


async def change(
    by: Call, actor: Actor, tickets: list[dict[str, Any]], how: dict[str, Any]
) -> dict[str, Any]:
    answer = await by(actor).post(WHERE, json={"tickets": tickets, "change": how})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def results(batch: dict[str, Any]) -> list[str]:
    places = [each["pointer"] for each in batch["results"]]
    assert places == [f"/tickets/{at}" for at in range(len(places))]
    return [each["result"] for each in batch["results"]]


async def get(by: Call, ticket: dict[str, Any]) -> dict[str, Any]:
    path = f"/tickets/{ticket['ticket_id']}"
    found: dict[str, Any] = (await by(MANAGER).get(path)).json()
    return found


async def test_each_of_many_is_answered_for_in_its_place(by: Call) -> None:
    fine, stale, closed = [await opened(by(TEACHER)) for _ in range(3)]
    foreign = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    path = f"/tickets/{closed['ticket_id']}/close"
    await by(TECHNICIAN).post(path, headers=tag_of(1))
    asked = [
        *seen(fine, {**stale, "version": 5}, {**closed, "version": 2}, foreign),
        {"ticket_id": str(uuid4()), "version": 1},
        *seen(fine),
    ]

    batch = await change(by, TECHNICIAN, asked, RESOLVE)

    assert results(batch) == [
        *("done", "stale", "illegal", "not-found", "not-found", "repeated")
    ]
    done = await get(by, fine)
    assert (done["status"], done["version"]) == ("resolved", 2)
    assert done["resolved_at"] is not None
    assert await get(by, foreign) == foreign


@pytest.mark.parametrize(
    ("actor", "result"),
    [
        (OTHER_TECHNICIAN, "not-found"),
        (LEADER, "forbidden"),
        (AUDITOR, "forbidden"),
        (TEACHER, "forbidden"),
    ],
    ids=["foreign", "leader", "auditor", "requester"],
)
@pytest.mark.parametrize("how", [RESOLVE, CLOSE, PRESSING], ids=lambda how: how["kind"])
async def test_who_does_not_work_on_them_changes_none_of_many(
    by: Call, actor: Actor, result: str, how: dict[str, Any]
) -> None:
    ticket = await opened(by(TEACHER))

    batch = await change(by, actor, seen(ticket), how)

    assert results(batch) == [result]
    assert await get(by, ticket) == ticket


async def test_what_was_resolved_is_opened_again(by: Call) -> None:
    tickets = [await opened(by(TEACHER)) for _ in range(3)]
    batch = await change(by, DESK, seen(*tickets), RESOLVE)

    back = await by(DESK).post(f"{WHERE}/{batch['batch_id']}/undo")

    assert results(back.json()) == ["done"] * 3
    ticket = await get(by, tickets[0])
    told = await by(DESK).get(f"/tickets/{ticket['ticket_id']}/history")
    assert (ticket["status"], ticket["resolved_at"]) == ("open", None)
    assert [each["fact"] for each in told.json()["items"]] == [
        *("opened", "resolved", "reopened")
    ]


async def test_a_priority_follows_impact_and_urgency_and_comes_back(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    same = await opened(by(TEACHER), impact="high", urgency="high")

    batch = await change(by, TECHNICIAN, seen(ticket, same), PRESSING)

    assert results(batch) == ["done", "unchanged"]
    assert (await get(by, ticket))["priority"] == 1
    await by(TECHNICIAN).post(f"{WHERE}/{batch['batch_id']}/undo")
    after = await get(by, ticket)
    kept = ("impact", "urgency", "priority")
    assert [after[name] for name in kept] == [ticket[name] for name in kept]


async def test_what_was_closed_is_closed_for_good(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    batch = await change(by, TECHNICIAN, seen(ticket), CLOSE)

    back = await by(TECHNICIAN).post(f"{WHERE}/{batch['batch_id']}/undo")

    assert results(back.json()) == ["illegal"]
    assert (await get(by, ticket))["status"] == "closed"


async def test_only_who_made_a_change_takes_it_back(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    batch = await change(by, TECHNICIAN, seen(ticket), RESOLVE)

    answer = await by(MANAGER).post(f"{WHERE}/{batch['batch_id']}/undo")

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#batch-not-found")


async def test_a_change_that_is_sent_twice_is_made_once(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    body = {"tickets": seen(ticket), "change": RESOLVE}
    key = {"idempotency-key": uuid4().hex}

    first, second = [
        (await by(TECHNICIAN).post(WHERE, json=body, headers=key)).json() for _ in "12"
    ]

    assert first == second
    assert (await get(by, ticket))["version"] == 2


async def test_a_count_is_what_the_pages_hold(by: Call) -> None:
    mine = await opened(by(TEACHER))
    other = await opened(by(TECHNICIAN), impact="high", urgency="high")
    await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    counts = {
        (TEACHER, ""): 1,
        (TECHNICIAN, ""): 2,
        (MANAGER, ""): 3,
        (MANAGER, "la_code=940&priority=1"): 1,
        (MANAGER, "la_code=941"): 0,
    }

    for (actor, query), count in counts.items():
        told = await by(actor).get(f"/tickets/count?{query}")
        assert told.json() == {"count": count, "is_exact": True}
    oldest = (await by(TECHNICIAN).get("/tickets?sort=opened_at")).json()["items"]
    assert [t["ticket_id"] for t in oldest] == [mine["ticket_id"], other["ticket_id"]]


async def test_five_hundred_are_resolved_at_once_and_opened_again(by: Call) -> None:
    tickets = [await opened(by(TEACHER)) for _ in range(500)]

    batch = await change(by, DESK, seen(*tickets), RESOLVE)

    assert results(batch) == ["done"] * 500
    count = "/tickets/count?status=resolved"
    assert (await by(DESK).get(count)).json()["count"] == 500
    back = await by(DESK).post(f"{WHERE}/{batch['batch_id']}/undo")
    assert results(back.json()) == ["done"] * 500
    assert (await by(DESK).get(count)).json()["count"] == 0
    too_many = [*seen(*tickets), {"ticket_id": str(uuid4()), "version": 1}]
    refused = await by(DESK).post(WHERE, json={"tickets": too_many, "change": RESOLVE})
    assert refused.status_code == 422


async def test_many_are_put_into_somebodys_hands_and_back(by: Call) -> None:
    theirs = [await opened(by(TEACHER)) for _ in range(2)]
    settled = await opened(by(TEACHER))
    await by(TECHNICIAN).post(
        f"/tickets/{settled['ticket_id']}/resolve", headers=tag_of(1)
    )
    asked = seen(*theirs, {**settled, "version": 2})
    assign = {"kind": "assign", "assignee_id": "somebody"}

    batch = await change(by, DESK, asked, assign)
    again = await change(
        by, DESK, seen(*({**each, "version": 2} for each in theirs)), assign
    )

    assert results(batch) == ["done", "done", "illegal"]
    assert results(again) == ["unchanged", "unchanged"]
    wanted = {"assignee": "somebody"}
    found = await by(DESK).get("/tickets", params=wanted)
    ids = {each["ticket_id"] for each in found.json()["items"]}
    assert ids == {each["ticket_id"] for each in theirs}
    counted = await by(DESK).get("/tickets/count", params=wanted)
    assert counted.json()["count"] == 2
    none = await by(DESK).get("/tickets", params={"assignee": "nobody"})
    assert none.json()["items"] == []
    undone = await by(DESK).post(f"{WHERE}/{batch['batch_id']}/undo")
    assert results(undone.json()) == ["done", "done"]
    assert [(await get(by, each))["assignee_id"] for each in theirs] == [None, None]
