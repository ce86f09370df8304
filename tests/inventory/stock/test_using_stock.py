"""Stock comes in lines and goes by use, the oldest first, and never below nothing."""

import asyncio
import random
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.inventory.stock.reference import Slow
from tests.inventory.stock.stocked import added, ago, came, line, read, used
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)


async def test_what_is_used_costs_what_the_oldest_cost(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 2, 6_000, days=5)
    await came(client, where, 3, 5_000, days=20)

    first = await used(client, where, 2)
    second = await used(client, where, 2)

    assert (first["cost_pence"], second["cost_pence"]) == (10_000, 11_000)
    stands = await read(client, where)
    assert (stands["on_hand"], stands["value_pence"]) == (1, 6_000)
    lines = (await client.get(f"{where}/lines")).json()["items"]
    assert [each["remaining"] for each in lines] == [1, 0]
    uses = (await client.get(f"{where}/uses")).json()["items"]
    assert [each["use_id"] for each in uses] == [second["use_id"], first["use_id"]]


async def test_more_than_there_is_is_refused_with_what_is_true_now(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 2, 5_000)
    await client.post(f"{where}/lines", json=line(9, 5_000, 3, received_on=None))

    answer = await client.post(f"{where}/uses", json={"used_on": ago(0), "quantity": 3})

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"].endswith("#stock-short")
    assert (
        problem["detail"] == "3 are asked for, and 2 are there now: nothing was taken"
    )
    assert (problem["on_hand"], problem["asked"]) == (2, 3)
    stands = await read(client, where)
    assert (stands["on_hand"], stands["on_order"]) == (2, 9)


async def test_a_use_is_taken_back_by_an_entry_of_its_own(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 1, 5_000, days=20)
    await came(client, where, 1, 6_000)
    use = await used(client, where, 1, days=3, used_for="Room 12", note="Faded")

    back = await client.post(f"{where}/uses/{use['use_id']}/undo")

    assert back.status_code == 200, back.text
    assert (back.json()["quantity"], back.json()["cost_pence"]) == (-1, -5_000)
    assert back.json()["reverses"] == use["use_id"]
    uses = (await client.get(f"{where}/uses")).json()["items"]
    assert len(uses) == 2
    stays = use | {"reversed_by": back.json()["use_id"]}
    assert stays in uses
    stands = await read(client, where)
    assert (stands["on_hand"], stands["used"], stands["value_pence"]) == (2, 0, 11_000)
    assert (await used(client, where, 1))["cost_pence"] == 5_000
    for one in (use["use_id"], back.json()["use_id"]):
        twice = await client.post(f"{where}/uses/{one}/undo")
        assert twice.status_code == 409
        assert twice.json()["type"].endswith("#stock-use-undone")


