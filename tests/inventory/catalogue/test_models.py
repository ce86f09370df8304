"""The catalogue: read off the kit of one's scope, with what the LA wrote down."""

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

WAYS = (("HP", "ProBook 440 G9"), ("Hewlett-Packard", "HP ProBook 440 G9"))


async def stock(by: Call) -> None:
    """Two ProBooks here in two spellings, one next door, and a ThinkPad next door."""
    for at, (make, model) in enumerate(WAYS):
        await registered(
            by(MANAGER),
            tag=f"P{at}",
            manufacturer=make,
            model=model,
            purchased_on=f"202{at + 2}-09-01",
        )
    next_door = {"school_urn": NEXT_DOOR.urn}
    await registered(
        by(MANAGER),
        tag="Q",
        manufacturer="HP Inc.",
        model="ProBook 440 G9",
        **next_door,
    )
    await registered(by(MANAGER), tag="T", **next_door)


async def models(by: Call, actor: Actor, **asked: Any) -> list[tuple[str, str, int]]:
    answer = await by(actor).get("/models", params=asked)
    assert answer.status_code == 200, answer.text
    return [(m["make"], m["model"], m["devices"]) for m in answer.json()["items"]]


async def model_of(by: Call, actor: Actor, q: str) -> dict[str, Any]:
    found = (await by(actor).get("/models", params={"q": q})).json()["items"]
    assert len(found) == 1, found
    return found[0]


async def test_each_counts_the_devices_of_their_own_scope(by: Call) -> None:
    await stock(by)

    probooks, thinkpad = ("HP", "ProBook 440 G9"), ("Lenovo", "ThinkPad L13", 1)

    assert await models(by, MANAGER) == [(*probooks, 3), thinkpad]
    assert await models(by, TECHNICIAN) == [(*probooks, 2)]
    assert await models(by, OTHER_TECHNICIAN) == [(*probooks, 1), thinkpad]
    assert await models(by, MANAGER, school=HERE.urn) == [(*probooks, 2)]
    assert await models(by, STAFF) == []


async def test_a_model_says_where_it_is_how_old_and_how_it_is_written(by: Call) -> None:
    await stock(by)
    model = await model_of(by, MANAGER, "probook")
    path = f"/models/{model['model_id']}"

    whole = (await by(MANAGER).get(path)).json()
    own = (await by(TECHNICIAN).get(path)).json()
    narrowed = (await by(MANAGER).get(path, params={"school": HERE.urn})).json()

    assert [(s["urn"], s["devices"]) for s in whole["schools"]] == [
        *((HERE.urn, 2), (NEXT_DOOR.urn, 1)),
    ]
    assert [(s["urn"], s["devices"]) for s in own["schools"]] == [(HERE.urn, 2)]
    assert own["schools"] == narrowed["schools"]
    assert [(y["bought_in"], y["devices"]) for y in own["years"]] == [
        *((2022, 1), (2023, 1)),
    ]
    assert {(s["manufacturer"], s["model"]) for s in own["spellings"]} == set(WAYS)
    assert (whole["oldest_on"], whole["newest_on"]) == ("2022-09-01", "2024-09-02")


async def test_what_is_out_of_use_does_not_count(by: Call) -> None:
    asset = await registered(by(TECHNICIAN))
    await by(TECHNICIAN).post(
        f"/assets/{asset['asset_id']}/retire", headers={"if-match": '"1"'}
    )

    assert await models(by, TECHNICIAN) == [("Lenovo", "ThinkPad L13", 0)]
    assert await models(by, TECHNICIAN, held="true") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "thinkpad lenovo"}, 1),
        ({"q": "hewlett"}, 1),
        ({"q": "nothing of the kind"}, 0),
        ({"category": "laptop"}, 2),
        ({"category": "tablet"}, 0),
        ({"support": "unknown"}, 2),
        ({"support": "ended"}, 0),
        ({"held": "false"}, 0),
        ({"la_code": "940"}, 2),
        ({"la_code": "941"}, 0),
        ({"make_id": "00000000-0000-0000-0000-000000000001"}, 0),
    ],
)
async def test_a_listing_is_narrowed(
    by: Call, asked: dict[str, str], found: int
) -> None:
    await stock(by)

    assert len(await models(by, MANAGER, **asked)) == found
    count = await by(MANAGER).get("/models/count", params=asked)
    assert count.json() == {"count": found, "is_exact": True}


@pytest.mark.parametrize(
    "sort",
    ["name", "-name", "devices", "-devices", "supported_until", "-supported_until"],
)
async def test_pages_join_to_the_whole_in_every_order(by: Call, sort: str) -> None:
    for at in range(7):
        await registered(by(TECHNICIAN), tag=f"A{at}", model=f"Model {at % 5}")
    whole = await models(by, TECHNICIAN, sort=sort)

    found: list[tuple[str, str, int]] = []
    asked: dict[str, Any] = {"sort": sort, "limit": 2}
    while True:
        page = (await by(TECHNICIAN).get("/models", params=asked)).json()
        found += [(m["make"], m["model"], m["devices"]) for m in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]

    assert found == whole
    assert len(set(found)) == 5


async def test_makes_count_their_models_and_devices(by: Call) -> None:
    await stock(by)

    answer = await by(MANAGER).get("/makes", params={"la_code": "940"})

    assert [(m["make"], m["models"], m["devices"]) for m in answer.json()["items"]] == [
        *(("HP", 1, 3), ("Lenovo", 1, 1)),
    ]
    make_id = answer.json()["items"][0]["make_id"]
    assert await models(by, MANAGER, make_id=make_id) == [("HP", "ProBook 440 G9", 3)]


async def test_the_longest_names_make_a_cursor_that_is_taken(by: Call) -> None:
    for at in range(2):
        await registered(
            by(TECHNICIAN),
            tag=f"L{at}",
            manufacturer="\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL W}" * 120,
            model=f"{at}" + "é" * 119,
        )

    first = (await by(TECHNICIAN).get("/models", params={"limit": 1})).json()
    second = await by(TECHNICIAN).get(
        "/models", params={"limit": 1, "after": first["next"]}
    )

    assert second.status_code == 200, second.text
    assert len(second.json()["items"]) == 1


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        *((MANAGER, 200), (AUDITOR, 200), (TECHNICIAN, 404), (LEADER, 404)),
        (STAFF, 404),
    ],
)
async def test_a_model_that_only_others_have_is_none(
    by: Call, actor: Actor, status: int
) -> None:
    await registered(by(MANAGER), school_urn=NEXT_DOOR.urn)
    model = await model_of(by, MANAGER, "thinkpad")

    answer = await by(actor).get(f"/models/{model['model_id']}")

    assert answer.status_code == status, answer.text


async def test_a_foreign_school_has_no_catalogue(by: Call) -> None:
    for path in ("/models", "/models/count", "/makes"):
        answer = await by(MANAGER).get(path, params={"school": FAR_AWAY.urn})
        assert answer.status_code == 404, path


async def test_an_asset_says_which_model_it_is_of(by: Call) -> None:
    await stock(by)
    asset = await registered(by(MANAGER), tag="X", manufacturer="HP", model="HP Z2")
    path = f"/assets/{asset['asset_id']}/model"

    told = (await by(TECHNICIAN).get(path)).json()

    assert (told["make"], told["model"], told["devices"]) == ("HP", "Z2", 1)
    assert (await by(OTHER_TECHNICIAN).get(path)).status_code == 404
    assert (await by(STAFF).get(path)).status_code == 404
