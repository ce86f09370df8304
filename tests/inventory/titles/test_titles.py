"""Titles under one name each: counted in one's scope, with versions and devices."""

from typing import Any

import pytest

from chassis.auth import Actor
from tests.inventory.world import (
    AUDITOR,
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

OLD = {"publisher": "Igor Pavlov", "name": "7-Zip 19.00 (x64)", "version": "19.00"}
NEW = {"publisher": "Igor Pavlov", "name": "7-Zip 21.07", "version": "21.07"}
PATCH = {
    "publisher": "Microsoft",
    "name": "Update for Office (KB2553140) 64-Bit Edition",
}


async def reported(
    by: Call, *kits: tuple[dict[str, Any], list[dict[str, Any]]]
) -> None:
    items = [{"asset_id": kit["asset_id"], "titles": titles} for kit, titles in kits]
    answer = await by(MANAGER).post("/software/bulk", json={"items": items})
    assert answer.status_code == 201, answer.text


async def stock(by: Call) -> tuple[dict[str, Any], dict[str, Any]]:
    here = await registered(by(MANAGER), tag="A")
    there = await registered(by(MANAGER), tag="B", school_urn=NEXT_DOOR.urn)
    await reported(by, (here, [OLD, NEW, PATCH]), (there, [OLD]))
    return here, there


async def titles(by: Call, actor: Actor, **asked: Any) -> list[tuple[str, int]]:
    answer = await by(actor).get("/titles", params=asked)
    assert answer.status_code == 200, answer.text
    return [(t["name"], t["devices"]) for t in answer.json()["items"]]


async def title_id(by: Call, q: str = "7-zip") -> str:
    [found] = (await by(MANAGER).get("/titles", params={"q": q})).json()["items"]
    return str(found["title_id"])


async def test_a_device_with_two_versions_counts_once(by: Call) -> None:
    await stock(by)
    update = ("Update for Office (KB2553140)", 1)

    assert await titles(by, MANAGER) == [("7-Zip", 2), update]
    assert await titles(by, TECHNICIAN) == [("7-Zip", 1), update]
    assert await titles(by, OTHER_TECHNICIAN) == [("7-Zip", 1)]
    assert await titles(by, MANAGER, school=NEXT_DOOR.urn) == [("7-Zip", 1)]
    assert await titles(by, STAFF) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "pavlov 7"}, 1),
        ({"q": "%"}, 0),
        ({"kind": "update"}, 1),
        ({"kind": "application"}, 1),
        ({"la_code": "941"}, 0),
        ({}, 2),
    ],
)
async def test_a_listing_is_narrowed(
    by: Call, asked: dict[str, str], found: int
) -> None:
    await stock(by)

    assert len(await titles(by, MANAGER, **asked)) == found
    count = await by(MANAGER).get("/titles/count", params=asked)
    assert count.json() == {"count": found, "is_exact": True}


async def test_a_title_has_versions_the_newest_first_and_devices(by: Call) -> None:
    here, there = await stock(by)
    nine = {"publisher": "Igor Pavlov", "name": "7-Zip 9.20", "version": "9.20"}
    await reported(by, (there, [nine]))
    path = f"/titles/{await title_id(by)}"

    whole = (await by(AUDITOR).get(path)).json()
    devices = (await by(AUDITOR).get(f"{path}/devices")).json()["items"]
    own = (await by(LEADER).get(f"{path}/devices")).json()["items"]
    old = (await by(AUDITOR).get(f"{path}/devices", params={"version": "9.20"})).json()

    assert [(r["version"], r["devices"]) for r in whole["releases"]] == [
        *(("21.07", 1), ("19.00", 1), ("9.20", 1)),
    ]
    assert [(d["tag"], d["versions"]) for d in devices] == [
        *(("A", ["19.00", "21.07"]), ("B", ["9.20"])),
    ]
    assert [d["asset_id"] for d in own] == [here["asset_id"]]
    assert [d["tag"] for d in old["items"]] == ["B"]


async def test_devices_come_in_pages(by: Call) -> None:
    kits = [await registered(by(TECHNICIAN), tag=f"T{at}") for at in range(5)]
    await reported(by, *((kit, [OLD]) for kit in kits))
    path = f"/titles/{await title_id(by)}/devices"

    found: list[str] = []
    asked: dict[str, Any] = {"limit": 2}
    while True:
        page = (await by(TECHNICIAN).get(path, params=asked)).json()
        found += [each["tag"] for each in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]

    assert found == ["T0", "T1", "T2", "T3", "T4"]


@pytest.mark.parametrize("sort", ["name", "-name", "devices", "-devices"])
async def test_pages_join_to_the_whole_in_every_order(by: Call, sort: str) -> None:
    kit = await registered(by(TECHNICIAN))
    many = [{"publisher": "P", "name": name} for name in ["ba", "C", "dd", "EE"]]
    await reported(by, (kit, many))
    whole = await titles(by, TECHNICIAN, sort=sort)

    found: list[tuple[str, int]] = []
    asked: dict[str, Any] = {"sort": sort, "limit": 2}
    while True:
        page = (await by(TECHNICIAN).get("/titles", params=asked)).json()
        found += [(t["name"], t["devices"]) for t in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]

    assert found == whole
    assert len(set(found)) == 4


async def test_what_is_gone_or_out_of_use_does_not_count(by: Call) -> None:
    here, there = await stock(by)
    await reported(by, (here, [NEW]))
    await by(MANAGER).post(
        f"/assets/{there['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    assert await titles(by, MANAGER) == [("7-Zip", 1)]


async def test_a_title_that_only_others_have_is_none(by: Call) -> None:
    there = await registered(by(MANAGER), school_urn=NEXT_DOOR.urn)
    await reported(by, (there, [NEW]))
    path = f"/titles/{await title_id(by)}"

    for actor in (TECHNICIAN, LEADER, STAFF):
        for each in (path, f"{path}/devices"):
            assert (await by(actor).get(each)).status_code == 404
    foreign = await by(MANAGER).get(path, params={"school": FAR_AWAY.urn})
    here = await by(MANAGER).get(path, params={"school": HERE.urn})
    assert (foreign.status_code, here.status_code) == (404, 404)
