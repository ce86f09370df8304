"""What consumables cost, month by month and school by school."""

from datetime import date
from typing import Any

import pytest

from chassis.auth import Actor
from inventory.spending import model
from inventory.spending.model import Month
from tests.inventory.stock.stocked import added, ago, came, line, today, used
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


@pytest.mark.parametrize(
    ("day", "months", "since"),
    [
        (date(2026, 11, 29), 1, date(2026, 11, 1)),
        (date(2026, 11, 29), 12, date(2025, 12, 1)),
        (date(2026, 1, 31), 2, date(2025, 12, 1)),
        (date(2026, 12, 1), 12, date(2026, 1, 1)),
        (date(2026, 12, 1), 13, date(2025, 12, 1)),
    ],
)
def test_when_the_months_begin(day: date, months: int, since: date) -> None:
    assert model.first_month(day, months) == since


def test_a_month_in_which_nothing_moved_is_there() -> None:
    moved = Month(date(2026, 1, 1), 1, 2, 3, 4)

    found = model.every_month([moved], date(2025, 12, 1), 3)

    assert found == [
        Month(date(2025, 12, 1), 0, 0, 0, 0),
        moved,
        Month(date(2026, 2, 1), 0, 0, 0, 0),
    ]


async def spend(by: Call, actor: Actor = TECHNICIAN, **asked: Any) -> dict[str, Any]:
    answer = await by(actor).get("/consumables/spend", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def totals(told: dict[str, Any]) -> tuple[int, int, int, int]:
    names = ("ordered_pence", "received_pence", "used_pence", "lost_pence")
    sums = [sum(month[name] for month in told["months"]) for name in names]
    return sums[0], sums[1], sums[2], sums[3]


async def test_each_kind_is_summed_in_its_month(by: Call) -> None:
    client = by(TECHNICIAN)
    where = await added(client)
    await client.post(
        f"{where}/lines", json=line(4, 1_000, 0, ordered_on=ago(40), received_on=ago(0))
    )
    await client.post(f"{where}/lines", json=line(9, 500, 0, received_on=None))
    gone = await came(client, where, 3, 700, days=0)
    await client.post(f"{where}/lines/{gone['line_id']}/cancel")
    await used(client, where, 2)
    back = await used(client, where, 1, days=40)
    await client.post(f"{where}/uses/{back['use_id']}/undo")
    seen = (await client.get(where)).json()
    await client.post(
        f"{where}/stock-takes",
        json={"counted_on": ago(0), "counted": 1, "note": "Gone"},
        headers={"if-match": f'"{seen["version"]}"'},
    )

    told = await spend(by, school=HERE.urn, months=12)

    assert totals(told) == (8_500, 4_000, 2_000, 1_000)
    assert len(told["months"]) == 12
    last = told["months"][-1]
    assert last["month"] == today().replace(day=1).isoformat()
    assert (last["ordered_pence"], last["received_pence"]) == (4_500, 4_000)
    [school] = told["schools"]
    assert (school["value_pence"], school["used_pence"]) == (1_000, 2_000)
    assert totals(await spend(by, school=HERE.urn, category="lamp")) == (0, 0, 0, 0)


async def test_an_la_sees_first_where_most_has_run_out(by: Call) -> None:
    client, other = by(TECHNICIAN), by(OTHER_TECHNICIAN)
    await came(client, await added(client, minimum=9), 2, 1_000)
    for _ in range(2):
        await added(other, school_urn=NEXT_DOOR.urn)

    told = await spend(by, MANAGER, la_code="940")

    figures = [
        (each["school_urn"], each["consumables"], each["out"], each["order_now"])
        for each in told["schools"]
    ]
    assert figures == [(NEXT_DOOR.urn, 2, 2, 0), (HERE.urn, 1, 0, 1)]
    assert (await spend(by, MANAGER, la_code="941"))["schools"] == []


@pytest.mark.parametrize(
    ("actor", "status"),
    [(LEADER, 200), (AUDITOR, 200), (STAFF, 404), (OTHER_TECHNICIAN, 404)],
)
async def test_who_may_see_it(by: Call, actor: Actor, status: int) -> None:
    answer = await by(actor).get("/consumables/spend", params={"school": HERE.urn})

    assert answer.status_code == status
