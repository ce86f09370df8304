"""A retired asset comes back as it was, and what happened to it is kept."""

import pytest

from chassis.auth import Actor
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)


async def test_a_retired_asset_comes_back_as_it_was(by: Call) -> None:
    asset = await registered(by(TECHNICIAN), status="in-repair", room="ICT 2")
    where = f"/assets/{asset['asset_id']}"
    await by(TECHNICIAN).post(f"{where}/retire", headers={"if-match": '"1"'})

    back = await by(TECHNICIAN).post(f"{where}/reinstate", headers={"if-match": '"2"'})

    assert back.status_code == 200
    assert (back.json()["status"], back.json()["room"]) == ("in-repair", "ICT 2")
    assert back.headers["etag"] == '"3"'


@pytest.mark.parametrize(("headers", "status"), [({}, 428), ({"if-match": '"9"'}, 412)])
async def test_only_the_version_that_was_read_is_reinstated(
    by: Call, headers: dict[str, str], status: int
) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}"
    await by(TECHNICIAN).post(f"{where}/retire", headers={"if-match": '"1"'})

    answer = await by(TECHNICIAN).post(f"{where}/reinstate", headers=headers)

    assert answer.status_code == status


async def test_what_is_in_use_cannot_be_reinstated(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    answer = await by(TECHNICIAN).post(
        f"/assets/{asset['asset_id']}/reinstate", headers={"if-match": '"1"'}
    )

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#asset-not-retired")


@pytest.mark.parametrize(
    ("actor", "status"), [(OTHER_TECHNICIAN, 404), (LEADER, 403), (AUDITOR, 403)]
)
async def test_who_may_not_write_does_not_reinstate(
    by: Call, actor: Actor, status: int
) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}"
    await by(TECHNICIAN).post(f"{where}/retire", headers={"if-match": '"1"'})
    answer = await by(actor).post(f"{where}/reinstate", headers={"if-match": '"2"'})

    assert answer.status_code == status


async def test_what_happened_is_kept_with_who_did_it(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}"
    steps = [
        ("PATCH", where, {"model": "L14"}),
        ("POST", f"{where}/move", {"room": "Hall"}),
        ("POST", f"{where}/retire", None),
        ("POST", f"{where}/reinstate", None),
    ]
    for version, (method, path, body) in enumerate(steps, 1):
        held = {"if-match": f'"{version}"'}
        answer = await by(TECHNICIAN).request(method, path, json=body, headers=held)
        assert answer.status_code == 200, answer.text

    told = (await by(LEADER).get(f"{where}/history")).json()["items"]
    foreign = await by(OTHER_TECHNICIAN).get(f"{where}/history")

    assert [each["fact"] for each in told] == [
        *("changed", "moved", "retired", "reinstated")
    ]
    assert told[0]["changes"] == {"model": {"before": "ThinkPad L13", "after": "L14"}}
    assert {each["actor_id"] for each in told} == {TECHNICIAN.principal}
    assert foreign.status_code == 404


async def test_history_goes_where_the_kit_goes(by: Call) -> None:
    both = Actor("v", "person", (*TECHNICIAN.grants, *OTHER_TECHNICIAN.grants))
    asset = await registered(by(both))
    where = f"/assets/{asset['asset_id']}"
    await by(both).patch(where, json={"model": "L14"}, headers={"if-match": '"1"'})
    await by(both).post(
        f"{where}/move", json={"school_urn": NEXT_DOOR.urn}, headers={"if-match": '"2"'}
    )

    there = await by(OTHER_TECHNICIAN).get(f"{where}/history")
    here = await by(TECHNICIAN).get(f"{where}/history")

    assert [each["fact"] for each in there.json()["items"]] == ["changed", "moved"]
    assert here.status_code == 404
