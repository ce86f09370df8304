"""Kit is lost or stolen, and found: by being looked for, or by coming back."""

from typing import Any

import pytest

from tests.inventory.custody.test_issuing import day, issued, returned, slug, status
from tests.inventory.world import (
    LEADER,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

STOLEN = {
    "kind": "stolen",
    "lost_on": "2026-09-01",
    "police_reference": "CR/2026/417",
    "note": "From Amy's bag",
}


def of(asset: dict[str, Any]) -> str:
    return f"/assets/{asset['asset_id']}/losses"


async def test_a_theft_is_said_with_its_reference_and_found_again(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    lost = await client.post(of(asset), json=STOLEN)

    assert lost.status_code == 201, lost.text
    assert lost.json() | STOLEN == lost.json()
    assert await status(client, asset) == "missing"
    assert slug(await client.post(of(asset), json=STOLEN)) == (409, "loss-open")
    where = f"{of(asset)}/{lost.json()['loss_id']}/found"
    found = await client.post(where, json={"found_on": "2026-09-08"})
    assert found.status_code == 200, found.text
    assert await status(client, asset) == "in-store"
    again = await client.post(where, json={"found_on": "2026-09-08"})
    assert slug(again) == (409, "loss-ended")
    assert "2026-09-08" in again.json()["detail"]
    listed = await client.get(of(asset))
    assert listed.json()["items"] == [found.json()]
    history = await client.get(f"/assets/{asset['asset_id']}/history")
    told = history.json()["items"]
    assert [each["fact"] for each in told] == ["lost", "found"]
    assert told[0]["changes"]["loss.police_reference"]["after"] == "CR/2026/417"
    assert "Amy" not in history.text


async def test_who_has_what_is_lost_owes_it_until_it_is_back(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    given = await issued(client, asset)
    await client.post(of(asset), json={"kind": "lost", "lost_on": "2026-09-01"})
    [owed] = (await client.get("/custodies?state=out")).json()["items"]
    assert owed["custody_id"] == given["custody_id"]

    back = await returned(client, given)

    assert back.status_code == 200, back.text
    assert await status(client, asset) == "in-store"
    [loss] = (await client.get(of(asset))).json()["items"]
    assert loss["found_on"] is not None


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"police_reference": None}, "/police_reference"),
        ({"lost_on": day(3)}, "/lost_on"),
        ({"kind": "gone"}, "/kind"),
    ],
)
async def test_a_wrong_loss_is_pointed_at(
    by: Call, wrong: dict[str, Any], pointer: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    answer = await client.post(of(asset), json=STOLEN | wrong)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert await status(client, asset) == "in-use"


@pytest.mark.parametrize("found_on", ["2026-08-31", day(2)])
async def test_it_is_found_after_it_was_lost_and_not_in_days_to_come(
    by: Call, found_on: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    lost = (await client.post(of(asset), json=STOLEN)).json()

    answer = await client.post(
        f"{of(asset)}/{lost['loss_id']}/found", json={"found_on": found_on}
    )

    assert slug(answer) == (422, "loss-unclear")


async def test_what_is_retired_is_not_lost(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    await client.post(
        f"/assets/{asset['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    assert slug(await client.post(of(asset), json=STOLEN)) == (409, "asset-retired")


async def test_who_may_not_write_says_nothing_lost(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))

    assert (await by(LEADER).post(of(asset), json=STOLEN)).status_code == 403
    foreign = await by(OTHER_TECHNICIAN).post(of(asset), json=STOLEN)
    assert foreign.status_code == 404
    assert (await by(OTHER_TECHNICIAN).get(of(asset))).status_code == 404
