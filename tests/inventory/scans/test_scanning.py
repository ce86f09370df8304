"""Kit goes out and comes in by scanning: each scan once, and none is dropped."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.inventory.custody.test_issuing import (
    days_ago,
    issued,
    returned,
    slug,
    status,
)
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

SCANS = "/custody/scans"


def scan(code: str, action: str = "issue", **more: Any) -> dict[str, Any]:
    minutes = more.pop("minutes_ago", 0)
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    holder = {"holder_name": "Amy Archer"} if action == "issue" else {}
    made = {"scan_id": str(uuid4()), "at": at, "code": code, "action": action}
    return {**made, **holder, **more}


async def sent(
    client: httpx.AsyncClient, *scans: dict[str, Any]
) -> list[dict[str, Any]]:
    body = {"school_urn": HERE.urn, "session": str(uuid4()), "scans": list(scans)}
    answer = await client.post(SCANS, json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def results(found: Sequence[dict[str, Any]]) -> list[str]:
    return [each["result"] for each in found]


async def conflicts(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get(f"{SCANS}/conflicts", params={"school": HERE.urn})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_what_is_scanned_goes_out_and_comes_in_by_tag_serial_or_label(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    one = await registered(client, tag="LT-1", serial="AAA1")
    two = await registered(client, tag="LT-2", serial="BBB2")
    three = await registered(client, tag="LT-3", serial=None)
    label = f"https://x.example/label/{UUID(three['asset_id']).hex}"

    out = await sent(client, scan("lt-1"), scan("bbb2"), scan(label))

    assert results(out) == ["taken"] * 3
    assert [each["asset_id"] for each in out] == [
        each["asset_id"] for each in (one, two, three)
    ]
    back = await sent(client, *(scan(c, "return") for c in ("LT-1", "LT-2", label)))
    assert results(back) == ["taken"] * 3
    assert [each["custody_id"] for each in back] == [each["custody_id"] for each in out]
    assert await status(client, three) == "in-store"


async def test_a_scan_that_comes_again_is_done_once(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    made = [scan("LT-0001", minutes_ago=9), scan("nothing", minutes_ago=8)]

    first = await sent(client, *made)
    again = await sent(client, *made, scan("LT-0001", "return"), made[0])

    assert results(first) == ["taken", "conflict"]
    assert results(again) == ["repeated", "repeated", "taken", "repeated"]
    assert again[0]["custody_id"] == first[0]["custody_id"]
    assert again[1]["reason"] == "code-unknown"
    told = await client.get(f"/assets/{asset['asset_id']}/custody")
    assert len(told.json()["items"]) == 1


async def test_scans_are_done_in_the_order_in_which_they_were_made(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    found = await sent(
        client,
        scan("LT-0001", minutes_ago=1, holder_name="Ben Boot"),
        scan("LT-0001", "return", minutes_ago=2),
        scan("LT-0001", minutes_ago=3),
    )

    assert results(found) == ["taken"] * 3
    told = (await client.get(f"/assets/{asset['asset_id']}/custody")).json()["items"]
    assert [each["holder_name"] for each in told] == ["Ben Boot", "Amy Archer"]
    assert told[0]["returned_at"] is None


async def test_what_cannot_be_is_kept_and_told_beside_what_is_true(by: Call) -> None:
    client = by(TECHNICIAN)
    out = await registered(client, tag="OUT", serial="S1")
    await issued(client, out, holder_name="Ben Boot")
    await registered(client, tag="IN", serial="S2")
    gone = await registered(client, tag="GONE", serial="S3")
    await client.post(f"/assets/{gone['asset_id']}/retire", headers={"if-match": '"1"'})
    for tag in ("TWIN-1", "TWIN-2"):
        await registered(client, tag=tag, serial="SAME")

    found = await sent(
        client,
        scan("OUT"),
        scan("IN", "return"),
        scan("GONE"),
        scan("SAME"),
        scan("WHAT"),
        scan("IN", holder_name=None),
        scan("IN", at="2200-01-01T00:00:00Z"),
        scan("IN", due_on="2001-01-01"),
    )

    assert [each["reason"] for each in found] == [
        "asset-out",
        "custody-returned",
        "asset-not-to-give-out",
        "code-unclear",
        "code-unknown",
        "scan-holder-missing",
        "custody-times-impossible",
        "custody-times-impossible",
    ]
    assert found[0]["detail"].startswith("Ben Boot has it since ")
    assert found[1]["detail"] == "Nobody has IN"
    kept = await conflicts(client)
    assert {each["scan_id"] for each in kept} == {each["scan_id"] for each in found}
    beside = {each["code"]: each["now"] for each in kept}
    assert beside["OUT"]["holder_name"] == "Ben Boot"
    assert beside["WHAT"] is None


async def test_who_has_it_already_is_no_conflict(by: Call) -> None:
    client = by(TECHNICIAN)
    await registered(client)
    await sent(client, scan("LT-0001", minutes_ago=5))

    found = await sent(client, scan("LT-0001", holder_name="AMY archer"))

    assert results(found) == ["held-already"]
    assert await conflicts(client) == []


@pytest.mark.parametrize(("how", "holder"), [("kept", "Ben Boot"), ("taken", "Amy")])
async def test_a_conflict_is_settled_once_either_way(
    by: Call, how: str, holder: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    await issued(client, asset, holder_name="Ben Boot")
    [found] = await sent(client, scan("LT-0001", holder_name="Amy"))
    where = f"{SCANS}/{found['scan_id']}/settle"

    done = await client.post(where, json={"settle_as": how})
    again = await client.post(where, json={"settle_as": how})

    assert done.status_code == 200, done.text
    assert done.json()["settled_as"] == how
    assert slug(again) == (409, "scan-settled")
    told = (await client.get(f"/assets/{asset['asset_id']}/custody")).json()["items"]
    assert [e["holder_name"] for e in told if e["returned_at"] is None] == [holder]
    assert await conflicts(client) == []


async def test_what_a_scan_says_that_cannot_be_is_not_taken(by: Call) -> None:
    client = by(TECHNICIAN)
    await registered(client)
    unknown, back = await sent(client, scan("WHAT"), scan("LT-0001", "return"))

    for each in (unknown, back):
        where = f"{SCANS}/{each['scan_id']}/settle"
        answer = await client.post(where, json={"settle_as": "taken"})
        assert slug(answer) == (409, "scan-not-to-take")
        left = await client.post(where, json={"settle_as": "kept"})
        assert left.status_code == 200


async def test_two_devices_and_a_repeat_at_once_leave_each_scan_done_once(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    for number in range(60):
        await registered(client, tag=f"D-{number}", serial=None)
    codes = [f"D-{number}" for number in range(60)]
    one = [scan(code, holder_name="One") for code in codes[:40]]
    two = [scan(code, holder_name="Two") for code in codes[20:]]

    found = await asyncio.gather(
        *(sent(by(TECHNICIAN), *scans) for scans in (one, two, one, two))
    )

    taken = [each for part in found for each in part if each["result"] == "taken"]
    assert len({each["custody_id"] for each in taken}) == len(taken) == 60
    with psycopg.connect(rows.admin) as admin:
        [counts] = admin.execute(
            "SELECT count(*), count(*) FILTER (WHERE result = 'conflict'),"
            " count(*) FILTER (WHERE result IS NULL) FROM custody_scan"
        ).fetchall()
    assert counts == (80, 20, 0)


async def test_what_another_school_had_then_is_one_conflict_and_stops_no_other(
    by: Call,
) -> None:
    manager, client = by(MANAGER), by(TECHNICIAN)
    moved = await registered(manager, school_urn=NEXT_DOOR.urn, serial=None)
    await registered(client, tag="LT-0002", serial=None)
    given = await issued(manager, moved, issued_at=days_ago(2))
    await returned(manager, given)
    answer = await manager.post(
        f"/assets/{moved['asset_id']}/move",
        json={"school_urn": HERE.urn},
        headers={"if-match": '"3"'},
    )
    assert answer.status_code == 200, answer.text
    scans = [scan("LT-0001", minutes_ago=60), scan("LT-0002")]

    found = await sent(client, *scans)

    assert results(found) == ["conflict", "taken"]
    assert found[0]["reason"] == "custody-overlaps"
    assert [each["scan_id"] for each in await conflicts(client)] == [
        scans[0]["scan_id"]
    ]
    assert results(await sent(client, *scans)) == ["repeated", "repeated"]


async def test_who_may_not_write_scans_nothing(by: Call) -> None:
    await registered(by(TECHNICIAN))
    body = {"school_urn": HERE.urn, "session": str(uuid4()), "scans": [scan("X")]}

    for actor, code in ((LEADER, 403), (STAFF, 403), (OTHER_TECHNICIAN, 404)):
        assert (await by(actor).post(SCANS, json=body)).status_code == code
    far = {**body, "school_urn": FAR_AWAY.urn}
    assert (await by(MANAGER).post(SCANS, json=far)).status_code == 404
    [found] = await sent(by(TECHNICIAN), scan("X"))
    where = f"{SCANS}/{found['scan_id']}/settle"
    kept = {"settle_as": "kept"}
    assert (await by(LEADER).post(where, json=kept)).status_code == 403
    assert (await by(OTHER_TECHNICIAN).post(where, json=kept)).status_code == 404
    there = {"school": HERE.urn}
    foreign = await by(OTHER_TECHNICIAN).get(f"{SCANS}/conflicts", params=there)
    assert foreign.status_code == 404


async def test_no_more_than_five_hundred_come_at_once(by: Call) -> None:
    many = [scan(f"N-{number}") for number in range(501)]
    body = {"school_urn": HERE.urn, "session": str(uuid4()), "scans": many}

    assert (await by(TECHNICIAN).post(SCANS, json=body)).status_code == 422
    assert results(await sent(by(TECHNICIAN), *many[:500])) == ["conflict"] * 500
