"""What left together, and whether its data was erased."""

from typing import Any
from uuid import uuid4

from chassis.auth import Actor
from tests.inventory.custody.test_issuing import slug
from tests.inventory.support.machines import FAR_MANAGER
from tests.inventory.wipes.test_wipes import wipe
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

PATH = "/disposals"
DAY = "2026-07-20"
NOTE = {"on": DAY, "method": "recycled", "reference": "WTN 17"}


async def gone(by: Call, actor: Actor = MANAGER, **told: Any) -> dict[str, Any]:
    """Let an asset leave; `left` says how."""
    left = told.pop("left", NOTE)
    client = by(actor)
    made = await registered(client, **{"tag": uuid4().hex[:12], "serial": None, **told})
    for version, (step, body) in enumerate([("retire", None), ("dispose", left)], 1):
        answer = await client.post(
            f"/assets/{made['asset_id']}/{step}",
            json=body,
            headers={"if-match": f'"{version}"'},
        )
        assert answer.status_code == 200, answer.text
    return made


async def erased(by: Call, *kit: dict[str, Any], **how: Any) -> None:
    ids = [each["asset_id"] for each in kit]
    answer = await by(MANAGER).post("/wipes", json=wipe(*ids, **how))
    assert answer.status_code == 201, answer.text


async def listed(by: Call, actor: Actor = TECHNICIAN, **asked: Any) -> list[Any]:
    answer = await by(actor).get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    counted = {k: v for k, v in asked.items() if k not in {"sort", "limit"}}
    count = await by(actor).get(f"{PATH}/count", params=counted)
    assert count.json() == {"count": len(found), "is_exact": True}
    return found


async def test_what_left_alike_is_one_and_what_left_otherwise_another(by: Call) -> None:
    for _ in range(2):
        await gone(by)
    await gone(by, left={**NOTE, "reference": "WTN 18"})
    await gone(by, left={**NOTE, "reference": None})
    await gone(by, left={**NOTE, "method": "sold"})
    await gone(by, left={**NOTE, "on": "2026-07-21"})
    await registered(by(MANAGER), tag=uuid4().hex[:12], serial=None)

    found = await listed(by)

    assert sorted(
        (each["disposed_on"], each["method"], each["reference"] or "", each["assets"])
        for each in found
    ) == [
        ("2026-07-20", "recycled", "", 1),
        ("2026-07-20", "recycled", "WTN 17", 2),
        ("2026-07-20", "recycled", "WTN 18", 1),
        ("2026-07-20", "sold", "WTN 17", 1),
        ("2026-07-21", "recycled", "WTN 17", 1),
    ]
    assert found[0]["disposed_on"] == "2026-07-21"
    assert [each["reference"] for each in await listed(by, q="wtn 18")] == ["WTN 18"]
    assert [each["method"] for each in await listed(by, method="sold")] == ["sold"]


async def test_it_says_of_how_many_the_data_was_erased(by: Call) -> None:
    done, unchecked, _, printer = (
        await gone(by),
        await gone(by),
        await gone(by, category="server"),
        await gone(by, category="printer"),
    )
    await erased(by, done, wiped_on="2026-07-01")
    await erased(by, unchecked, is_verified=False)
    await erased(by, printer)

    [found] = await listed(by)
    kit = (
        await by(TECHNICIAN).get(
            f"{PATH}/kit",
            params={
                "school": HERE.urn,
                "disposed_on": DAY,
                "method": "recycled",
                "reference": "WTN 17",
            },
        )
    ).json()["items"]

    assert (found["assets"], found["holding"], found["erased"]) == (4, 3, 1)
    assert {(each["category"], each["data"]) for each in kit} == {
        ("laptop", "erased"),
        ("laptop", "not-verified"),
        ("server", "not-erased"),
        ("printer", "erased"),
    }
    assert [each["tag"].lower() for each in kit] == sorted(
        each["tag"].lower() for each in kit
    )
    assert {each["waste_category"] for each in kit} == {3}


async def test_the_last_that_was_done_counts(by: Call) -> None:
    made = await gone(by)
    await erased(by, made, wiped_on="2026-07-01")
    await erased(by, made, wiped_on="2026-07-02", is_verified=False)

    [found] = await listed(by)

    assert (found["holding"], found["erased"]) == (1, 0)


async def test_its_kit_comes_page_by_page(by: Call) -> None:
    made = {(await gone(by))["tag"] for _ in range(5)}
    asked = {"school": HERE.urn, "disposed_on": DAY, "method": "recycled"}
    told = {**asked, "reference": "WTN 17", "limit": 2}
    found: list[str] = []
    after: str | None = None
    for _ in range(3):
        page = {**told, "after": after} if after else told
        answer = (await by(TECHNICIAN).get(f"{PATH}/kit", params=page)).json()
        found += [each["tag"] for each in answer["items"]]
        after = answer["next"]

    assert (set(found), len(found), after) == (made, 5, None)


async def test_none_sees_what_left_elsewhere(by: Call) -> None:
    await gone(by)
    await gone(by, school_urn=NEXT_DOOR.urn)
    await gone(by, FAR_MANAGER, school_urn=FAR_AWAY.urn)
    asked = {"disposed_on": DAY, "method": "recycled", "reference": "WTN 17"}

    def urns(found: list[Any]) -> list[int]:
        return sorted(each["school_urn"] for each in found)

    assert urns(await listed(by)) == [HERE.urn]
    assert urns(await listed(by, OTHER_TECHNICIAN)) == [NEXT_DOOR.urn]
    assert urns(await listed(by, MANAGER)) == [HERE.urn, NEXT_DOOR.urn]
    assert urns(await listed(by, FAR_MANAGER)) == [FAR_AWAY.urn]
    assert urns(await listed(by, LEADER, school=HERE.urn)) == [HERE.urn]
    assert await listed(by, STAFF) == []
    for actor in (OTHER_TECHNICIAN, FAR_MANAGER, STAFF):
        answer = await by(actor).get(
            f"{PATH}/kit", params={"school": HERE.urn, **asked}
        )
        assert answer.status_code == 404


async def test_nothing_that_left_so_is_not_found(by: Call) -> None:
    await gone(by)
    asked = {"school": HERE.urn, "disposed_on": DAY, "method": "recycled"}

    answer = await by(TECHNICIAN).get(f"{PATH}/kit", params=asked)

    assert slug(answer) == (404, "disposal-not-found")


async def test_what_is_reinstated_left_no_more(by: Call) -> None:
    made = await gone(by)
    answer = await by(TECHNICIAN).post(
        f"/assets/{made['asset_id']}/reinstate", headers={"if-match": '"3"'}
    )
    assert answer.status_code == 200, answer.text

    assert await listed(by) == []
