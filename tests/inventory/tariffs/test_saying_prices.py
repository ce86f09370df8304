"""What electricity costs: said by an LA and by a school, and read by who may."""

from typing import Any

import httpx
import pytest

from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
)

PATH = "/tariffs"


def price(**told: Any) -> dict[str, Any]:
    return {"la_code": "940", "starts_on": "2026-04-01", "pence_per_mwh": 27_350} | told


async def said(client: httpx.AsyncClient, **told: Any) -> dict[str, Any]:
    answer = await client.put(PATH, json=price(**told))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_las_price_holds_until_the_schools_own_begins(by: Call) -> None:
    await said(by(MANAGER))
    before = (await by(LEADER).get(PATH, params={"school": HERE.urn})).json()
    own = {"la_code": None, "school_urn": HERE.urn, "pence_per_mwh": 0}

    after = await said(by(TECHNICIAN), **own, starts_on="2026-09-01")

    assert (before["pence_per_mwh"], before["own"]) == (27_350, [])
    assert before["authority"] == [{"starts_on": "2026-04-01", "pence_per_mwh": 27_350}]
    assert (after["pence_per_mwh"], len(after["own"]), len(after["authority"])) == (
        0,
        1,
        1,
    )
    others = (await by(OTHER_TECHNICIAN).get(PATH)).json()
    assert others["type"].endswith("#place-unclear")
    of_authority = (await by(AUDITOR).get(PATH, params={"la_code": "940"})).json()
    assert len(of_authority["own"]) == 1


async def test_a_price_is_replaced_and_removed(by: Call) -> None:
    await said(by(MANAGER))
    await said(by(MANAGER), pence_per_mwh=30_000)
    again = await said(by(MANAGER), pence_per_mwh=30_000)

    gone = await said(by(MANAGER), pence_per_mwh=None)

    assert [each["pence_per_mwh"] for each in again["own"]] == [30_000]
    assert (gone["own"], gone["pence_per_mwh"]) == ([], None)
    entries = await by(AUDITOR).get("/audit", params={"action": "tariff.price-set"})
    told = [(e["before"], e["after"]) for e in entries.json()["items"]]
    assert sorted(told, key=str) == sorted(
        [
            ({"pence_per_mwh": None}, {"pence_per_mwh": 27_350}),
            ({"pence_per_mwh": 27_350}, {"pence_per_mwh": 30_000}),
            ({"pence_per_mwh": 30_000}, {"pence_per_mwh": None}),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"pence_per_mwh": -1}, "/pence_per_mwh"),
        ({"pence_per_mwh": 1_000_001}, "/pence_per_mwh"),
        ({"pence_per_mwh": 27.35}, "/pence_per_mwh"),
        ({"starts_on": "1989-12-31"}, "/starts_on"),
        ({"starts_on": "2026-02-30"}, "/starts_on"),
    ],
)
async def test_what_is_no_price_is_refused_by_field(
    by: Call, told: dict[str, Any], pointer: str
) -> None:
    answer = await by(MANAGER).put(PATH, json=price(**told))

    assert answer.status_code == 422, answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_who_may_not_say_it_does_not(by: Call) -> None:
    own = {"la_code": None, "school_urn": HERE.urn}
    far = {"la_code": None, "school_urn": FAR_AWAY.urn}
    told = {
        "a technician for the LA": (TECHNICIAN, {}, 404),
        "another school's": (OTHER_TECHNICIAN, own, 404),
        "staff": (STAFF, own, 404),
        "an auditor": (AUDITOR, own, 403),
        "an auditor for the LA": (AUDITOR, {}, 403),
        "a manager of another LA's school": (MANAGER, far, 404),
        "a manager of another LA": (MANAGER, {"la_code": "941"}, 404),
    }
    for who, (actor, place, status) in told.items():
        answer = await by(actor).put(PATH, json=price(**place))
        assert answer.status_code == status, (who, answer.text)
