"""What an LA knows of suppliers, and how lines that name one tell of it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.auth import Actor
from tests.inventory.circuits.lines import added, where
from tests.inventory.stock.stocked import ago
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    at_la,
)

FOREIGN_MANAGER = at_la("la-manager", "941")


def supplier(**changes: Any) -> dict[str, Any]:
    name = f"Zen {uuid4().hex[:8]}"
    return {"la_code": HERE.la_code, "name": name, **changes}


async def known(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/suppliers", json=supplier(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def at(told: dict[str, Any]) -> str:
    return f"/suppliers/{told['supplier_id']}"


async def test_it_is_written_down_read_and_changed(by: Call) -> None:
    client = by(MANAGER)
    made = await known(client, desk_phone="0370 000 2288", ends_on="2027-08-31")
    assert (await by(TECHNICIAN).get(at(made))).json() == made

    changed = await client.patch(
        at(made), json={"account_number": "A 7"}, headers={"if-match": '"1"'}
    )
    stale = await client.patch(
        at(made), json={"account_number": "A 8"}, headers={"if-match": '"1"'}
    )

    assert changed.status_code == 200, changed.text
    assert (changed.json()["account_number"], changed.json()["version"]) == ("A 7", 2)
    assert stale.status_code == 412


async def test_a_name_is_one_suppliers_alone(by: Call) -> None:
    client = by(MANAGER)
    made, other = await known(client), await known(client)

    again = await client.post("/suppliers", json=supplier(name=made["name"].upper()))
    renamed = await client.patch(
        at(other), json={"name": made["name"]}, headers={"if-match": '"1"'}
    )

    for refused in (again, renamed):
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("#supplier-name-taken")


async def test_days_of_a_contract_are_in_order(by: Call) -> None:
    body = supplier(starts_on="2026-09-02", ends_on="2026-09-01")

    answer = await by(MANAGER).post("/suppliers", json=body)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/starts_on"]


async def test_a_line_tells_the_desk_of_whom_it_names(by: Call) -> None:
    made = await known(by(MANAGER), desk_phone="0370", account_number="A 7")
    client = by(TECHNICIAN)
    line = await added(client, provider=made["name"].upper(), monthly_pence=40_000)
    other = await added(client, provider=f"{made['name']} Ltd")
    gone = await added(client, provider=made["name"])
    await client.post(
        where(gone, "/state"),
        json={"state": "ceased", "on": ago(1)},
        headers={"if-match": '"1"'},
    )

    told = (await client.get(where(line))).json()

    assert (told["supplier_id"], told["desk_phone"], told["account_number"]) == (
        *(made["supplier_id"], "0370", "A 7"),
    )
    assert (await client.get(where(other))).json()["supplier_id"] is None
    summed = (await client.get(at(made))).json()
    assert (summed["circuits"], summed["monthly_pence"]) == (1, 40_000)


@pytest.mark.parametrize(
    ("actor", "adding", "changing"),
    [
        (TECHNICIAN, 404, 403),
        (LEADER, 404, 403),
        (AUDITOR, 403, 403),
        (STAFF, 404, 404),
        (FOREIGN_MANAGER, 404, 404),
    ],
)
async def test_an_las_manager_alone_writes(
    by: Call, actor: Actor, adding: int, changing: int
) -> None:
    made = await known(by(MANAGER))

    one = await by(actor).post("/suppliers", json=supplier())
    two = await by(actor).patch(
        at(made), json={"website": "x"}, headers={"if-match": '"1"'}
    )

    assert (one.status_code, two.status_code) == (adding, changing)


async def test_another_las_supplier_is_not_there(by: Call) -> None:
    made = await known(by(MANAGER))

    found = await by(FOREIGN_MANAGER).get(at(made))
    listed = await by(FOREIGN_MANAGER).get("/suppliers")

    assert found.status_code == 404
    assert listed.json()["items"] == []
    assert (await by(OTHER_TECHNICIAN).get("/suppliers")).status_code == 200


async def test_a_list_is_narrowed_and_sorted(by: Call) -> None:
    client = by(MANAGER)
    await known(client, name="Alpha", ends_on=ago(-200), account_number="77")
    await known(client, name="Beta", ends_on=ago(-20))
    await known(client, name="Gamma", ends_on=ago(2))
    await known(client, name="Delta")
    await added(by(TECHNICIAN), provider="Delta", monthly_pence=5)

    async def names(**params: Any) -> list[str]:
        asked = {"la_code": HERE.la_code, **params}
        answer = await client.get("/suppliers", params=asked)
        assert answer.status_code == 200, answer.text
        count = await client.get("/suppliers/count", params=asked | {"sort": ""})
        assert count.json()["count"] == len(answer.json()["items"])
        return [each["name"] for each in answer.json()["items"]]

    assert await names() == ["Alpha", "Beta", "Delta", "Gamma"]
    assert await names(sort="ends_on") == ["Gamma", "Beta", "Alpha", "Delta"]
    assert (await names(sort="-monthly"))[0] == "Delta"
    assert await names(ends="quarter") == ["Beta"]
    assert await names(ends="year") == ["Alpha", "Beta"]
    assert await names(ends="past") == ["Gamma"]
    assert await names(q="77") == ["Alpha"]
