"""Tickets of the past, many at once: how each went is told by its few times."""

from typing import Any

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    AUDITOR,
    DESK,
    FAR_AWAY,
    HERE,
    LAPTOP,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    PROJECTOR,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    fault,
    opened,
    stored,
)

PATH = "/tickets/bulk"
OPENED, STARTED = "2025-03-03T09:05:00Z", "2025-03-03T10:00:00Z"
RESOLVED, CLOSED = "2025-03-04T14:30:00Z", "2025-03-11T08:00:00Z"


def past(**changes: Any) -> dict[str, Any]:
    """A ticket that went all its way, but for what a test says."""
    return fault(
        requester_id="teacher",
        assignee_id="technician",
        asset_id=str(LAPTOP.asset_id),
        opened_at=OPENED,
        started_at=STARTED,
        resolved_at=RESOLVED,
        closed_at=CLOSED,
        **changes,
    )


async def taken_in(by: Call, *items: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await by(RBC).post(PATH, json={"items": list(items)})
    assert answer.status_code == 201, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_ticket_is_read_as_it_was_told(by: Call) -> None:
    [made] = await taken_in(by, past())

    ticket = (await by(TECHNICIAN).get(f"/tickets/{made['ticket_id']}")).json()

    times = {name: ticket[name] for name in ("opened_at", "resolved_at", "changed_at")}
    assert times == {"opened_at": OPENED, "resolved_at": RESOLVED, "changed_at": CLOSED}
    assert (ticket["status"], ticket["version"]) == ("closed", 4)
    assert (ticket["requester_id"], ticket["assignee_id"]) == ("teacher", "technician")
    assert (ticket["number"], ticket["priority"]) == (made["number"], 2)
    own = await by(TEACHER).get("/tickets")
    assert [each["ticket_id"] for each in own.json()["items"]] == [made["ticket_id"]]


async def test_its_history_follows_from_its_times(by: Call) -> None:
    [made] = await taken_in(by, past())

    answer = await by(TECHNICIAN).get(f"/tickets/{made['ticket_id']}/history")

    told = answer.json()["items"]
    assert [(e["version"], e["fact"], e["actor_id"], e["at"]) for e in told] == [
        (1, "opened", "teacher", OPENED),
        (2, "changed", "technician", STARTED),
        (3, "resolved", "technician", RESOLVED),
        (4, "closed", "technician", CLOSED),
    ]
    assert {entry["told_by"] for entry in told} == {RBC.principal}
    assert told[1]["changes"] == {
        "status": {"before": "open", "after": "in-progress"},
        "assignee_id": {"before": None, "after": "technician"},
    }
    assert told[2]["changes"]["resolved_at"] == {"before": None, "after": RESOLVED}


@pytest.mark.parametrize(
    ("changes", "status", "version"),
    [
        ({"started_at": None, "resolved_at": None, "closed_at": None}, "open", 1),
        ({"resolved_at": None, "closed_at": None}, "in-progress", 2),
        (
            {"status": "waiting", "resolved_at": None, "closed_at": None},
            "waiting",
            2,
        ),
        ({"closed_at": None}, "resolved", 3),
        ({"started_at": None, "resolved_at": None}, "closed", 2),
    ],
    ids=["open", "in progress", "waiting", "resolved", "withdrawn"],
)
async def test_where_it_stands_follows_from_what_happened(
    by: Call, changes: dict[str, Any], status: str, version: int
) -> None:
    [made] = await taken_in(by, past() | changes)

    answer = await by(TECHNICIAN).get(f"/tickets/{made['ticket_id']}")

    assert (answer.json()["status"], answer.json()["version"]) == (status, version)


async def test_it_goes_on_like_any_other(by: Call) -> None:
    [made] = await taken_in(by, past() | {"closed_at": None})

    answer = await by(TECHNICIAN).post(
        f"/tickets/{made['ticket_id']}/reopen", headers={"if-match": '"3"'}
    )

    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "open"


async def test_comments_stand_in_the_order_of_their_times(by: Call) -> None:
    said = [
        {"author_id": "technician", "body": "Second", "commented_at": RESOLVED},
        {"body": "First", "commented_at": STARTED},
    ]
    [made] = await taken_in(by, past(comments=said))

    answer = await by(TEACHER).get(f"/tickets/{made['ticket_id']}/comments")

    told = answer.json()["items"]
    assert [(c["body"], c["author_id"], c["commented_at"]) for c in told] == [
        ("First", RBC.principal, STARTED),
        ("Second", "technician", RESOLVED),
    ]
    assert {comment["told_by"] for comment in told} == {RBC.principal}


async def test_numbers_go_on_within_each_school_in_the_order_of_the_request(
    by: Call,
) -> None:
    live = await opened(by(TEACHER))
    there = {"school_urn": NEXT_DOOR.urn, "asset_id": None}
    made = await taken_in(by, past(), past() | there, past())
    after = await opened(by(TEACHER))

    assert live["number"] == 1001
    assert [item["number"] for item in made] == [1002, 1001, 1003]
    assert after["number"] == 1004


async def test_the_oldest_come_first_by_priority_whenever_they_came_in(
    by: Call,
) -> None:
    live = await opened(by(TEACHER))
    still = {"resolved_at": None, "closed_at": None}
    later, earlier = await taken_in(
        by, past() | still | {"opened_at": "2025-03-03T09:30:00Z"}, past() | still
    )

    answer = await by(TECHNICIAN).get("/tickets?sort=priority")

    assert [each["ticket_id"] for each in answer.json()["items"]] == [
        earlier["ticket_id"],
        later["ticket_id"],
        live["ticket_id"],
    ]


async def test_each_is_said_once_with_its_present_state(
    by: Call, rows: ServiceDatabase
) -> None:
    await taken_in(by, past(), past() | {"closed_at": None})

    said = stored(
        rows,
        "SELECT subject, entity_version, data->>'status', data ? 'summary'"
        " FROM outbox ORDER BY id",
    )

    subject = "joinedup.servicedesk.ticket.restated.v1.940"
    assert said == [(subject, 4, "closed", False), (subject, 3, "resolved", False)]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"opened_at": "2999-01-01T00:00:00Z"}, "/opened_at"),
        ({"opened_at": "1999-12-31T23:59:59Z"}, "/opened_at"),
        ({"started_at": "2025-03-03T09:04:59Z"}, "/started_at"),
        ({"resolved_at": "2025-03-03T09:59:59Z"}, "/resolved_at"),
        ({"closed_at": "2025-03-03T11:00:00Z"}, "/closed_at"),
        ({"closed_at": "2999-01-01T00:00:00Z"}, "/closed_at"),
        ({"status": "waiting"}, "/status"),
        (
            {"status": "waiting", "started_at": None}
            | {"resolved_at": None, "closed_at": None},
            "/started_at",
        ),
        (
            {"comments": [{"body": "x", "commented_at": "2025-03-01T00:00:00Z"}]},
            "/comments/0/commented_at",
        ),
    ],
)
async def test_a_course_that_cannot_be_is_pointed_at_and_nothing_is_stored(
    by: Call, rows: ServiceDatabase, changes: dict[str, Any], pointer: str
) -> None:
    answer = await by(RBC).post(PATH, json={"items": [past(), past() | changes]})

    assert answer.status_code == 422, answer.text
    assert answer.json()["type"].endswith("#ticket-course-impossible")
    found = [fault["pointer"] for fault in answer.json()["errors"]]
    assert f"/items/1{pointer}" in found
    assert stored(rows, "SELECT count(*) FROM ticket") == [(0,)]


