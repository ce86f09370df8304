"""Changing, resolving, reopening and closing: by whom, from where, of what version."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    AUDITOR,
    COLLEAGUE,
    DESK,
    LAPTOP,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    PROJECTOR,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    tag_of,
    taken,
)

FIRST = tag_of(1)


async def test_a_change_makes_the_next_version_and_its_priority(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    changes = {
        "impact": "high",
        "status": "in-progress",
        "assignee_id": "t",
        "asset_id": str(LAPTOP.asset_id),
    }
    changed = await by(TECHNICIAN).patch(
        f"/tickets/{ticket['ticket_id']}", json=changes, headers=FIRST
    )

    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    after = changed.json()
    assert after | changes == after
    assert (after["priority"], after["summary"]) == (1, ticket["summary"])
    assert after["number"] == ticket["number"]


async def test_a_change_to_what_it_is_already_makes_no_version(
    by: Call, rows: ServiceDatabase
) -> None:
    ticket = await opened(by(TEACHER))
    same = await by(TECHNICIAN).patch(
        f"/tickets/{ticket['ticket_id']}", json={"impact": "medium"}, headers=FIRST
    )

    assert (same.json(), same.headers["etag"]) == (ticket, '"1"')
    assert stored(rows, "SELECT count(*) FROM outbox") == [(1,)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 428),
        ({"if-match": '"2"'}, 412),
        ({"if-match": "*"}, 412),
        ({"if-match": 'W/"1"'}, 412),
        ({"if-match": '"99999999999999999999"'}, 412),
    ],
)
@pytest.mark.parametrize("verb", ["change", "resolve", "reopen", "close"])
async def test_a_change_must_name_the_present_version(
    by: Call, headers: dict[str, str], status: int, verb: str
) -> None:
    ticket = await opened(by(TECHNICIAN))
    answer = await _asked(by, TECHNICIAN, ticket, verb, headers)

    assert answer.status_code == status


async def test_of_two_changes_at_once_one_is_told_that_it_came_late(by: Call) -> None:
    ticket = await opened(by(TECHNICIAN))
    client = by(TECHNICIAN)
    answers = await asyncio.gather(
        *(
            client.patch(
                f"/tickets/{ticket['ticket_id']}",
                json={"summary": f"Said {i}"},
                headers=FIRST,
            )
            for i in range(6)
        )
    )

    assert sorted(a.status_code for a in answers) == [200] + [412] * 5
    history = await client.get(f"/tickets/{ticket['ticket_id']}/history")
    assert len(history.json()["items"]) == 2


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"summary": None}, "/summary"),
        ({"status": "resolved"}, "/status"),
        ({"priority": 1}, "/priority"),
        ({"school_urn": 900002}, "/school_urn"),
        ({"requester_id": "x"}, "/requester_id"),
        ({"assignee_id": ""}, "/assignee_id"),
        ({"asset_id": str(PROJECTOR.asset_id)}, "/asset_id"),
        ({"asset_id": str(UUID(int=99))}, "/asset_id"),
    ],
)
async def test_a_wrong_value_is_named_by_its_pointer(
    by: Call, changes: dict[str, object], pointer: str
) -> None:
    ticket = await opened(by(TECHNICIAN))
    where = f"/tickets/{ticket['ticket_id']}"
    answer = await by(TECHNICIAN).patch(where, json=changes, headers=FIRST)

    assert answer.status_code == 422
    assert pointer in {wrong["pointer"] for wrong in answer.json()["errors"]}


async def test_a_ticket_is_resolved_reopened_and_closed(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    resolved = await taken(by(TECHNICIAN), ticket, "waiting", "resolve")
    reopened = await taken(by(TEACHER), resolved, "reopen")
    again = await taken(by(TECHNICIAN), reopened, "in-progress", "resolve")
    closed = await taken(by(TEACHER), again, "close")

    assert resolved["resolved_at"] == resolved["changed_at"] is not None
    assert (reopened["status"], reopened["resolved_at"]) == ("open", None)
    assert again["resolved_at"] > resolved["resolved_at"]
    assert (closed["status"], closed["version"]) == ("closed", 7)
    assert closed["resolved_at"] == again["resolved_at"]


async def test_a_requester_withdraws_what_was_never_resolved(by: Call) -> None:
    ticket = await opened(by(PUPIL))
    closed = await taken(by(PUPIL), ticket, "close")

    assert (closed["status"], closed["resolved_at"]) == ("closed", None)


@pytest.mark.parametrize(
    ("steps", "verb", "allowed"),
    [
        ((), "reopen", ["in-progress", "waiting", "resolved", "closed"]),
        (("resolve",), "resolve", ["open", "closed"]),
        (("resolve",), "change", ["open", "closed"]),
        (("close",), "reopen", []),
        (("close",), "resolve", []),
        (("close",), "close", []),
        (("close",), "change", []),
    ],
)
async def test_a_move_that_is_not_allowed_tells_those_that_are(
    by: Call, steps: tuple[str, ...], verb: str, allowed: list[str]
) -> None:
    ticket = await taken(by(TECHNICIAN), await opened(by(TECHNICIAN)), *steps)
    present = tag_of(ticket["version"])
    answer = await _asked(by, TECHNICIAN, ticket, verb, present)

    assert answer.status_code == 409
    assert answer.json()["allowed"] == allowed
    unchanged = await by(TECHNICIAN).get(f"/tickets/{ticket['ticket_id']}")
    assert unchanged.json() == ticket


@pytest.mark.parametrize(
    "actor", [TECHNICIAN, DESK, MANAGER, RBC], ids=lambda a: a.principal
)
async def test_who_works_on_tickets_takes_them_all_the_way(
    by: Call, actor: Actor
) -> None:
    ticket = await opened(by(TEACHER))
    closed = await taken(
        by(actor), ticket, "in-progress", "resolve", "reopen", "resolve", "close"
    )

    assert closed["status"] == "closed"


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (OTHER_TECHNICIAN, 404),
        (COLLEAGUE, 404),
        (PUPIL, 404),
        (LEADER, 403),
        (AUDITOR, 403),
    ],
    ids=["foreign", "colleague", "learner", "leader", "auditor"],
)
@pytest.mark.parametrize("verb", ["change", "resolve", "reopen", "close"])
async def test_who_may_not_work_on_it_is_told_as_much_as_they_may_see(
    by: Call, actor: Actor, status: int, verb: str
) -> None:
    ticket = await opened(by(TEACHER))
    answer = await _asked(by, actor, ticket, verb, FIRST)

    assert answer.status_code == status
    unchanged = await by(TECHNICIAN).get(f"/tickets/{ticket['ticket_id']}")
    assert unchanged.json() == ticket


@pytest.mark.parametrize("verb", ["change", "resolve"])
async def test_a_requester_does_not_work_on_their_own(by: Call, verb: str) -> None:
    for requester in (TEACHER, LEADER):
        ticket = await opened(by(requester))
        answer = await _asked(by, requester, ticket, verb, FIRST)
        assert answer.status_code == 403


async def test_each_step_is_said_in_the_outbox(by: Call, rows: ServiceDatabase) -> None:
    await taken(
        by(TECHNICIAN),
        await opened(by(TEACHER)),
        "waiting",
        "resolve",
        "reopen",
        "close",
    )
    said = stored(rows, "SELECT type, entity_version FROM outbox ORDER BY id")

    facts = ["opened", "changed", "resolved", "reopened", "closed"]
    assert said == [
        (f"uk.joinedup.servicedesk.ticket.{fact}.v1", version)
        for version, fact in enumerate(facts, 1)
    ]


async def _asked(
    by: Call, actor: Actor, ticket: dict[str, Any], verb: str, headers: dict[str, str]
) -> Any:
    where = f"/tickets/{ticket['ticket_id']}"
    if verb == "change":
        return await by(actor).patch(where, json={"summary": "X"}, headers=headers)
    return await by(actor).post(f"{where}/{verb}", headers=headers)
