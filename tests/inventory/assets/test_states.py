"""From ordered to disposed: where an asset may pass to, and what is said where not."""

from collections.abc import Iterator
from typing import Any, get_args

import httpx
import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from inventory.assets.model import Status
from inventory.assets.model.states import MOVES, OUT_OF_USE
from tests.inventory.world import TECHNICIAN, Call, registered

GONE = {"on": "2026-07-20", "method": "recycled", "reference": "WTN 88/2026"}


async def step(
    client: httpx.AsyncClient, asset: dict[str, Any], name: str, body: object = None
) -> httpx.Response:
    headers = {"if-match": f'"{asset["version"]}"'}
    where = f"/assets/{asset['asset_id']}"
    if name == "status":
        return await client.patch(where, json={"status": body}, headers=headers)
    return await client.post(f"{where}/{name}", json=body, headers=headers)


async def passed(
    client: httpx.AsyncClient, asset: dict[str, Any], name: str, body: object = None
) -> dict[str, Any]:
    answer = await step(client, asset, name, body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def in_state(client: httpx.AsyncClient, status: str) -> dict[str, Any]:
    """Lead a new laptop into a state."""
    asset = await registered(client, status="ordered", tag=f"T-{status}")
    if status == "ordered":
        return asset
    if status == "cancelled":
        return await passed(client, asset, "status", "cancelled")
    asset = await passed(client, asset, "status", "in-store")
    if status in {"in-use", "in-repair", "missing"}:
        return await passed(client, asset, "status", status)
    if status in {"retired", "disposed"}:
        asset = await passed(client, asset, "retire")
    if status == "disposed":
        asset = await passed(client, asset, "dispose", GONE)
    return asset


def ways() -> Iterator[tuple[Status, Status]]:
    for present in get_args(Status):
        for wanted in get_args(Status):
            if wanted != present:
                yield present, wanted


@pytest.mark.parametrize(("present", "wanted"), list(ways()))
async def test_an_asset_passes_where_a_way_leads_and_nowhere_else(
    by: Call, present: Status, wanted: Status
) -> None:
    client = by(TECHNICIAN)
    asset = await in_state(client, present)

    match wanted:
        case "retired":
            answer = await step(client, asset, "retire")
        case "disposed":
            answer = await step(client, asset, "dispose", GONE)
        case _:
            answer = await step(client, asset, "status", wanted)

    if wanted in MOVES[present]:
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"] == wanted
        return
    assert answer.status_code == 409, answer.text
    problem = answer.json()
    if present in OUT_OF_USE and wanted != "disposed":
        assert problem["type"].endswith("#asset-retired")
    else:
        assert problem["type"].endswith("#illegal-state-move")
        assert problem["legal"] == list(MOVES[present])
        assert all(legal in problem["detail"] for legal in MOVES[present])
    again = await client.get(f"/assets/{asset['asset_id']}")
    assert again.json() == asset


async def test_disposal_is_kept_and_undone_step_by_step(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, site="Lower", building="Old hall", room="ICT 1")
    retired = await passed(client, asset, "retire")

    gone = await passed(client, retired, "dispose", GONE)
    assert (gone["disposed_on"], gone["disposal_method"]) == ("2026-07-20", "recycled")
    assert gone["disposal_reference"] == "WTN 88/2026"
    assert (gone["site"], gone["building"], gone["room"]) == (None, None, None)

    back = await passed(client, gone, "reinstate")
    assert (back["status"], back["disposed_on"]) == ("retired", None)
    assert back["disposal_reference"] is None
    # A retirement came before the disposal: the next step back is of that one.
    again = await step(client, back, "reinstate")
    assert again.json()["status"] == "in-use"
    assert again.json()["room"] == "ICT 1"
    assert again.json()["building"] == "Old hall"
    facts = await client.get(f"/assets/{asset['asset_id']}/history")
    assert [entry["fact"] for entry in facts.json()["items"]] == [
        *("retired", "disposed", "reinstated", "reinstated")
    ]


async def test_what_never_came_is_cancelled_and_ordered_again(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await in_state(client, "cancelled")

    back = await passed(client, asset, "reinstate")

    assert back["status"] == "ordered"


async def test_disposal_is_said_to_the_other_services(
    by: Call, rows: ServiceDatabase
) -> None:
    await in_state(by(TECHNICIAN), "disposed")

    with psycopg.connect(rows.admin) as admin:
        said = admin.execute("SELECT subject FROM outbox ORDER BY event_id").fetchall()
    assert said[-1] == ("joinedup.inventory.asset.disposed.v1.940",)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"method": "recycled"}, "/on"),
        ({"on": "2026-07-20", "method": "burnt"}, "/method"),
        ({"on": "yesterday", "method": "sold"}, "/on"),
    ],
)
async def test_a_disposal_says_when_and_how(
    by: Call, body: object, pointer: str
) -> None:
    client = by(TECHNICIAN)
    asset = await in_state(client, "retired")

    answer = await step(client, asset, "dispose", body)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
