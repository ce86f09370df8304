"""Consumables and their stock as tests make them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx

from tests.inventory.world import HERE


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/London")).date()


def ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def toner(**changes: Any) -> dict[str, Any]:
    return {
        "school_urn": HERE.urn,
        "name": f"Toner {uuid4().hex[:8]}",
        "code": "CF226X",
        "category": "toner",
        "fits": ["LaserJet Pro M402"],
        **changes,
    }


async def added(client: httpx.AsyncClient, **changes: Any) -> str:
    """Add a consumable and say where it is."""
    answer = await client.post("/consumables", json=toner(**changes))
    assert answer.status_code == 201, answer.text
    return f"/consumables/{answer.json()['consumable_id']}"


def line(quantity: int, price: int, days: int, **changes: Any) -> dict[str, Any]:
    """Some that came so many days ago."""
    return {
        "ordered_on": ago(days),
        "received_on": ago(days),
        "quantity": quantity,
        "unit_price_pence": price,
        **changes,
    }


async def came(
    client: httpx.AsyncClient, where: str, quantity: int, price: int, days: int = 10
) -> dict[str, Any]:
    answer = await client.post(f"{where}/lines", json=line(quantity, price, days))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def used(
    client: httpx.AsyncClient, where: str, quantity: int, days: int = 0, **more: Any
) -> dict[str, Any]:
    body = {"used_on": ago(days), "quantity": quantity, **more}
    answer = await client.post(f"{where}/uses", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def read(client: httpx.AsyncClient, where: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(where)).json()
    return found
