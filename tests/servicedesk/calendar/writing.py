"""What an LA and its school write of 2025-26, as the API takes it."""

from typing import Any

import httpx

from tests.servicedesk.world import HERE, tag_of

OPEN = [{"opens": "08:00", "closes": "16:00"}]
WEEK: list[list[dict[str, str]]] = [*([OPEN] * 5), [], []]
LA, SCHOOL = "/calendars/authorities/940", f"/calendars/schools/{HERE.urn}"


def period(kind: str, first: str, last: str = "", name: str = "") -> dict[str, str]:
    return {"kind": kind, "first": first, "last": last or first, "name": name}


TERMS = [
    period("term", "2025-09-03", "2025-12-19", "Autumn"),
    period("half-term", "2025-10-27", "2025-10-31"),
    period("term", "2026-01-05", "2026-03-27", "Spring"),
    period("half-term", "2026-02-16", "2026-02-20"),
    period("term", "2026-04-13", "2026-07-22", "Summer"),
    period("half-term", "2026-05-25", "2026-05-29"),
]
INSET_DAYS = ("2025-09-03", "2025-10-17", "2026-01-05", "2026-04-13", "2026-06-22")


def terms(**changes: Any) -> dict[str, Any]:
    """Write the terms of a year, but for what a test says."""
    hours = {"school-day": WEEK, "inset": WEEK}
    return {"periods": TERMS, "parts": [], "hours": hours, **changes}


def own(*periods: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Write what a school adds to its LA's."""
    return {"periods": list(periods), "parts": [], "hours": {}, **changes}


async def written(
    client: httpx.AsyncClient, where: str, body: dict[str, Any], version: int = 0
) -> dict[str, Any]:
    """Write a calendar at a version of it, and return it as answered."""
    answer = await client.put(where, json=body, headers=tag_of(version))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