async def test_what_was_ordered_comes_in_parts(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    ordered = await client.post(
        f"{where}/lines", json=line(10, 400, 30, received_on=None, supplier="KCS")
    )
    path = f"{where}/lines/{ordered.json()['line_id']}/receive"

    part = await client.post(path, json={"received_on": ago(9), "quantity": 6})

    assert part.status_code == 200, part.text
    stands = await read(client, where)
    assert (stands["on_hand"], stands["on_order"]) == (6, 4)
    lines = (await client.get(f"{where}/lines")).json()["items"]
    [rest] = [each for each in lines if each["received_on"] is None]
    assert (rest["quantity"], rest["supplier"]) == (4, "KCS")
    again = await client.post(path, json={"received_on": ago(9)})
    assert again.status_code == 409
    assert again.json()["type"].endswith("#stock-line-received")
    path = f"{where}/lines/{rest['line_id']}/receive"
    more = await client.post(path, json={"received_on": ago(1), "quantity": 5})
    assert more.status_code == 422
    assert more.json()["type"].endswith("#more-than-ordered")
    assert (await client.post(path, json={"received_on": ago(1)})).status_code == 200
    stands = await read(client, where)
    assert (stands["on_hand"], stands["on_order"]) == (10, 0)


async def test_a_line_is_cancelled_while_nothing_of_it_was_taken(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    wrong = await came(client, where, 7, 500)
    right = await came(client, where, 2, 500, days=2)
    use = await used(client, where, 1)

    drawn = await client.post(f"{where}/lines/{wrong['line_id']}/cancel")

    assert drawn.status_code == 409
    assert drawn.json()["type"].endswith("#stock-line-drawn")
    assert drawn.json()["taken"] == 1
    await client.post(f"{where}/uses/{use['use_id']}/undo")
    gone = await client.post(f"{where}/lines/{wrong['line_id']}/cancel")
    assert gone.status_code == 200, gone.text
    assert gone.json()["cancelled_at"]
    assert (await read(client, where))["on_hand"] == 2
    twice = await client.post(f"{where}/lines/{wrong['line_id']}/cancel")
    assert twice.json()["type"].endswith("#stock-line-cancelled")
    received = await client.post(
        f"{where}/lines/{wrong['line_id']}/receive", json={"received_on": ago(0)}
    )
    assert received.json()["type"].endswith("#stock-line-cancelled")
    assert right["remaining"] == 2


@pytest.mark.parametrize(
    ("counted", "value"), [(1, 6_000), (4, 16_000), (6, 28_000)], ids=str
)
async def test_stock_is_counted(by: Call, counted: int, value: int) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 2, 5_000, days=20)
    await came(client, where, 1, 6_000)
    seen = await read(client, where)
    body = {"counted_on": ago(0), "counted": counted, "note": "End of term"}
    path = f"{where}/stock-takes"

    stale = await client.post(path, json=body, headers={"if-match": '"1"'})
    told = await client.post(
        path, json=body, headers={"if-match": f'"{seen["version"]}"'}
    )

    assert stale.status_code == 412
    assert told.status_code == 200, told.text
    assert told.json()["on_hand"] == counted
    assert told.json()["counted_on"] == ago(0)
    # What was found counts at the price of the last order.
    assert told.json()["value_pence"] == (
        value if counted < 3 else 16_000 + (counted - 3) * 6_000
    )
    assert told.json()["used"] == 0


async def test_a_use_names_the_device_as_it_was(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 2, 5_000)
    kit = await registered(client, tag=uuid4().hex[:12], category="printer")

    use = await used(client, where, 1, asset_id=kit["asset_id"])

    assert use["asset_tag"] == kit["tag"]
    next_door = await registered(by(MANAGER), school_urn=NEXT_DOOR.urn)
    body = {"used_on": ago(0), "asset_id": next_door["asset_id"]}
    for caller in (client, by(MANAGER)):
        refused = await caller.post(f"{where}/uses", json=body)
        assert refused.status_code == 404
        assert refused.json()["type"].endswith("#asset-not-found")


async def test_a_repeat_takes_nothing_twice(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    key = {"idempotency-key": str(uuid4())}
    first = await client.post(f"{where}/lines", json=line(5, 100, 4), headers=key)
    again = await client.post(f"{where}/lines", json=line(5, 100, 4), headers=key)
    assert (first.json(), again.status_code) == (again.json(), 201)
    key = {"idempotency-key": str(uuid4())}
    body = {"used_on": ago(0), "quantity": 2}

    took = await client.post(f"{where}/uses", json=body, headers=key)
    once = await client.post(f"{where}/uses", json=body, headers=key)

    assert took.json() == once.json()
    assert (await read(client, where))["on_hand"] == 3


async def test_fifty_at_once_never_take_more_than_there_is(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 20, 100, days=9)
    await came(client, where, 17, 200, days=3)
    body = {"used_on": ago(0), "quantity": 1}

    async def take() -> httpx.Response:
        """Take one; who is told that too many ask at once asks again."""
        answer = await client.post(f"{where}/uses", json=body)
        return await take() if answer.status_code == 503 else answer

    answers = await asyncio.gather(*(take() for _ in range(50)))

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(201), statuses.count(409)) == (37, 13)
    costs = sorted(a.json()["cost_pence"] for a in answers if a.status_code == 201)
    assert costs == [100] * 20 + [200] * 17
    assert (await read(client, where))["on_hand"] == 0
    with psycopg.connect(rows.admin) as admin:
        left = admin.execute("SELECT min(remaining), sum(remaining) FROM stock_line")
        assert left.fetchone() == (0, 0)


@pytest.mark.parametrize("seed", range(6))
async def test_what_is_stored_is_what_the_slow_reference_says(
    by: Call, rows: ServiceDatabase, seed: int
) -> None:
    chance, slow, client = random.Random(seed), Slow(), by(TECHNICIAN)
    where = await added(client)
    uses: dict[int, str] = {}
    for number in range(30):
        kind = chance.choice(["came", "used", "used", "undone"])
        if kind == "came":
            days, many, price = (chance.randrange(n) for n in (9, 6, 999))
            await came(client, where, many + 1, price, days)
            slow.receive(number, -days, many + 1, price)
        elif kind == "used":
            many = chance.randrange(1, 7)
            expected = slow.use(number, many)
            body = {"used_on": ago(0), "quantity": many}
            answer = await client.post(f"{where}/uses", json=body)
            assert answer.status_code == (409 if expected is None else 201)
            if expected is not None:
                assert answer.json()["cost_pence"] == expected
                uses[number] = answer.json()["use_id"]
        elif uses:
            name = chance.choice(sorted(uses))
            answer = await client.post(f"{where}/uses/{uses.pop(name)}/undo")
            assert answer.json()["cost_pence"] == -slow.undo(name)
        stands = await read(client, where)
        assert (stands["on_hand"], stands["value_pence"]) == (
            len(slow.there),
            slow.value,
        )
    with psycopg.connect(rows.admin) as admin:
        sums = admin.execute(
            "SELECT (SELECT coalesce(sum(cost_pence), 0) FROM stock_use),"
            " (SELECT coalesce(sum(pence), 0) FROM stock_draw),"
            " (SELECT sum(quantity - remaining) FROM stock_line),"
            " (SELECT coalesce(sum(quantity), 0) FROM stock_draw)"
        ).fetchone()
    assert sums is not None
    assert sums[0] == sums[1]
    assert (sums[2] or 0) == sums[3]


@pytest.mark.parametrize(
    ("path", "wrong", "pointer"),
    [
        ("lines", {"ordered_on": ago(-9), "received_on": None}, "/ordered_on"),
        ("lines", {"received_on": ago(-9)}, "/received_on"),
        ("lines", {"received_on": ago(11)}, "/received_on"),
        ("lines", {"quantity": 0}, "/quantity"),
        ("lines", {"quantity": -2}, "/quantity"),
        ("lines", {"unit_price_pence": -1}, "/unit_price_pence"),
        ("lines", {"cfr_code": "E99"}, "/cfr_code"),
        ("uses", {"used_on": ago(-9)}, "/used_on"),
        ("uses", {"quantity": 0}, "/quantity"),
    ],
)
async def test_what_cannot_be_is_pointed_at(
    by: Call, path: str, wrong: dict[str, Any], pointer: str
) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    bodies = {"lines": line(1, 100, 10), "uses": {"used_on": ago(0), "quantity": 1}}

    answer = await client.post(f"{where}/{path}", json=bodies[path] | wrong)

    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("actor", "reads", "writes"),
    [
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (STAFF, 404, 404),
        (OTHER_TECHNICIAN, 404, 404),
    ],
)
async def test_who_may_read_and_take(
    by: Call, actor: Actor, reads: int, writes: int
) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    came_in = await came(client, where, 5, 100)
    use = await used(client, where, 1)
    caller = by(actor)

    for path in ("", "/lines", "/uses"):
        assert (await caller.get(f"{where}{path}")).status_code == reads
    bodies: dict[str, dict[str, Any] | None] = {
        "/lines": line(1, 1, 1),
        "/uses": {"used_on": ago(0)},
        f"/lines/{came_in['line_id']}/receive": {"received_on": ago(0)},
        f"/lines/{came_in['line_id']}/cancel": None,
        f"/uses/{use['use_id']}/undo": None,
        "/stock-takes": {"counted_on": ago(0), "counted": 1, "note": "x"},
    }
    for path, body in bodies.items():
        answer = await caller.post(
            f"{where}{path}", json=body, headers={"if-match": '"1"'}
        )
        assert answer.status_code == writes, path


async def test_it_goes_with_its_school_to_another_la(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await came(client, where, 3, 100)
    use = await used(client, where, 2)
    await client.post(f"{where}/uses/{use['use_id']}/undo")

    with psycopg.connect(rows.admin) as admin:
        admin.execute(
            "UPDATE school SET la_code = %s WHERE urn = 900001", [FAR_AWAY.la_code]
        )
        for table in ("consumable", "stock_line", "stock_use", "stock_draw"):
            query = sql.SQL("SELECT DISTINCT la_code FROM {}")
            found = admin.execute(query.format(sql.Identifier(table)))
            assert found.fetchall() == [(FAR_AWAY.la_code,)]

    assert (await used(client, where, 3))["cost_pence"] == 300
