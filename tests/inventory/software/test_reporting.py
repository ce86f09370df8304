"""Software on kit: told in bulk, counted by title, and gone with its asset."""

from typing import Any

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
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

PATH = "/software/bulk"
WRITER = {"publisher": "The Document Foundation", "name": "LibreOffice"}
BROWSER = {"publisher": "Mozilla", "name": "Firefox", "version": "140.5"}


def told(*assets: tuple[dict[str, Any], list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        "items": [
            {"asset_id": asset["asset_id"], "titles": titles}
            for asset, titles in assets
        ]
    }


async def titles(by: Call, actor: Actor, query: str = "") -> list[tuple[Any, ...]]:
    answer = await by(actor).get(f"/software?{query}")
    assert answer.status_code == 200, answer.text
    return [(t["name"], t["version"], t["devices"]) for t in answer.json()["items"]]


async def test_devices_are_counted_by_title_and_version(by: Call) -> None:
    one = await registered(by(MANAGER), tag="A")
    two = await registered(by(MANAGER), tag="B", school_urn=NEXT_DOOR.urn)
    sent = told((one, [WRITER, BROWSER, BROWSER]), (two, [BROWSER]))

    answer = await by(MANAGER).post(PATH, json=sent)

    assert answer.status_code == 201, answer.text
    assert answer.json() == {"assets": 2, "titles": 3}
    assert await titles(by, MANAGER) == [
        ("Firefox", "140.5", 2),
        ("LibreOffice", None, 1),
    ]
    here = f"school={HERE.urn}"
    assert await titles(by, MANAGER, f"{here}&q=mozilla") == [("Firefox", "140.5", 1)]


async def test_pages_join_to_the_whole(by: Call) -> None:
    one = await registered(by(TECHNICIAN))
    many = [
        {"publisher": "P", "name": name, "version": version}
        for name in ("b", "A", "C", "a")
        for version in (None, "1", "2")
    ]
    await by(TECHNICIAN).post(PATH, json=told((one, many)))

    for path in ("/software", f"/assets/{one['asset_id']}/software"):
        found: list[tuple[str, str | None]] = []
        after: dict[str, str] = {}
        while True:
            page = await by(TECHNICIAN).get(path, params={"limit": 5} | after)
            found += [(t["name"], t["version"]) for t in page.json()["items"]]
            if page.json()["next"] is None:
                break
            after = {"after": page.json()["next"]}
        assert len(found) == len(set(found)) == 12
        assert [name.lower() for name, _ in found] == [*"aaaaaabbbccc"]


async def test_a_new_list_takes_the_place_of_the_old(by: Call) -> None:
    one = await registered(by(TECHNICIAN), tag="A")
    two = await registered(by(TECHNICIAN), tag="B")
    client = by(TECHNICIAN)
    await client.post(PATH, json=told((one, [WRITER, BROWSER]), (two, [BROWSER])))

    await client.post(PATH, json=told((one, [WRITER])))

    installed = await client.get(f"/assets/{one['asset_id']}/software")
    assert [t["name"] for t in installed.json()["items"]] == ["LibreOffice"]
    assert await titles(by, TECHNICIAN, f"school={HERE.urn}") == [
        ("Firefox", "140.5", 1),
        ("LibreOffice", None, 1),
    ]


async def test_what_is_on_retired_kit_is_no_device(by: Call) -> None:
    one = await registered(by(TECHNICIAN))
    await by(TECHNICIAN).post(PATH, json=told((one, [BROWSER])))
    await by(TECHNICIAN).post(
        f"/assets/{one['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    again = await by(TECHNICIAN).post(PATH, json=told((one, [BROWSER])))

    assert await titles(by, TECHNICIAN) == []
    assert again.status_code == 409
    assert [e["pointer"] for e in again.json()["errors"]] == ["/items/0/asset_id"]


async def test_software_goes_with_its_asset_to_another_school(
    by: Call, rows: ServiceDatabase
) -> None:
    one = await registered(by(MANAGER))
    await by(MANAGER).post(PATH, json=told((one, [BROWSER])))

    moved = await by(MANAGER).post(
        f"/assets/{one['asset_id']}/move",
        json={"school_urn": NEXT_DOOR.urn},
        headers={"if-match": '"1"'},
    )

    assert moved.status_code == 200, moved.text
    assert await titles(by, TECHNICIAN) == []
    assert await titles(by, OTHER_TECHNICIAN) == [("Firefox", "140.5", 1)]
    with psycopg.connect(rows.admin) as admin:
        held = admin.execute("SELECT school_id FROM software_install").fetchall()
    assert held == [(NEXT_DOOR.school_id,)]


@pytest.mark.parametrize(
    ("actor", "status"),
    [(TECHNICIAN, 201), (LEADER, 403), (AUDITOR, 403), (STAFF, 404)],
)
async def test_who_may_say_what_is_installed(
    by: Call, actor: Actor, status: int
) -> None:
    one = await registered(by(TECHNICIAN))

    answer = await by(actor).post(PATH, json=told((one, [BROWSER])))

    assert answer.status_code == status


async def test_a_foreign_asset_refuses_them_all(by: Call) -> None:
    one = await registered(by(TECHNICIAN))
    other = await registered(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)

    answer = await by(TECHNICIAN).post(
        PATH, json=told((one, [BROWSER]), (other, [BROWSER]))
    )

    assert answer.status_code == 404
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/items/1/asset_id"]
    assert await titles(by, TECHNICIAN) == []


async def test_an_asset_named_twice_is_refused(by: Call) -> None:
    one = await registered(by(TECHNICIAN))

    answer = await by(TECHNICIAN).post(PATH, json=told((one, [WRITER]), (one, [])))

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#asset-named-twice")
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/items/1/asset_id"]


@pytest.mark.parametrize(
    ("actor", "urn", "status"),
    [
        (TECHNICIAN, HERE.urn, 200),
        (LEADER, HERE.urn, 200),
        (STAFF, HERE.urn, 403),
        (TECHNICIAN, NEXT_DOOR.urn, 404),
        (MANAGER, FAR_AWAY.urn, 404),
        (MANAGER, 999999, 404),
    ],
)
async def test_who_may_count_where(
    by: Call, actor: Actor, urn: int, status: int
) -> None:
    answer = await by(actor).get("/software", params={"school": urn})

    assert answer.status_code == status
