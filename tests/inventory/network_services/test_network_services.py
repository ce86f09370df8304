"""What schools take over the network: written down, changed, listed, ceased."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from chassis.auth import Actor
from inventory.estate.model.kit import Clock
from inventory.estate.routes import clock
from tests.inventory.custody.test_issuing import slug
from tests.inventory.support.machines import FAR_MANAGER
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
)

PATH = "/network-services"
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_that_day(app: FastAPI) -> Iterator[None]:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC)
    app.dependency_overrides[clock] = lambda: Clock(moment)
    yield
    app.dependency_overrides.pop(clock)


def told(**changes: Any) -> dict[str, Any]:
    return {
        "school_urn": HERE.urn,
        "kind": "filtering",
        "name": f"Filtering {uuid4().hex[:8]}",
        "provider": "EEBN",
        "live_on": "2025-09-01",
        **changes,
    }


async def taken(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post(PATH, json=told(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def at(service: dict[str, Any]) -> str:
    return f"{PATH}/{service['service_id']}"


async def listed(by: Call, actor: Actor = TECHNICIAN, **asked: Any) -> list[Any]:
    answer = await by(actor).get(PATH, params=asked)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    narrowed = {key: value for key, value in asked.items() if key != "sort"}
    count = await by(actor).get(f"{PATH}/count", params=narrowed)
    assert count.json() == {"count": len(found), "is_exact": True}
    return found


async def test_it_is_written_down_read_and_changed(by: Call) -> None:
    client = by(TECHNICIAN)
    made = await taken(client, monthly_pence=4_950, reference="F 1", note="For pupils")
    assert (await by(LEADER).get(at(made))).json() == made
    assert (made["version"], made["cfr_code"]) == (1, "E20A")

    held = {"if-match": '"1"'}
    changed = await client.patch(
        at(made), json={"ceased_on": "2026-09-01"}, headers=held
    )
    stale = await client.patch(at(made), json={"note": None}, headers=held)

    assert changed.status_code == 200, changed.text
    assert (changed.json()["ceased_on"], changed.json()["version"]) == (
        "2026-09-01",
        2,
    )
    assert stale.status_code == 412
    assert (await listed(by, state="ceased")) == [changed.json()]


async def test_what_is_sent_twice_is_written_down_once(by: Call) -> None:
    key, body = {"idempotency-key": uuid4().hex}, told()
    answers = [
        await by(TECHNICIAN).post(PATH, json=body, headers=key) for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(await listed(by)) == 1


async def test_a_name_is_once_at_a_school(by: Call) -> None:
    made = await taken(by(TECHNICIAN), name="Filtering")
    other = await taken(by(TECHNICIAN), name="Firewall")
    await taken(by(OTHER_TECHNICIAN), name="Filtering", school_urn=NEXT_DOOR.urn)

    again = await by(TECHNICIAN).post(PATH, json=told(name="FILTERING"))
    renamed = await by(TECHNICIAN).patch(
        at(other), json={"name": made["name"]}, headers={"if-match": '"1"'}
    )

    assert slug(again) == (409, "network-service-name-taken")
    assert slug(renamed) == (409, "network-service-name-taken")


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"starts_on": "2027-01-01", "ends_on": "2026-12-31"}, "/starts_on"),
        ({"notice_on": "2027-01-01", "ends_on": "2026-12-31"}, "/notice_on"),
        ({"live_on": "2027-01-01", "ceased_on": "2026-12-31"}, "/live_on"),
        ({"live_on": None, "ceased_on": "2026-12-31"}, "/live_on"),
    ],
)
async def test_days_that_contradict_each_other_are_refused_by_field(
    by: Call, days: dict[str, Any], wrong: str
) -> None:
    answer = await by(TECHNICIAN).post(PATH, json=told(**days))

    assert slug(answer) == (422, "network-service-impossible")
    assert [each["pointer"] for each in answer.json()["errors"]] == [wrong]


async def test_its_state_follows_from_its_days(by: Call) -> None:
    client = by(TECHNICIAN)
    await taken(client, name="Planned", live_on=None)
    await taken(client, name="To come", live_on="2026-12-01")
    await taken(client, name="Used", live_on="2026-11-30")
    await taken(client, name="Ceases", ceased_on="2026-12-01")
    await taken(client, name="Ceased", ceased_on="2026-11-30")

    def names(found: list[Any]) -> list[str]:
        return [each["name"] for each in found]

    assert names(await listed(by, state="planned")) == ["Planned", "To come"]
    assert names(await listed(by, state="live")) == ["Ceases", "Used"]
    assert names(await listed(by, state="ceased")) == ["Ceased"]


async def test_it_is_searched_sorted_and_found_by_when_it_ends(by: Call) -> None:
    client = by(TECHNICIAN)
    await taken(client, name="B", ends_on="2027-01-31", monthly_pence=100)
    await taken(client, name="a", ends_on="2027-08-31", kind="firewall")
    await taken(client, name="C", ends_on="2026-10-31", monthly_pence=50, provider="BT")
    await taken(client, name="D", ends_on="2026-10-31", ceased_on="2026-11-01")

    def names(found: list[Any]) -> str:
        return "".join(each["name"] for each in found)

    assert names(await listed(by)) == "aBCD"
    assert names(await listed(by, sort="-name")) == "DCBa"
    assert names(await listed(by, sort="ends_on", state="live")) == "CBa"
    assert names(await listed(by, sort="-monthly", state="live")) == "BCa"
    assert names(await listed(by, ends="quarter")) == "B"
    assert names(await listed(by, ends="year")) == "aB"
    assert names(await listed(by, ends="past")) == "C"
    assert names(await listed(by, kind="firewall")) == "a"
    assert names(await listed(by, q="bt c")) == "C"


async def test_a_school_writes_its_own_and_none_reads_anothers(by: Call) -> None:
    made = await taken(by(MANAGER))
    await taken(by(FAR_MANAGER), school_urn=FAR_AWAY.urn)
    held, body = {"if-match": '"1"'}, {"reference": "7"}

    for actor, status in (
        (OTHER_TECHNICIAN, 404),
        (FAR_MANAGER, 404),
        (STAFF, 404),
        (LEADER, 403),
        (AUDITOR, 403),
        (TECHNICIAN, 200),
    ):
        answer = await by(actor).patch(at(made), json=body, headers=held)
        assert answer.status_code == status, (actor, answer.text)
    for actor in (OTHER_TECHNICIAN, FAR_MANAGER, STAFF):
        assert (await by(actor).get(at(made))).status_code == 404
    assert [each["service_id"] for each in await listed(by, MANAGER)] == [
        made["service_id"]
    ]
    assert await listed(by, OTHER_TECHNICIAN) == []


async def test_whom_to_ring_is_told_where_the_la_knows(by: Call) -> None:
    supplier = {"la_code": "940", "name": "eebn", "desk_phone": "0370 000 2288"}
    answer = await by(MANAGER).post("/suppliers", json=supplier)
    assert answer.status_code == 201, answer.text

    made = await taken(by(TECHNICIAN))

    assert (made["supplier_id"], made["desk_phone"]) == (
        answer.json()["supplier_id"],
        "0370 000 2288",
    )


async def test_that_its_contract_ends_is_among_what_runs_out(by: Call) -> None:
    days = {"ends_on": "2027-08-31", "notice_on": "2027-05-31"}
    made = await taken(by(TECHNICIAN), monthly_pence=4_950, **days)
    await taken(by(TECHNICIAN), ceased_on="2026-11-30", **days)

    found = (await by(TECHNICIAN).get("/endings")).json()["items"]

    assert [(each["kind"], each["first_on"]) for each in found] == [
        ("notice", "2027-05-31"),
        ("service", "2027-08-31"),
    ]
    for each in found:
        assert (each["name"], each["reference"]) == (made["name"], "EEBN")
        assert each["service_id"] == made["service_id"]
        assert each["monthly_pence"] == 4_950