@pytest.mark.parametrize(
    "value", ["2025-03-03", "2025-03-03T09:05:00", 1741000000, "yesterday", None]
)
async def test_a_time_without_a_zone_is_refused(by: Call, value: object) -> None:
    answer = await by(RBC).post(PATH, json={"items": [past() | {"opened_at": value}]})

    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/items/0/opened_at"]


async def test_kit_of_another_school_is_pointed_at(
    by: Call, rows: ServiceDatabase
) -> None:
    other = {"asset_id": str(PROJECTOR.asset_id)}

    answer = await by(RBC).post(PATH, json={"items": [past(), past() | other]})

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#asset-unknown")
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/items/1/asset_id"]
    assert stored(rows, "SELECT count(*) FROM ticket") == [(0,)]


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (RBC, HERE.urn, 201),
        (RBC, FAR_AWAY.urn, 201),
        (MANAGER, HERE.urn, 201),
        (MANAGER, FAR_AWAY.urn, 404),
        (MANAGER, 999999, 404),
        (DESK, HERE.urn, 403),
        (TECHNICIAN, HERE.urn, 403),
        (TECHNICIAN, NEXT_DOOR.urn, 404),
        (LEADER, HERE.urn, 403),
        (TEACHER, HERE.urn, 403),
        (AUDITOR, HERE.urn, 403),
    ],
)
async def test_who_may_import_where(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    item = past() | {"school_urn": urn, "asset_id": None}

    answer = await by(actor).post(PATH, json={"items": [item]})

    assert answer.status_code == status, answer.text


async def test_a_repeat_with_its_key_is_done_once_and_answered_alike(
    by: Call, rows: ServiceDatabase
) -> None:
    key = {"idempotency-key": "old-desk-1"}
    body = {"items": [past() for _ in range(500)]}
    first = await by(RBC).post(PATH, json=body, headers=key)
    second = await by(RBC).post(PATH, json=body, headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert stored(rows, "SELECT count(*) FROM ticket") == [(500,)]
    assert stored(rows, "SELECT count(*) FROM ticket_history") == [(2000,)]


async def test_nobody_of_a_school_tells_what_another_did(
    by: Call, rows: ServiceDatabase
) -> None:
    """Row-level security holds it, whatever a statement asks for."""
    ticket = await opened(by(TEACHER))
    enter = "SELECT enter_scope('mallory', '{}', '{}', '{}', ARRAY[%s]::uuid[], '{}')"
    with psycopg.connect(rows.app) as connection:
        connection.execute(enter, [HERE.school_id])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO ticket_comment (la_code, school_id, ticket_id,"
                " requester_id, author_id, body, told_by)"
                " VALUES ('940', %s, %s, 'teacher', 'teacher', 'x', 'mallory')",
                [HERE.school_id, ticket["ticket_id"]],
            )
    assert stored(rows, "SELECT count(*) FROM ticket_comment") == [(0,)]
