"""What kit is worth, asked of the service: of one asset, of a school, of an LA."""

import random
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from chassis.auth import Actor
from inventory.depreciation import model
from inventory.depreciation.model import Valued
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

PATH = "/depreciation"
LIVES = {"laptop": 4, "desktop": 5, "printer": 5}


async def test_an_assets_years_are_told(by: Call) -> None:
    asset = await registered(
        by(TECHNICIAN), price_pence=48_000, purchased_on="2024-04-09"
    )

    answer = await by(LEADER).get(f"/assets/{asset['asset_id']}{PATH}")

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [y["charge_pence"] for y in told["years"]] == [12_000] * 4
    assert (told["lacks"], told["expected_years"]) == ([], 4)
    academy = await by(LEADER).get(
        f"/assets/{asset['asset_id']}{PATH}", params={"year_begins": "september"}
    )
    assert [y["charge_pence"] for y in academy.json()["years"]] == [
        *(5_000, 12_000, 12_000, 12_000, 7_000)
    ]


async def test_the_policy_of_the_school_decides(by: Call) -> None:
    asset = await registered(
        by(TECHNICIAN), price_pence=48_000, purchased_on="2024-04-09"
    )
    await by(MANAGER).put(
        "/kinds/expected-life",
        json={"category": "laptop", "school_urn": HERE.urn, "years": 2},
    )

    told = (await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}{PATH}")).json()

    assert [y["charge_pence"] for y in told["years"]] == [24_000] * 2


async def test_what_a_school_has_is_summed_as_one_by_one(by: Call) -> None:
    rng = random.Random(7)
    kept = [await _bought(by, rng, nth) for nth in range(60)]

    for urn, params in (
        (HERE.urn, {"school": HERE.urn}),
        (None, {"la_code": "940"}),
        (None, {}),
    ):
        told = (await by(MANAGER).get(PATH, params=params)).json()
        today = date.fromisoformat(told["as_of"])
        ours = [a for a in kept if urn in {None, a["school_urn"]}]
        whole = [a for a in ours if a["price_pence"] and a["purchased_on"]]
        each = [model.schedule(_valued(a), today, "april") for a in whole]
        assert (told["assets"], told["valued"]) == (len(ours), len(whole))
        assert told["cost_pence"] == sum(a["price_pence"] for a in whole)
        assert told["book_value_pence"] == sum(s.book_value_pence or 0 for s in each)
        for year in told["years"]:
            charged = [
                y.charge_pence
                for s in each
                for y in s.years
                if y.begins.isoformat() == year["begins"]
            ]
            assert year["charge_pence"] == sum(charged)
        by_kind = {c["category"]: c for c in told["by_category"]}
        assert (
            sum(c["book_value_pence"] for c in by_kind.values())
            == (told["book_value_pence"])
        )
        assert by_kind["laptop"]["no_price"] == sum(
            a["category"] == "laptop" and a["price_pence"] is None for a in ours
        )


async def _bought(by: Call, rng: random.Random, nth: int) -> dict[str, Any]:
    day = date(rng.randrange(2018, 2027), rng.randrange(1, 13), 5).isoformat()
    return await registered(
        by(MANAGER),
        tag=f"T-{nth}",
        school_urn=rng.choice((HERE.urn, NEXT_DOOR.urn)),
        category=rng.choice(list(LIVES)),
        price_pence=rng.choice((None, *(rng.randrange(1, 200_000) for _ in "abc"))),
        purchased_on=rng.choice((None, day, day, day)),
    )


def _valued(asset: dict[str, Any]) -> Valued:
    return Valued(
        UUID(asset["asset_id"]),
        asset["price_pence"],
        date.fromisoformat(asset["purchased_on"]),
        LIVES[asset["category"]],
        asset["status"],
        None,
    )


async def test_what_is_gone_on_order_or_virtual_is_not_summed(by: Call) -> None:
    bought = {"price_pence": 48_000, "purchased_on": "2024-04-09"}
    await registered(by(TECHNICIAN), tag="ORDERED", status="ordered", **bought)
    await registered(by(TECHNICIAN), tag="VM", category="virtual-machine")
    gone = await registered(by(TECHNICIAN), tag="GONE", **bought)
    path = f"/assets/{gone['asset_id']}"
    version = {"if-match": f'"{gone["version"]}"'}
    retired = await by(TECHNICIAN).post(f"{path}/retire", headers=version)
    assert retired.status_code == 200, retired.text
    counted = (await by(TECHNICIAN).get(PATH)).json()
    version = {"if-match": f'"{retired.json()["version"]}"'}
    way = {"on": "2026-07-20", "method": "recycled"}
    left = await by(TECHNICIAN).post(f"{path}/dispose", json=way, headers=version)
    assert left.status_code == 200, left.text

    told = (await by(TECHNICIAN).get(PATH)).json()

    assert (counted["assets"], told["assets"]) == (1, 0)
    assert (told["cost_pence"], told["by_category"]) == (0, [])
    assert [y["charge_pence"] for y in told["years"]] == [0] * model.AHEAD
    sold = (await by(TECHNICIAN).get(f"{path}{PATH}")).json()
    assert sold["book_value_pence"] == 0
    assert sum(y["charge_pence"] + y["disposal_pence"] for y in sold["years"]) == 48_000


@pytest.mark.parametrize("day", ["0001-01-01", "9900-01-01", "9999-12-31"])
async def test_from_a_slip_of_a_day_nothing_follows(by: Call, day: str) -> None:
    told = {"purchased_on": day, "price_pence": 100, "warranty_until": day}
    asset = await registered(by(TECHNICIAN), **told)
    path = f"/assets/{asset['asset_id']}"
    longest = {"category": "laptop", "school_urn": HERE.urn, "years": 30}

    set_life = await by(TECHNICIAN).put("/kinds/expected-life", json=longest)

    assert set_life.status_code == 200, set_life.text
    one = (await by(TECHNICIAN).get(f"{path}{PATH}")).json()
    assert (one["lacks"], one["years"]) == (["purchase-date"], [])
    for where in ("/assets", path, "/estate", "/estate/kit", "/estate/today", PATH):
        answer = await by(TECHNICIAN).get(where, params={"school": HERE.urn})
        assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["assets"], found["valued"], found["cost_pence"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("actor", "params", "status"),
    [
        (AUDITOR, {"la_code": "940"}, 200),
        (STAFF, {"school": HERE.urn}, 404),
        (OTHER_TECHNICIAN, {"school": HERE.urn}, 404),
        (TECHNICIAN, {"school": FAR_AWAY.urn}, 404),
        (TECHNICIAN, {"year_begins": "july"}, 422),
        (TECHNICIAN, {"category": "spaceship"}, 422),
    ],
)
async def test_who_may_ask(
    by: Call, actor: Actor, params: dict[str, str | int], status: int
) -> None:
    asset = await registered(by(TECHNICIAN), price_pence=1, purchased_on="2024-04-09")

    answer = await by(actor).get(PATH, params=params)

    assert answer.status_code == status, answer.text
    if actor is OTHER_TECHNICIAN:
        one = await by(actor).get(f"/assets/{asset['asset_id']}{PATH}")
        assert one.status_code == 404
