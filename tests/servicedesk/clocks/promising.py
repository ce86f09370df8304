"""Calendars and agreements by which the clocks of tickets run."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from tests.servicedesk.calendar.writing import LA, written
from tests.servicedesk.world import HERE, MANAGER, TECHNICIAN, Call

AROUND_THE_CLOCK = [{"opens": "00:00", "closes": "24:00"}]
WEEK: list[list[dict[str, str]]] = [AROUND_THE_CLOCK] * 5 + [[], []]


def school_years(today: date) -> list[dict[str, str]]:
    """Write the terms of this school year and the next: each one term long."""
    begun = today.year if today.month >= 9 else today.year - 1
    return [
        {
            "kind": "term",
            "first": date(year, 9, 1).isoformat(),
            "last": (date(year + 1, 9, 1) - timedelta(days=1)).isoformat(),
            "name": "",
        }
        for year in (begun, begun + 1)
    ]


async def with_calendar(by: Call) -> None:
    """Let school be on each weekday round the clock, so that tests may run at any."""
    said = {
        "periods": school_years(datetime.now(UTC).date()),
        "parts": [],
        "hours": {"school-day": WEEK},
    }
    await written(by(MANAGER), LA, said)


def agreement(kind: str = "school", **changes: Any) -> dict[str, Any]:
    """Promise an answer in an hour, a word in four and a fix in eight."""
    place = {"la_code": "940"} if kind == "school" else {"school_urn": HERE.urn}
    supplier = {"supplier": {"name": "Northern Grid"}} if kind == "supplier" else {}
    return {
        "kind": kind,
        "name": f"Support, {kind}",
        "starts_on": "2025-09-01",
        "targets": [
            {
                "priority": priority,
                "response_minutes": 60,
                "update_minutes": 240,
                "fix_minutes": 480,
            }
            for priority in (1, 2, 3, 4)
        ],
        **place,
        **supplier,
        **changes,
    }


async def agreed(by: Call, kind: str = "school", **changes: Any) -> dict[str, Any]:
    """Write an agreement down, and return it as answered."""
    who = TECHNICIAN if kind == "internal" else MANAGER
    answer = await by(who).post("/agreements", json=agreement(kind, **changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def clocks_of(client: httpx.AsyncClient, ticket: dict[str, Any]) -> Any:
    answer = await client.get(f"/tickets/{ticket['ticket_id']}/clocks")
    assert answer.status_code == 200, answer.text
    return answer.json()
