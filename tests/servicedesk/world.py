"""Two LAs and three schools that the directory has told of, and the people in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import psycopg

from chassis import auth
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la, at_school


@dataclass(frozen=True, slots=True)
class Known:
    """A school that the directory has told of."""

    school_id: UUID
    urn: int
    la_code: str


@dataclass(frozen=True, slots=True)
class Kit:
    """An asset that the inventory has told of."""

    asset_id: UUID
    school: Known
    tag: str


# Fixed, since the names of tests are made of them.
HERE = Known(UUID(int=1), 900001, "940")
NEXT_DOOR = Known(UUID(int=2), 900002, "940")
FAR_AWAY = Known(UUID(int=3), 900003, "941")
SCHOOLS = (HERE, NEXT_DOOR, FAR_AWAY)

LAPTOP = Kit(UUID(int=4), HERE, "LT-0001")
PROJECTOR = Kit(UUID(int=5), NEXT_DOOR, "AV-0001")
ASSETS = (LAPTOP, PROJECTOR)

TECHNICIAN = at_school("school-technician", HERE.school_id)
OTHER_TECHNICIAN = at_school("school-technician", NEXT_DOOR.school_id)
LEADER = at_school("school-leader", HERE.school_id)
TEACHER = at_school("staff", HERE.school_id, principal="teacher")
COLLEAGUE = at_school("staff", HERE.school_id, principal="colleague")
PUPIL = at_school("learner", HERE.school_id)
MANAGER = at_la("la-manager", "940")
DESK = at_la("la-technician", "940")
RBC = at_la("rbc-system", "940", "941")
AUDITOR = at_la("auditor", "940")
ANALYST = at_la("regional-analyst", "940")

Call = Callable[[auth.Actor], httpx.AsyncClient]


def tag_of(version: int) -> dict[str, str]:
    """The header that names the version to be changed."""
    return {"if-match": f'"{version}"'}


def fault(**changes: Any) -> dict[str, Any]:
    """A fault to be reported at HERE, but for what a test says."""
    return {
        "school_urn": HERE.urn,
        "kind": "incident",
        "summary": "The projector stays dark",
        "description": "Since Monday.\nThe lamp was new in June.",
        "impact": "medium",
        "urgency": "high",
        **changes,
    }


async def opened(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """Open a ticket and return it as answered."""
    answer = await client.post("/tickets", json=fault(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def taken(
    client: httpx.AsyncClient, ticket: dict[str, Any], *steps: str
) -> dict[str, Any]:
    """Take a ticket through steps: a status to be patched, or a verb."""
    for step in steps:
        where, headers = f"/tickets/{ticket['ticket_id']}", tag_of(ticket["version"])
        if step in {"resolve", "reopen", "close"}:
            answer = await client.post(f"{where}/{step}", headers=headers)
        else:
            answer = await client.patch(where, json={"status": step}, headers=headers)
        assert answer.status_code == 200, answer.text
        ticket = answer.json()
    return ticket


def stored(rows: ServiceDatabase, query: str) -> list[tuple[Any, ...]]:
    """Read what is stored, as a superuser whom no policy binds."""
    with psycopg.connect(rows.admin) as admin:
        return admin.execute(query.encode()).fetchall()
