"""What kit costs to own, asked of the service, against a slow reference."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.auth import Actor
from inventory.costs.model import energy
from tests.inventory.stock.stocked import added, ago, came, used
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

PATH = "/costs"
MODELS = f"{PATH}/models"
LIVES = {"laptop": 4, "desktop": 5, "printer": 5}
AUTHORITY_PRICES = {date(2020, 4, 1): 15_000, date(2024, 4, 1): 27_350}
SCHOOL_PRICES = {date(2025, 9, 1): 22_500}


def holding(prices: dict[date, int], day: date) -> int | None:
    begun = [start for start in prices if start <= day]
    return prices[max(begun)] if begun else None


def factor(day: date) -> int:
    years = sorted(energy.GRAMS_PER_MWH)
    return energy.GRAMS_PER_MWH[min(max(day.year, years[0]), years[-1])]


def drawn(asset: dict[str, Any], today: date) -> tuple[float, float, float, bool]:
    """Go through an asset's days: kWh, pence, grams, and whether each is priced."""
    kwh = asset["details"].get("kwh_a_year", energy.KWH_A_YEAR[asset["category"]])
    day = date.fromisoformat(asset["purchased_on"])
    used, pence, grams, whole = 0.0, 0.0, 0.0, True
    while day < today:
        price = holding(AUTHORITY_PRICES, day)
        if asset["school_urn"] == HERE.urn:
            price = holding(SCHOOL_PRICES, day) or price
        used += kwh / 365.25
        pence += kwh / 365.25 * (price or 0) / 1000
        grams += kwh / 365.25 * factor(day) / 1000
        whole = whole and price is not None
        day += timedelta(1)
    return used, pence, grams, whole


async def prices(by: Call) -> None:
    for start, pence in AUTHORITY_PRICES.items():
        await said(by, start, pence, la_code="940")
    for start, pence in SCHOOL_PRICES.items():
        await said(by, start, pence, school_urn=HERE.urn)


async def said(by: Call, start: date, pence: int, **place: Any) -> None:
    body = {"starts_on": start.isoformat(), "pence_per_mwh": pence, **place}
    answer = await by(MANAGER).put("/tariffs", json=body)
    assert answer.status_code == 200, answer.text


async def bought(by: Call, rng: random.Random, nth: int) -> dict[str, Any]:
    day = date(rng.randrange(2017, 2027), rng.randrange(1, 11), 5).isoformat()
    category = rng.choice(list(LIVES))
    details = {"kwh_a_year": rng.randrange(1, 4_000) / 10} if rng.random() < 0.3 else {}
    return await registered(
        by(MANAGER),
        tag=f"T-{nth}",
        serial=f"S-{nth}",
        school_urn=rng.choice((HERE.urn, NEXT_DOOR.urn)),
        category=category,
        model=rng.choice(("One", "Two")),
        price_pence=rng.choice((None, rng.randrange(1, 200_000))),
        purchased_on=day,
        details=details,
    )


def close(told: float, *numbers: Iterable[float]) -> bool:
    [expected] = [sum(each) for each in numbers]
    return abs(told - expected) <= 1


async def test_it_sums_what_goes_through_day_by_day(by: Call) -> None:
    rng = random.Random(11)
    await prices(by)
    kept = [await bought(by, rng, nth) for nth in range(60)]

    for urn, asked in ((HERE.urn, {"school": HERE.urn}), (None, {"la_code": "940"})):
        told = (await by(MANAGER).get(PATH, params=asked)).json()
        today = date.fromisoformat(told["as_of"])
        ours = [a for a in kept if urn in {None, a["school_urn"]}]
        each = [drawn(a, today) for a in ours]
        cost = told["cost"]
        assert (cost["assets"], cost["repairs"]) == (len(ours), 0)
        assert cost["price_pence"] == sum(a["price_pence"] or 0 for a in ours)
        assert close(cost["kwh"], (kwh for kwh, *_ in each))
        assert close(cost["electricity_pence"], (pence for _, pence, *_ in each))
        assert close(cost["carbon_grams"], (grams for _, _, grams, _ in each))
        assert cost["is_electricity_priced"] == all(whole for *_, whole in each)
        assert cost["total_pence"] == cost["price_pence"] + cost["electricity_pence"]
        assert sum(k["cost"]["assets"] for k in told["by_category"]) == len(ours)
    models = (await by(MANAGER).get(MODELS, params={"la_code": "940"})).json()["items"]
    assert sum(m["cost"]["price_pence"] for m in models) == (
        sum(a["price_pence"] or 0 for a in kept)
    )
    totals = [m["cost"]["total_pence"] for m in models]
    assert totals == sorted(totals, reverse=True)


