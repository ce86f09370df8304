"""Lists of kit by the model that the catalogue knows it as, and under its name."""

from typing import Any

import httpx
import pytest

from chassis.auth import Actor
from chassis.testing.identities import at_la
from tests.inventory.catalogue.test_lifecycles import ENDED, written
from tests.inventory.catalogue.test_models import model_of, stock
from tests.inventory.world import (
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

FAR_MANAGER = at_la("la-manager", "941")
BOTH = at_la("la-manager", "940", "941")


async def tags(by: Call, actor: Actor, **asked: Any) -> list[str]:
    """List the tags, and see that the count says as many."""
    listed = await by(actor).get("/assets", params=asked)
    counted = await by(actor).get("/assets/count", params=asked)
    assert listed.status_code == counted.status_code == 200, listed.text
    found = [each["tag"] for each in listed.json()["items"]]
    assert counted.json() == {"count": len(found), "is_exact": True}
    return found


async def test_a_list_of_a_model_is_what_its_page_counts(by: Call) -> None:
    await stock(by)
    model = await model_of(by, MANAGER, "probook")
    asked = {"model_id": model["model_id"], "held": "true"}

    assert await tags(by, MANAGER, **asked) == ["P0", "P1", "Q"]
    assert model["devices"] == 3
    assert await tags(by, MANAGER, **asked, school=HERE.urn) == ["P0", "P1"]
    assert await tags(by, TECHNICIAN, **asked) == ["P0", "P1"]
    assert await tags(by, OTHER_TECHNICIAN, **asked) == ["Q"]
    assert await tags(by, FAR_MANAGER, **asked) == []
    assert await tags(by, STAFF, **asked) == []
    page = await by(MANAGER).get(f"/models/{model['model_id']}")
    assert [s["devices"] for s in page.json()["schools"]] == [
        len(await tags(by, MANAGER, **asked, school=urn))
        for urn in (HERE.urn, NEXT_DOOR.urn)
    ]


async def test_what_is_out_of_use_is_of_the_model_and_not_held(by: Call) -> None:
    await stock(by)
    model = await model_of(by, MANAGER, "probook")
    of_it = {"model_id": model["model_id"]}
    old = (await by(MANAGER).get("/assets", params={"q": "P0"})).json()["items"][0]
    path = f"/assets/{old['asset_id']}/retire"
    await by(MANAGER).post(path, headers={"if-match": f'"{old["version"]}"'})

    assert await tags(by, MANAGER, **of_it) == ["P0", "P1", "Q"]
    assert await tags(by, MANAGER, **of_it, held="true") == ["P1", "Q"]
    assert await tags(by, MANAGER, **of_it, held="false") == ["P0"]
    assert (await model_of(by, MANAGER, "probook"))["devices"] == 2


async def test_make_and_model_that_only_run_together_alike_are_two(by: Call) -> None:
    for tag, make, name in (("A", "Acme One", "2"), ("B", "Acme", "One 2")):
        await registered(by(TECHNICIAN), tag=tag, manufacturer=make, model=name)
    found = (await by(TECHNICIAN).get("/models")).json()["items"]

    listed = [await tags(by, TECHNICIAN, model_id=each["model_id"]) for each in found]

    assert sorted(listed) == [["A"], ["B"]]


async def test_what_was_merged_is_listed_under_either_id(by: Call) -> None:
    await stock(by)
    start = await model_of(by, MANAGER, "thinkpad")
    into = await model_of(by, MANAGER, "probook")
    body = {"kind": "model", "from_id": start["model_id"], "into_id": into["model_id"]}
    assert (await by(MANAGER).post("/merges", json=body)).status_code == 201

    for model in (start, into):
        found = await tags(by, MANAGER, model_id=model["model_id"])
        assert found == ["P0", "P1", "Q", "T"]
    told = (await by(MANAGER).get("/assets", params={"q": "thinkpad"})).json()["items"]
    assert [(t["model"], t["known"]["model"]) for t in told] == [
        ("ThinkPad L13", "ProBook 440 G9")
    ]


async def test_of_a_model_that_is_not_known_there_are_none(by: Call) -> None:
    await stock(by)

    assert (
        await tags(by, MANAGER, model_id="0189c1a2-0000-7000-8000-000000000001") == []
    )


async def test_one_las_model_brings_no_kit_of_another(by: Call) -> None:
    await registered(by(MANAGER))
    await registered(by(FAR_MANAGER), school_urn=FAR_AWAY.urn, tag="FAR")
    near = await model_of(by, MANAGER, "thinkpad")
    far = await model_of(by, FAR_MANAGER, "thinkpad")

    assert await tags(by, BOTH, model_id=near["model_id"]) == ["LT-0001"]
    assert await tags(by, BOTH, model_id=far["model_id"]) == ["FAR"]
    assert await tags(by, BOTH, model_id=far["model_id"], la_code="940") == []


async def test_a_list_says_what_the_catalogue_calls_kit_and_its_support(
    by: Call,
) -> None:
    await stock(by)
    model = await model_of(by, MANAGER, "probook")
    await written(by, MANAGER, model, ENDED)

    found: httpx.Response = await by(TECHNICIAN).get("/assets")

    known = [each["known"] for each in found.json()["items"]]
    assert known == 2 * [
        {
            "model_id": model["model_id"],
            "make": "HP",
            "model": "ProBook 440 G9",
            "supported_until": "2020-06-30",
            "support": "ended",
        }
    ]
    assert [each["manufacturer"] for each in found.json()["items"]] == [
        *("HP", "Hewlett-Packard")
    ]


async def test_kit_is_listed_by_how_the_support_of_its_model_stands(by: Call) -> None:
    await stock(by)
    await written(by, MANAGER, await model_of(by, MANAGER, "probook"), ENDED)

    assert await tags(by, MANAGER, support="ended") == ["P0", "P1", "Q"]
    assert await tags(by, MANAGER, support="unknown") == ["T"]
    assert await tags(by, MANAGER, support="supported") == []
    assert await tags(by, TECHNICIAN, support="ended", q="P1") == ["P1"]
    assert await tags(by, FAR_MANAGER, support="ended") == []


async def test_what_one_la_says_of_support_holds_in_no_other(by: Call) -> None:
    await registered(by(MANAGER))
    await registered(by(FAR_MANAGER), school_urn=FAR_AWAY.urn, tag="FAR")
    await written(by, MANAGER, await model_of(by, MANAGER, "thinkpad"), ENDED)

    assert await tags(by, BOTH, support="ended") == ["LT-0001"]
    assert await tags(by, BOTH, support="unknown") == ["FAR"]


@pytest.mark.parametrize(
    "asked",
    [{"model_id": "x"}, {"support": "gone"}, {"held": "perhaps"}, {"model_id": ""}],
)
async def test_what_is_no_such_filter_is_refused(
    by: Call, asked: dict[str, str]
) -> None:
    answer = await by(MANAGER).get("/assets", params=asked)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
