"""What the tests of stock-takes do: open one, scan, read and end it."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from tests.inventory.world import HERE, registered

TAKES = "/stock-takes"


async def opened(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    """Open a stock-take of ICT 1, but for what a test says."""
    body = {"school_urn": HERE.urn, "room": "ICT 1", **changes}
    answer = await client.post(TAKES, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def scan(code: str, at: datetime | None = None) -> dict[str, Any]:
    when = (at or datetime.now(UTC)).isoformat()
    return {"scan_id": str(uuid4()), "at": when, "code": code}


async def scanned(
    client: httpx.AsyncClient, take: dict[str, Any], *scans: dict[str, Any] | str
) -> dict[str, Any]:
    """Scan codes in one go; say what came of each, and how it stands."""
    made = [scan(each) if isinstance(each, str) else each for each in scans]
    where = f"{TAKES}/{take['stock_take_id']}/scans"
    answer = await client.post(where, json={"scans": made})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def results(found: dict[str, Any]) -> list[str]:
    return [each["result"] for each in found["results"]]


async def read(client: httpx.AsyncClient, take: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"{TAKES}/{take['stock_take_id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def lines(
    client: httpx.AsyncClient, take: dict[str, Any], **asked: Any
) -> list[dict[str, Any]]:
    where = f"{TAKES}/{take['stock_take_id']}/lines"
    answer = await client.get(where, params={"limit": 200, **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def standings(
    client: httpx.AsyncClient, take: dict[str, Any]
) -> list[tuple[str, str]]:
    """Say of each line how it stands and what it is of, in their order."""
    return [
        (each["standing"], each["tag"] or each["code"])
        for each in await lines(client, take)
    ]


async def ended(
    client: httpx.AsyncClient, take: dict[str, Any], **choices: Any
) -> httpx.Response:
    """End a stock-take as it stands now."""
    version = (await read(client, take))["version"]
    return await client.post(
        f"{TAKES}/{take['stock_take_id']}/end",
        json=choices,
        headers={"if-match": f'"{version}"'},
    )


async def kit(
    client: httpx.AsyncClient, tag: str, room: str | None = "ICT 1", **changes: Any
) -> dict[str, Any]:
    return await registered(client, tag=tag, serial=f"S{tag}", room=room, **changes)
