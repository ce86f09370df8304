"""What of the kit hangs on what else, and what a failure would take along."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.auth import Actor
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)


async def kit(client: httpx.AsyncClient, *tags: str) -> list[dict[str, Any]]:
    return [await registered(client, tag=tag, room=f"Room {tag}") for tag in tags]


async def relate(
    client: httpx.AsyncClient, one: dict[str, Any], kind: str, other: dict[str, Any]
) -> httpx.Response:
    body = {"kind": kind, "other_id": other["asset_id"]}
    return await client.post(f"/assets/{one['asset_id']}/relations", json=body)


async def related(client: httpx.AsyncClient, asset: dict[str, Any]) -> list[Any]:
    answer = await client.get(f"/assets/{asset['asset_id']}/relations")
    assert answer.status_code == 200, answer.text
    return [
        (each["kind"], each["depends"], each["tag"]) for each in answer.json()["items"]
    ]


async def impact(client: httpx.AsyncClient, asset: dict[str, Any]) -> list[Any]:
    answer = await client.get(f"/assets/{asset['asset_id']}/impact")
    assert answer.status_code == 200, answer.text
    return [
        (each["tag"], each["steps"], each["via_tag"]) for each in answer.json()["items"]
    ]


async def test_both_sides_tell_of_a_relation_until_it_ends(by: Call) -> None:
    client = by(TECHNICIAN)
    host, guest = await kit(client, "HOST", "GUEST")

    began = await relate(client, guest, "runs-on", host)

    assert began.status_code == 201, began.text
    assert await related(client, guest) == [("runs-on", False, "HOST")]
    assert await related(client, host) == [("runs-on", True, "GUEST")]
    where = f"/assets/{host['asset_id']}/relations/{began.json()['relation_id']}"
    assert (await client.delete(where)).status_code == 204
    assert (await client.delete(where)).status_code == 404
    assert await related(client, host) == []
    assert (await relate(client, guest, "runs-on", host)).status_code == 201


async def test_a_failure_takes_along_all_that_hangs_on_it_by_the_shortest_way(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    switch, host, disk, mail, desk = await kit(client, *"SHDMK")
    for one, kind, other in (
        (host, "connected-to", switch),
        (disk, "connected-to", switch),
        (disk, "part-of", host),
        (mail, "runs-on", host),
        (desk, "runs-on", mail),
        # A circle of cables is no reason to go round for ever.
        (switch, "connected-to", desk),
    ):
        assert (await relate(client, one, kind, other)).status_code == 201

    assert await impact(client, switch) == [
        *(("D", 1, "S"), ("H", 1, "S"), ("M", 2, "H"), ("K", 3, "M")),
    ]
    assert await impact(client, mail) == [
        *(("K", 1, "M"), ("S", 2, "K"), ("D", 3, "S"), ("H", 3, "S")),
    ]


async def test_what_is_out_of_use_is_not_affected(by: Call) -> None:
    client = by(TECHNICIAN)
    host, guest = await kit(client, "HOST", "GUEST")
    await relate(client, guest, "runs-on", host)

    await client.post(
        f"/assets/{guest['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    assert await impact(client, host) == []
    assert await related(client, host) == [("runs-on", True, "GUEST")]


async def test_nothing_runs_on_itself_however_far_round(by: Call) -> None:
    client = by(TECHNICIAN)
    a, b, c = await kit(client, *"ABC")
    assert (await relate(client, a, "part-of", b)).status_code == 201
    assert (await relate(client, b, "part-of", c)).status_code == 201

    round_it = await relate(client, c, "part-of", a)

    assert round_it.status_code == 409
    assert round_it.json()["type"].endswith("#relation-circular")
    # To be connected is another thing than to be part.
    assert (await relate(client, c, "connected-to", a)).status_code == 201


async def test_two_at_once_close_no_circle(by: Call) -> None:
    client = by(TECHNICIAN)
    for turn in range(5):
        a, b = await kit(client, f"A{turn}", f"B{turn}")
        there, back = await asyncio.gather(
            relate(client, a, "runs-on", b), relate(client, b, "runs-on", a)
        )
        assert sorted((there.status_code, back.status_code)) == [201, 409]


async def test_the_same_relation_is_not_begun_twice(by: Call) -> None:
    client = by(TECHNICIAN)
    a, b = await kit(client, *"AB")
    body = {"kind": "part-of", "other_id": b["asset_id"]}
    key = {"idempotency-key": str(uuid4())}
    where = f"/assets/{a['asset_id']}/relations"

    first = await client.post(where, json=body, headers=key)
    repeat = await client.post(where, json=body, headers=key)
    again = await client.post(where, json=body)

    # The key belongs to the asset of the path, too.
    elsewhere = await client.post(
        f"/assets/{b['asset_id']}/relations", json=body, headers=key
    )

    assert (first.status_code, repeat.json()) == (201, first.json())
    assert elsewhere.json()["type"].endswith("#idempotency-key-reused")
    assert again.status_code == 409
    assert again.json()["type"].endswith("#relation-present")


async def test_a_relation_is_of_one_school_alone(by: Call) -> None:
    client = by(MANAGER)
    here = await registered(client, tag="HERE")
    there = await registered(client, tag="THERE", school_urn=NEXT_DOOR.urn)

    for other in (here, there, {"asset_id": str(uuid4())}):
        answer = await relate(client, here, "part-of", other)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == "/other_id"


async def test_a_relation_rests_while_the_two_are_at_different_schools(
    by: Call,
) -> None:
    client = by(MANAGER)
    for moved in ("one", "other"):
        one, other = await kit(client, f"{moved}-1", f"{moved}-2")
        assert (await relate(client, one, "part-of", other)).status_code == 201
        goes = one if moved == "one" else other
        where = f"/assets/{goes['asset_id']}/move"

        for version, urn, count in ((1, NEXT_DOOR.urn, 0), (2, one["school_urn"], 1)):
            answer = await client.post(
                where,
                json={"school_urn": urn},
                headers={"if-match": f'"{version}"'},
            )
            assert answer.status_code == 200, answer.text
            for asset in (one, other):
                assert len(await related(client, asset)) == count
            assert len(await impact(client, other)) == count


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OTHER_TECHNICIAN, 404), (LEADER, 403), (AUDITOR, 403), (STAFF, 404)],
)
async def test_who_may_not_write_relates_nothing(
    by: Call, actor: Actor, status: int
) -> None:
    a, b = await kit(by(TECHNICIAN), *"AB")
    began = (await relate(by(TECHNICIAN), a, "part-of", b)).json()

    refused = await relate(by(actor), b, "connected-to", a)
    where = f"/assets/{a['asset_id']}/relations/{began['relation_id']}"
    ended = await by(actor).delete(where)

    assert (refused.status_code, ended.status_code) == (status, status)
    assert await related(by(TECHNICIAN), a) == [("part-of", False, "B")]
