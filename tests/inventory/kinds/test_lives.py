"""How long kit is expected to last: by custom, by the LA's policy, by the school's."""

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

LIFE = "/kinds/expected-life"


async def years(by: Call, urn: int) -> tuple[object, ...]:
    answer = await by(MANAGER).get("/kinds", params={"school": urn})
    [laptop] = [k for k in answer.json()["items"] if k["category"] == "laptop"]
    return tuple(
        laptop[f"{name}_years"] for name in ("usual", "authority", "school", "expected")
    )


async def test_the_schools_policy_goes_before_the_las_and_custom_is_last(
    by: Call,
) -> None:
    laptop = {"category": "laptop"}
    assert await years(by, HERE.urn) == (4, None, None, 4)

    of_la = await by(MANAGER).put(LIFE, json={**laptop, "la_code": "940", "years": 5})
    of_school = await by(LEADER).put(
        LIFE, json={**laptop, "school_urn": HERE.urn, "years": 3}
    )

    assert (of_la.status_code, of_school.status_code) == (200, 200), of_la.text
    assert await years(by, HERE.urn) == (4, 5, 3, 3)
    assert await years(by, NEXT_DOOR.urn) == (4, 5, None, 5)

    for body in ({"school_urn": HERE.urn}, {"la_code": "940"}):
        gone = await by(MANAGER).put(LIFE, json={**laptop, **body, "years": None})
        assert gone.status_code == 200, gone.text
    assert await years(by, HERE.urn) == (4, None, None, 4)


async def test_an_asset_says_when_it_should_be_replaced_by_the_policy(
    by: Call,
) -> None:
    asset = await registered(by(TECHNICIAN), purchased_on="2024-02-29")
    assert asset["replace_on"] == "2028-02-29"

    await by(MANAGER).put(
        LIFE, json={"category": "laptop", "la_code": "940", "years": 5}
    )

    told = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}")
    assert (told.json()["expected_years"], told.json()["replace_on"]) == (
        *(5, "2029-02-28"),
    )


@pytest.mark.parametrize(
    ("actor", "place", "status"),
    [
        (TECHNICIAN, {"school_urn": HERE.urn}, 200),
        (LEADER, {"school_urn": HERE.urn}, 200),
        (STAFF, {"school_urn": HERE.urn}, 403),
        (AUDITOR, {"school_urn": HERE.urn}, 403),
        (AUDITOR, {"la_code": "940"}, 403),
        (TECHNICIAN, {"la_code": "940"}, 404),
        (OTHER_TECHNICIAN, {"school_urn": HERE.urn}, 404),
        (MANAGER, {"school_urn": FAR_AWAY.urn}, 404),
        (MANAGER, {"la_code": "941"}, 404),
        (MANAGER, {"la_code": "940", "school_urn": HERE.urn}, 422),
        (MANAGER, {}, 422),
    ],
)
async def test_who_may_say_how_long_kit_lasts(
    by: Call, actor: Actor, place: dict[str, object], status: int
) -> None:
    body = {"category": "laptop", "years": 6, **place}

    answer = await by(actor).put(LIFE, json=body)

    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("wrong", [0, 31, 4.5, "4"])
async def test_years_are_whole_and_within_reason(by: Call, wrong: object) -> None:
    body = {"category": "laptop", "la_code": "940", "years": wrong}

    answer = await by(MANAGER).put(LIFE, json=body)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/years"]
