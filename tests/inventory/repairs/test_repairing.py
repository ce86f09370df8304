"""Repairs: sent, come back, and what became of the asset meanwhile."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.auth import Actor
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

SENT = {
    "fault": "No picture\nThe lamp is new",
    "sent_on": "2026-09-01",
    "supplier": "Stone",
    "reference": "RMA 7",
    "is_under_warranty": True,
}
BACK = {"returned_on": "2026-09-08", "outcome": "repaired", "cost_pence": 4_500}


def repairs_of(asset: dict[str, Any]) -> str:
    return f"/assets/{asset['asset_id']}/repairs"


async def sent(client: httpx.AsyncClient, asset: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(repairs_of(asset), json=SENT)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def status(client: httpx.AsyncClient, asset: dict[str, Any]) -> str:
    answer = await client.get(f"/assets/{asset['asset_id']}")
    return str(answer.json()["status"])


async def test_a_repair_is_sent_comes_back_and_is_told(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    began = await sent(client, asset)

    assert began | SENT == began
    assert (began["outcome"], began["returned_on"]) == (None, None)
    assert await status(client, asset) == "in-repair"
    where = f"{repairs_of(asset)}/{began['repair_id']}/close"
    closed = await client.post(where, json={**BACK, "status": "in-store"})
    assert closed.status_code == 200, closed.text
    assert closed.json() == began | BACK
    assert await status(client, asset) == "in-store"
    told = await client.get(repairs_of(asset))
    assert told.json()["items"] == [closed.json()]
    history = await client.get(f"/assets/{asset['asset_id']}/history")
    assert [
        entry["changes"]["status"]["after"] for entry in history.json()["items"]
    ] == [*("in-repair", "in-store")]


async def test_a_repair_is_sent_once_and_closed_once(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    key = {"idempotency-key": str(uuid4())}
    began = await client.post(repairs_of(asset), json=SENT, headers=key)

    repeat = await client.post(repairs_of(asset), json=SENT, headers=key)
    again = await client.post(repairs_of(asset), json=SENT)
    other = await registered(client, tag="OTHER")
    elsewhere = await client.post(repairs_of(other), json=SENT, headers=key)

    assert repeat.json() == began.json()
    assert elsewhere.json()["type"].endswith("#idempotency-key-reused")
    assert await status(client, other) == "in-use"
    assert again.status_code == 409
    assert again.json()["type"].endswith("#repair-open")
    where = f"{repairs_of(asset)}/{began.json()['repair_id']}/close"
    assert (await client.post(where, json=BACK)).status_code == 200
    twice = await client.post(where, json=BACK)
    assert twice.status_code == 409
    assert twice.json()["type"].endswith("#repair-closed")
    assert (await client.post(repairs_of(asset), json=SENT)).status_code == 201


async def test_what_is_retired_meanwhile_stays_so(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    began = await sent(client, asset)
    await client.post(
        f"/assets/{asset['asset_id']}/retire", headers={"if-match": '"2"'}
    )

    where = f"{repairs_of(asset)}/{began['repair_id']}/close"
    closed = await client.post(where, json={**BACK, "outcome": "beyond-repair"})

    assert closed.status_code == 200, closed.text
    assert await status(client, asset) == "retired"


async def test_what_never_came_is_not_repaired(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, status="ordered")

    answer = await client.post(repairs_of(asset), json=SENT)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#illegal-state-move")
    assert (await client.get(repairs_of(asset))).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"returned_on": "2026-08-31"}, "/returned_on"),
        ({"outcome": "gone"}, "/outcome"),
        ({"cost_pence": -1}, "/cost_pence"),
        ({"status": "retired"}, "/status"),
    ],
)
async def test_a_wrong_end_is_pointed_at(
    by: Call, wrong: dict[str, Any], pointer: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    began = await sent(client, asset)

    where = f"{repairs_of(asset)}/{began['repair_id']}/close"
    answer = await client.post(where, json=BACK | wrong)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_repair_of_another_asset_is_not_found(by: Call) -> None:
    client = by(TECHNICIAN)
    one, other = await registered(client), await registered(client, tag="OTHER")
    began = await sent(client, one)

    answer = await client.post(
        f"{repairs_of(other)}/{began['repair_id']}/close", json=BACK
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("actor", "reads", "writes"),
    [
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (STAFF, 404, 404),
        (OTHER_TECHNICIAN, 404, 404),
    ],
)
async def test_who_may_read_and_send(
    by: Call, actor: Actor, reads: int, writes: int
) -> None:
    asset = await registered(by(TECHNICIAN))
    began = await sent(by(TECHNICIAN), asset)
    close = f"{repairs_of(asset)}/{began['repair_id']}/close"

    assert (await by(actor).get(repairs_of(asset))).status_code == reads
    assert (await by(actor).post(repairs_of(asset), json=SENT)).status_code == writes
    assert (await by(actor).post(close, json=BACK)).status_code == writes
