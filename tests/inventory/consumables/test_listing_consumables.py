"""What schools use up: added, changed, listed as it stands, and the next order."""

from typing import Any
from uuid import uuid4

import pytest

from chassis.auth import Actor
from tests.inventory.stock.stocked import added, ago, came, line, read, toner, used
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
)


async def test_it_is_added_read_and_changed(by: Call) -> None:
    client = by(TECHNICIAN)
    answer = await client.post("/consumables", json=toner(site="Upper", minimum=2))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    where = f"/consumables/{made['consumable_id']}"
    assert answer.headers["location"].endswith(where)
    assert (await client.get(where)).json() == made
    assert (made["on_hand"], made["forecast"]["basis"]) == (0, "none")

    stale = await client.patch(where, json={"minimum": 4}, headers={"if-match": '"9"'})
    changed = await client.patch(
        where, json={"minimum": 4, "fits": ["A", "B"]}, headers={"if-match": '"1"'}
    )

    assert stale.status_code == 412
    assert changed.status_code == 200, changed.text
    assert (changed.json()["minimum"], changed.json()["fits"]) == (4, ["A", "B"])
    assert changed.json()["version"] == 2


async def test_a_name_is_taken_once_at_each_site(by: Call) -> None:
    client, name = by(TECHNICIAN), f"Lamp {uuid4().hex[:6]}"
    first = await client.post("/consumables", json=toner(name=name))

    again = await client.post("/consumables", json=toner(name=name.upper()))
    there = await client.post("/consumables", json=toner(name=name, site="Lower"))

    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["type"].endswith("#consumable-name-taken")
    assert there.status_code == 201
    where = f"/consumables/{there.json()['consumable_id']}"
    moved = await client.patch(where, json={"site": None}, headers={"if-match": '"1"'})
    assert moved.json()["type"].endswith("#consumable-name-taken")


async def test_a_list_is_narrowed_sorted_and_paged(by: Call) -> None:
    client = by(TECHNICIAN)
    one = await added(client, name="Alpha lamp", category="lamp", fits=["EB-W49"])
    two = await added(client, name="Beta tape", category="tape", minimum=3)
    await added(client, name="Gamma toner")
    await came(client, one, 9, 8_000)
    await came(client, two, 2, 500)

    async def names(**params: Any) -> list[str]:
        asked = {"school": HERE.urn, **params}
        found, after = list[str](), ""
        while after is not None:
            more = {"after": after} if after else {}
            page = await client.get(
                "/consumables", params={**asked, **more, "limit": 2}
            )
            assert page.status_code == 200, page.text
            found += [each["name"] for each in page.json()["items"]]
            after = page.json()["next"]
        count = await client.get("/consumables/count", params=asked | {"sort": ""})
        assert count.json()["count"] == len(found)
        return found

    assert await names() == ["Alpha lamp", "Beta tape", "Gamma toner"]
    assert await names(sort="-name") == ["Gamma toner", "Beta tape", "Alpha lamp"]
    assert await names(sort="-value") == ["Alpha lamp", "Beta tape", "Gamma toner"]
    assert await names(sort="on_hand") == ["Gamma toner", "Beta tape", "Alpha lamp"]
    assert await names(sort="runs_out_on") == ["Gamma toner", "Alpha lamp", "Beta tape"]
    assert await names(state="order-now") == ["Beta tape"]
    assert await names(state="out") == ["Gamma toner"]
    assert await names(category="lamp") == ["Alpha lamp"]
    assert await names(q="w49 alpha") == ["Alpha lamp"]
    assert await names(q="100%") == []


async def test_the_next_order_says_what_is_due(by: Call) -> None:
    client = by(TECHNICIAN)
    due = await added(client, name="Due", minimum=2, lead_time_days=14)
    await added(client, name="Never came", minimum=0)
    plenty = await added(client, name="Plenty")
    await client.post(f"{due}/lines", json=line(40, 5_000, 400, supplier="KCS"))
    await came(client, plenty, 30, 100)
    await used(client, due, 38, days=100)

    answer = await client.get(
        "/consumables/next-order", params={"school": HERE.urn, "months": 2}
    )

    assert answer.status_code == 200, answer.text
    told = answer.json()
    [only] = told["items"]
    # 38 in a year: 7.6 in two of ten months, 1.5 in two weeks, and 2 that stay.
    sums = ("months_use", "lead_time_use", "minimum", "on_hand", "quantity")
    assert [only[name] for name in sums] == [8, 2, 2, 2, 10]
    assert (only["supplier"], told["cost_pence"]) == ("KCS", 50_000)


async def test_what_was_used_long_ago_is_no_rate(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 40, 100, days=800)
    await used(client, where, 5, days=365)
    await used(client, where, 3, days=364)

    assert (await read(client, where))["used"] == 3


@pytest.mark.parametrize(
    ("actor", "reads", "writes"),
    [
        (MANAGER, 200, 201),
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (STAFF, 404, 403),
        (OTHER_TECHNICIAN, 404, 404),
    ],
)
async def test_who_may_list_and_add(
    by: Call, actor: Actor, reads: int, writes: int
) -> None:
    await added(by(TECHNICIAN))
    asked = {"school": HERE.urn}

    for path in ("/consumables", "/consumables/count", "/consumables/next-order"):
        assert (await by(actor).get(path, params=asked)).status_code == reads
    assert (await by(actor).post("/consumables", json=toner())).status_code == writes


async def test_an_la_sees_the_schools_of_its_own(by: Call) -> None:
    await added(by(TECHNICIAN), name="Here")
    await added(by(OTHER_TECHNICIAN), name="There", school_urn=NEXT_DOOR.urn)

    found = (await by(MANAGER).get("/consumables", params={"la_code": "940"})).json()
    other = (await by(MANAGER).get("/consumables", params={"la_code": "941"})).json()

    assert [each["name"] for each in found["items"]] == ["Here", "There"]
    assert other["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"category": "paper"}, "/category"),
        ({"minimum": -1}, "/minimum"),
        ({"lead_time_days": 366}, "/lead_time_days"),
        ({"fits": [""]}, "/fits/0"),
        ({"name": " "}, "/name"),
        ({"on_hand": 7}, "/on_hand"),
    ],
)
async def test_what_cannot_be_said_of_one_is_pointed_at(
    by: Call, wrong: dict[str, Any], pointer: str
) -> None:
    answer = await by(TECHNICIAN).post("/consumables", json=toner(**wrong))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


async def test_a_far_day_is_read_and_reckoned_with(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    ancient = {"ordered_on": "0001-01-01", "received_on": "0001-01-01"}

    answer = await client.post(f"{where}/lines", json=line(3, 100, 0, **ancient))

    assert answer.status_code == 201, answer.text
    assert (await read(client, where))["forecast"]["basis"] == "year"
    assert ago(0) > "0001-01-01"
