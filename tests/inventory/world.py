"""Two LAs and three schools that the directory has told of, and the people in them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from chassis import auth
from chassis.testing.identities import at_la, at_school


@dataclass(frozen=True, slots=True)
class Known:
    """A school that the directory has told of."""

    school_id: UUID
    urn: int
    la_code: str


HERE = Known(uuid4(), 900001, "940")
NEXT_DOOR = Known(uuid4(), 900002, "940")
FAR_AWAY = Known(uuid4(), 900003, "941")
SCHOOLS = (HERE, NEXT_DOOR, FAR_AWAY)

TECHNICIAN = at_school("school-technician", HERE.school_id)
OTHER_TECHNICIAN = at_school("school-technician", NEXT_DOOR.school_id)
LEADER = at_school("school-leader", HERE.school_id)
STAFF = at_school("staff", HERE.school_id)
MANAGER = at_la("la-manager", "940")
AUDITOR = at_la("auditor", "940")

Call = Callable[[auth.Actor], httpx.AsyncClient]


def laptop(**changes: Any) -> dict[str, Any]:
    """A laptop to be registered at HERE, but for what a test says."""
    return {
        "school_urn": HERE.urn,
        "tag": "LT-0001",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "ThinkPad L13",
        "serial": "PF3ABCDE",
        "room": "ICT 1",
        "purchased_on": "2024-09-02",
        **changes,
    }


async def registered(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """Register a laptop and return it as answered."""
    answer = await client.post("/assets", json=laptop(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
