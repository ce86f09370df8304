"""Outside its scope, every operation on a ticket answers as if there were none."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from chassis.auth import Actor
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    COLLEAGUE,
    OTHER_TECHNICIAN,
    PUPIL,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    tag_of,
)

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", ""): {"summary": "X"},
    ("POST", "/comments"): {"body": "X"},
    ("POST", "/hand-over"): {"party": "school", "reason": "X"},
    ("POST", "/time"): {"minutes": 30, "worked_on": "2026-09-14"},
    ("PUT", "/satisfaction"): {"score": "good"},
    ("PUT", "/obstacles"): {"obstacles": []},
}
PREFIX = "/api/servicedesk/v1/tickets/{ticket_id}"


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and address below a single ticket."""
    return [
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in app.openapi()["paths"].items()
        if path.startswith(PREFIX)
        for method in methods
    ]


@pytest.mark.parametrize(
    "actor",
    [OTHER_TECHNICIAN, COLLEAGUE, PUPIL, ANALYST],
    ids=lambda actor: actor.principal,
)
async def test_no_operation_tells_of_a_ticket_outside_the_scope(
    app: FastAPI, by: Call, actor: Actor
) -> None:
    ticket = await opened(by(TEACHER))
    found = operations(app)
    for method, rest in found:
        told = [
            await by(actor).request(
                method,
                f"/tickets/{ticket_id}{rest}".format(time_entry_id=uuid4()),
                json=BODIES.get((method, rest)),
                headers=tag_of(1),
            )
            for ticket_id in (ticket["ticket_id"], uuid4())
        ]
        assert [t.status_code for t in told] == [404, 404], (method, rest)
        assert told[0].json()["detail"] == told[1].json()["detail"]

    assert len(found) == 16
    unchanged = await by(TECHNICIAN).get(f"/tickets/{ticket['ticket_id']}")
    assert unchanged.json() == ticket


async def test_an_own_ticket_is_lost_with_the_last_role_at_the_school(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    left = Actor(TEACHER.principal, "person", OTHER_TECHNICIAN.grants)

    where = f"/tickets/{ticket['ticket_id']}"
    assert (await by(left).get(where)).status_code == 404


async def test_an_own_ticket_is_read_only_for_who_has_become_an_auditor(
    by: Call,
) -> None:
    ticket = await opened(by(TEACHER))
    auditor = Actor(TEACHER.principal, "person", AUDITOR.grants)
    where = f"/tickets/{ticket['ticket_id']}"
    read = await by(auditor).get(where)
    closed = await by(auditor).post(f"{where}/close", headers=tag_of(1))
    said = await by(auditor).post(f"{where}/comments", json={"body": "X"})

    assert [a.status_code for a in (read, closed, said)] == [200, 403, 403]
