"""Whether what devices report is covered, as it is asked over HTTP."""

from typing import Any

import httpx

from tests.inventory.licences.holding import bought, licence, of_authority
from tests.inventory.stock.stocked import ago
from tests.inventory.titles.test_titles import reported
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
    Known,
    at_la,
    registered,
)

PATH = "/licences/compliance"
ZIP = {"publisher": "Igor Pavlov", "name": "7-Zip"}
FOREIGN_MANAGER = at_la("la-manager", "941")


async def installed(by: Call, place: Known, devices: int, name: str = "7-Zip") -> None:
    """Report a title in two versions on each of so many devices of a school."""
    writer = by(MANAGER if place.la_code == "940" else FOREIGN_MANAGER)
    titles = [
        {"publisher": "Igor Pavlov", "name": f"{name} {version} (x64)"}
        for version in ("19.00", "21.07")
    ]
    kits = [
        await registered(writer, tag=f"{name} {n}", school_urn=place.urn, serial=None)
        for n in range(devices)
    ]
    if place.la_code == "940":
        await reported(by, *((kit, titles) for kit in kits))


async def standing(client: httpx.AsyncClient, **asked: Any) -> list[tuple[Any, ...]]:
    answer = await client.get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    count = (await client.get(f"{PATH}/count", params=asked | {"sort": ""})).json()
    assert count["count"] == sum(count["states"].values()) == len(items)
    return [
        (
            *(each["school_urn"], each["name"], each["state"], each["used"]),
            *(each["from_authority"], each["short_by"]),
        )
        for each in items
    ]


async def test_a_pool_is_drawn_on_for_what_schools_lack(by: Call) -> None:
    await installed(by, HERE, 3)
    await installed(by, NEXT_DOOR, 2)
    await bought(by(TECHNICIAN), licence(**ZIP, seats=2))
    await bought(by(MANAGER), of_authority(**ZIP, seats=2))
    here = (HERE.urn, "7-Zip", "covered", 3, 1, 0)
    next_door = (NEXT_DOOR.urn, "7-Zip", "covered", 2, 2, 0)
    pool = (None, "7-Zip", "short", 3, 0, 1)

    for reader in (MANAGER, AUDITOR):
        assert sorted(await standing(by(reader)), key=str) == sorted(
            [here, next_door, pool], key=str
        )
        assert await standing(by(reader), school=HERE.urn) == [here]
    assert await standing(by(TECHNICIAN)) == [here]
    assert await standing(by(LEADER), school=HERE.urn) == [here]
    assert await standing(by(OTHER_TECHNICIAN)) == [next_door]
    assert await standing(by(STAFF)) == []
    assert await standing(by(FOREIGN_MANAGER)) == []


async def test_a_school_is_not_told_what_others_hold(by: Call) -> None:
    await installed(by, HERE, 1)
    await installed(by, NEXT_DOOR, 1)
    await bought(by(OTHER_TECHNICIAN), licence(**ZIP, school_urn=NEXT_DOOR.urn))
    missing = (HERE.urn, "7-Zip", "unlicensed", 1, 0, 1)

    assert await standing(by(MANAGER), school=HERE.urn) == [missing]
    assert await standing(by(MANAGER), state="unlicensed") == [missing]
    assert await standing(by(TECHNICIAN)) == []


async def test_what_is_out_of_use_or_gone_does_not_count(by: Call) -> None:
    await installed(by, HERE, 3)
    await bought(by(TECHNICIAN), licence(**ZIP))
    client = by(TECHNICIAN)
    [retired, wiped, _] = (await client.get("/assets")).json()["items"]
    path = f"/assets/{retired['asset_id']}/retire"
    await client.post(path, headers={"if-match": f'"{retired["version"]}"'})

    assert await standing(client) == [(HERE.urn, "7-Zip", "covered", 2, 0, 0)]
    await reported(by, (wiped, []))
    assert await standing(client) == [(HERE.urn, "7-Zip", "covered", 1, 0, 0)]


async def test_another_la_has_its_own(by: Call) -> None:
    await installed(by, HERE, 1)
    far = of_authority(**ZIP, la_code=FAR_AWAY.la_code)
    await bought(by(FOREIGN_MANAGER), far)

    assert await standing(by(MANAGER)) == []
    assert await standing(by(FOREIGN_MANAGER)) == [(None, "7-Zip", "unused", 0, 0, 0)]


async def test_a_list_is_narrowed_sorted_and_paged(by: Call) -> None:
    client = by(MANAGER)
    await installed(by, HERE, 2, "Alpha")
    await installed(by, HERE, 1, "Beta")
    for name, more in {
        "Alpha": {"seats": 1, "ends_on": ago(-30)},
        "Beta": {"ends_on": ago(1)},
        "Gamma": {"ends_on": ago(-300)},
    }.items():
        await bought(client, licence(publisher="Igor Pavlov", name=name, **more))

    async def names(**asked: Any) -> str:
        found, after = "", ""
        while after is not None:
            more: dict[str, Any] = {"after": after} if after else {}
            page = await client.get(PATH, params={**asked, **more, "limit": 1})
            assert page.status_code == 200, page.text
            found += "".join(each["name"][0] for each in page.json()["items"])
            after = page.json()["next"]
        assert len(await standing(client, **asked)) == len(found)
        return found

    assert await names() == "ABG"
    assert await names(sort="-state") == "GBA"
    assert await names(sort="-name") == "GBA"
    assert await names(sort="-used") == "ABG"
    assert await names(sort="ends_on") == "BAG"
    assert await names(state="short") == "A"
    assert await names(state="ended") == "B"
    assert await names(state="unused") == "G"
    assert await names(ends="quarter") == "A"
    assert await names(ends="year") == "AG"
    assert await names(ends="past") == "B"
    assert await names(q="pavlov gam") == "G"
    assert await names(q="school") == "ABG"
    [alpha] = (await client.get(PATH, params={"q": "alpha"})).json()["items"]
    assert await names(title_id=alpha["title_id"]) == "A"
    assert (alpha["seats"], alpha["installed"], alpha["counted"]) == (1, 2, None)
