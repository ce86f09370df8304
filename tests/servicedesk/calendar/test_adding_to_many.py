"""The same day for the calendars of many schools: at all of them, or at none."""

import asyncio
from typing import Any

import httpx

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.calendar.writing import SCHOOL, own, period, written
from tests.servicedesk.world import (
    DESK,
    FAR_AWAY,
    HERE,
    MANAGER,
    NEXT_DOOR,
    TECHNICIAN,
    Call,
    stored,
)

SNOW = period("closure", "2026-01-08", name="Snow")
BOTH = [HERE.urn, NEXT_DOOR.urn]


async def added(
    client: httpx.AsyncClient, urns: list[int], key: str = "", **changes: Any
) -> httpx.Response:
    body = {"school_urns": urns, "periods": [SNOW], "parts": [], **changes}
    headers = {"idempotency-key": key} if key else {}
    return await client.post("/calendars/additions", json=body, headers=headers)


async def test_all_schools_have_it_beside_what_they_had(by: Call) -> None:
    training = period("inset", "2025-10-17")
    await written(by(TECHNICIAN), SCHOOL, own(training))

    answer = await added(by(MANAGER), BOTH)

    assert answer.status_code == 200, answer.text
    assert answer.json()["items"] == [
        {"school_urn": HERE.urn, "version": 2},
        {"school_urn": NEXT_DOOR.urn, "version": 1},
    ]
    here = (await by(MANAGER).get(SCHOOL)).json()
    assert here["periods"] == [training, SNOW]
    other = (await by(MANAGER).get(f"/calendars/schools/{NEXT_DOOR.urn}")).json()
    assert other["periods"] == [SNOW]


async def test_what_is_there_already_is_written_once(
    by: Call, rows: ServiceDatabase
) -> None:
    await added(by(MANAGER), [HERE.urn, HERE.urn])

    answer = await added(by(MANAGER), BOTH)

    assert [each["version"] for each in answer.json()["items"]] == [1, 1]
    assert stored(rows, "SELECT count(*) FROM school_calendar") == [(2,)]
    assert stored(rows, "SELECT count(*) FROM audit_entry") == [(2,)]


async def test_a_repeat_with_its_key_is_answered_as_the_first_time(
    by: Call, rows: ServiceDatabase
) -> None:
    first = await added(by(MANAGER), BOTH, key="snow")
    later = period("closure", "2026-01-09")
    await added(by(MANAGER), BOTH, periods=[later])

    again = await added(by(MANAGER), BOTH, key="snow")

    assert again.json() == first.json()
    assert stored(rows, "SELECT max(version) FROM school_calendar") == [(2,)]


async def test_where_it_cannot_be_at_one_it_is_added_at_none(
    by: Call, rows: ServiceDatabase
) -> None:
    await written(by(TECHNICIAN), SCHOOL, own(period("closure", "2026-01-08")))

    answer = await added(by(MANAGER), [NEXT_DOOR.urn, HERE.urn])

    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["pointer"] == "/school_urns/1"
    assert "overlaps the closure at /periods/0" in fault["detail"]
    assert stored(rows, "SELECT count(*) FROM school_calendar") == [(1,)]


async def test_schools_beyond_the_scope_are_pointed_at(by: Call) -> None:
    foreign = await added(by(MANAGER), [HERE.urn, FAR_AWAY.urn])
    never = await added(by(MANAGER), [HERE.urn, 999998])

    for answer in (foreign, never):
        assert answer.status_code == 404
        [fault] = answer.json()["errors"]
        assert fault["pointer"] == "/school_urns/1"


async def test_who_does_not_write_it_hears_where(by: Call) -> None:
    answer = await added(by(DESK), BOTH)

    assert answer.status_code == 403
    pointers = [fault["pointer"] for fault in answer.json()["errors"]]
    assert pointers == ["/school_urns/0", "/school_urns/1"]


async def test_of_two_at_once_one_is_told_to_look_again(
    by: Call, rows: ServiceDatabase
) -> None:
    days = [period("closure", f"2026-01-{day:02}") for day in range(5, 10)]
    client = by(MANAGER)

    answers = await asyncio.gather(
        *(added(client, BOTH, periods=[day]) for day in days)
    )

    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 412}
    done = sum(answer.status_code == 200 for answer in answers)
    told = "SELECT count(*), max(version) FROM school_calendar WHERE urn_is_here"
    told = told.replace("urn_is_here", f"school_id = '{HERE.school_id}'")
    assert stored(rows, told) == [(done, done)]