async def test_repairs_and_consumables_are_part_of_it(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, price_pence=48_000)
    path = f"/assets/{asset['asset_id']}"
    repair = {"fault": "Screen", "sent_on": ago(9), "is_under_warranty": False}
    sent = await client.post(f"{path}/repairs", json=repair)
    assert sent.status_code == 201, sent.text
    closing = {"returned_on": ago(2), "outcome": "repaired", "cost_pence": 4_500}
    back = await client.post(
        f"{path}/repairs/{sent.json()['repair_id']}/close",
        json={**closing, "status": "in-use"},
    )
    assert back.status_code == 200, back.text
    where = await added(client)
    await came(client, where, 5, 1_000)
    use = await used(client, where, 2, asset_id=asset["asset_id"])

    told = (await by(LEADER).get(f"{path}/cost")).json()

    cost = told["cost"]
    assert (cost["repairs"], cost["repairs_pence"]) == (1, 4_500)
    assert cost["consumables_pence"] == 2_000
    assert cost["total_pence"] == 48_000 + 4_500 + 2_000 + cost["electricity_pence"]
    assert (told["kwh_a_year"], told["is_measured"]) == (
        energy.KWH_A_YEAR["laptop"],
        False,
    )
    undone = await client.post(f"{where}/uses/{use['use_id']}/undo")
    assert undone.is_success, undone.text
    again = (await by(LEADER).get(f"{path}/cost")).json()["cost"]
    assert again["consumables_pence"] == 0


async def test_what_is_virtual_on_order_or_gone_is_not_summed(by: Call) -> None:
    await registered(by(TECHNICIAN), tag="ORDERED", status="ordered", price_pence=1)
    machine = await registered(by(TECHNICIAN), tag="VM", category="virtual-machine")

    told = (await by(TECHNICIAN).get(PATH)).json()
    of_machine = (
        await by(TECHNICIAN).get(f"/assets/{machine['asset_id']}/cost")
    ).json()

    assert (told["cost"]["assets"], told["by_category"]) == (0, [])
    assert (of_machine["cost"]["kwh"], of_machine["kwh_a_year"]) == (0, 0)


async def test_models_are_found_sorted_and_paged(by: Call) -> None:
    for nth in range(5):
        await registered(
            by(TECHNICIAN),
            tag=f"M-{nth}",
            serial=f"M-{nth}",
            model=f"Model {nth}",
            price_pence=1_000 * (nth + 1),
        )

    first = (await by(LEADER).get(MODELS, params={"sort": "name", "limit": 2})).json()
    rest = (
        await by(LEADER).get(
            MODELS, params={"sort": "name", "limit": 5, "after": first["next"]}
        )
    ).json()
    found = (await by(LEADER).get(MODELS, params={"q": "model 3"})).json()["items"]
    count = (await by(LEADER).get(f"{MODELS}/count", params={"q": "model"})).json()

    names = [each["model"] for each in (*first["items"], *rest["items"])]
    assert names == [f"Model {nth}" for nth in range(5)]
    assert [each["model"] for each in found] == ["Model 3"]
    assert count == {"count": 5, "is_exact": True}
    for sort in ("assets", "-assets", "total", "a_year", "-a_year", "running", "-name"):
        listed = await by(LEADER).get(MODELS, params={"sort": sort})
        assert len(listed.json()["items"]) == 5, listed.text


@pytest.mark.parametrize("actor", [OTHER_TECHNICIAN, STAFF])
async def test_nobody_reads_what_anothers_kit_cost(by: Call, actor: Actor) -> None:
    asset = await registered(by(TECHNICIAN), price_pence=48_000)
    await registered(by(MANAGER), tag="X", school_urn=NEXT_DOOR.urn, price_pence=7)

    one = await by(actor).get(f"/assets/{asset['asset_id']}/cost")
    of_school = await by(actor).get(PATH, params={"school": HERE.urn})
    whole = (await by(actor).get(PATH)).json()

    assert (one.status_code, of_school.status_code) == (404, 404)
    seen = 7 if actor is OTHER_TECHNICIAN else 0
    assert whole["cost"]["price_pence"] == seen


async def test_an_auditor_reads_the_las_and_no_other(by: Call) -> None:
    await registered(by(TECHNICIAN), price_pence=48_000)

    own = (await by(AUDITOR).get(PATH, params={"la_code": "940"})).json()
    other = (await by(AUDITOR).get(PATH, params={"la_code": "941"})).json()
    far = await by(AUDITOR).get(PATH, params={"school": FAR_AWAY.urn})

    assert (own["cost"]["price_pence"], other["cost"]["assets"]) == (48_000, 0)
    assert far.status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9900-01-01", "9999-12-31"])
async def test_from_a_slip_of_a_day_nothing_absurd_follows(by: Call, day: str) -> None:
    asset = await registered(by(TECHNICIAN), purchased_on=day, price_pence=100)
    await prices(by)

    told = await by(LEADER).get(f"/assets/{asset['asset_id']}/cost")

    assert told.status_code == 200, told.text
    assert told.json()["cost"]["years"] < 50
    assert (await by(LEADER).get(PATH)).status_code == 200
