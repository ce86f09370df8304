"""Time: logged on a ticket, taken back, and summed by school, person and month."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.world import (
    ANALYST,
    AUDITOR,
    DESK,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    PUPIL,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    taken,
)

YEAR = {"first": "2026-09-01", "last": "2027-08-31"}


def worked(minutes: int = 30, **changes: Any) -> dict[str, Any]:
    return {"minutes": minutes, "worked_on": "2026-09-14", **changes}


async def log(
    client: httpx.AsyncClient, ticket: dict[str, Any], **said: Any
) -> httpx.Response:
    where = f"/tickets/{ticket['ticket_id']}/time"
    return await client.post(where, json=worked(**said))


async def logged(
    client: httpx.AsyncClient, ticket: dict[str, Any], **said: Any
) -> dict[str, Any]:
    answer = await log(client, ticket, **said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sums(client: httpx.AsyncClient, **asked: Any) -> dict[tuple[str, str], int]:
    answer = await client.get("/time", params=YEAR | asked)
    assert answer.status_code == 200, answer.text
    return {(e["of"], e["kind"]): e["minutes"] for e in answer.json()["items"]}


async def test_what_is_logged_is_listed_in_its_order(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    first = await logged(by(TECHNICIAN), ticket)
    second = await logged(by(DESK), ticket, minutes=90, kind="proactive")

    where = f"/tickets/{ticket['ticket_id']}/time"
    page = (await by(LEADER).get(where)).json()

    assert page == {"items": [first, second], "next": None}
    assert (first["person_id"], first["kind"]) == (TECHNICIAN.principal, "reactive")


@pytest.mark.parametrize(
    ("actor", "reads", "logs"),
    [
        (TECHNICIAN, 200, 201),
        (DESK, 200, 201),
        (MANAGER, 200, 201),
        (RBC, 200, 201),
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (OTHER_TECHNICIAN, 404, 404),
    ],
)
async def test_who_works_on_tickets_logs_time_and_who_reads_them_reads_it(
    by: Call, actor: Actor, reads: int, logs: int
) -> None:
    ticket = await opened(by(TEACHER))

    where = f"/tickets/{ticket['ticket_id']}/time"
    assert (await by(actor).get(where)).status_code == reads
    assert (await log(by(actor), ticket)).status_code == logs


@pytest.mark.parametrize("actor", [TEACHER, PUPIL, ANALYST])
async def test_who_only_asks_learns_nothing_of_time(by: Call, actor: Actor) -> None:
    ticket = await opened(by(TEACHER))
    where = f"/tickets/{ticket['ticket_id']}/time"

    await logged(by(DESK), ticket)

    answers = [await by(actor).get(where), await log(by(actor), ticket)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert await sums(by(actor)) == {}


async def test_a_settled_ticket_takes_time_as_well(by: Call) -> None:
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "resolve", "close")

    assert (await log(by(DESK), ticket)).status_code == 201


async def test_a_repeat_with_the_same_key_adds_nothing(
    by: Call, rows: ServiceDatabase
) -> None:
    ticket = await opened(by(TEACHER))
    where, key = f"/tickets/{ticket['ticket_id']}/time", {"idempotency-key": "once"}

    told = [
        (await by(DESK).post(where, json=worked(), headers=key)).json()
        for _ in range(2)
    ]

    assert told[0] == told[1]
    assert stored(rows, "SELECT count(*) FROM time_entry") == [(1,)]


async def test_time_that_is_not_there_yet_is_refused_at_its_field(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    later = str(datetime.now(UTC).date() + timedelta(days=2))

    refused = await log(by(DESK), ticket, worked_on=later)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/worked_on"


@pytest.mark.parametrize(
    "said", [{"minutes": 0}, {"minutes": 1441}, {"minutes": "30"}, {"kind": "fun"}]
)
async def test_no_such_time_can_be(by: Call, said: dict[str, Any]) -> None:
    ticket = await opened(by(TEACHER))

    assert (await log(by(DESK), ticket, **said)).status_code == 422


async def test_an_entry_is_taken_back_by_who_logged_it_and_once(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    entry = await logged(by(DESK), ticket)
    where = f"/tickets/{ticket['ticket_id']}/time/{entry['time_entry_id']}/take-back"

    assert (await by(TECHNICIAN).post(where)).status_code == 403
    back = await by(DESK).post(where)
    again = await by(DESK).post(where)

    assert back.status_code == 200, back.text
    assert back.json()["taken_back_at"] is not None
    assert again.json()["type"].endswith("time-taken-back")
    assert await sums(by(DESK)) == {}


async def test_a_manager_puts_others_time_right(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    entry = await logged(by(TECHNICIAN), ticket)
    where = f"/tickets/{ticket['ticket_id']}/time/{entry['time_entry_id']}"

    assert (await by(MANAGER).post(f"{where}/take-back")).status_code == 200


async def test_an_entry_of_another_ticket_is_none_of_this_one(by: Call) -> None:
    ticket, other = await opened(by(TEACHER)), await opened(by(TEACHER))
    entry = await logged(by(DESK), other)

    for unknown in (entry["time_entry_id"], uuid4()):
        where = f"/tickets/{ticket['ticket_id']}/time/{unknown}/take-back"
        refused = await by(DESK).post(where)
        assert refused.json()["type"].endswith("time-entry-not-found")


async def test_time_is_summed_by_school_person_and_month(by: Call) -> None:
    here = await opened(by(TEACHER))
    next_door = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    await logged(by(DESK), here, minutes=30)
    await logged(by(TECHNICIAN), here, minutes=45, worked_on="2026-10-01")
    await logged(by(DESK), next_door, minutes=60, kind="extra")

    here_, there = str(HERE.urn), str(NEXT_DOOR.urn)
    whole = {(here_, "reactive"): 75, (there, "extra"): 60}
    assert await sums(by(MANAGER), la_code="940") == whole
    assert await sums(by(MANAGER), school=HERE.urn) == {(here_, "reactive"): 75}
    assert await sums(by(TECHNICIAN)) == {(here_, "reactive"): 75}
    assert await sums(by(MANAGER), by="person") == {
        (DESK.principal, "reactive"): 30,
        (DESK.principal, "extra"): 60,
        (TECHNICIAN.principal, "reactive"): 45,
    }
    assert await sums(by(MANAGER), by="month") == {
        ("2026-09-01", "reactive"): 30,
        ("2026-09-01", "extra"): 60,
        ("2026-10-01", "reactive"): 45,
    }
    assert await sums(by(MANAGER), last="2026-09-30", school=HERE.urn) == {
        (here_, "reactive"): 30
    }


@pytest.mark.parametrize("last", ["2026-08-31", "2027-10-06"])
async def test_too_many_days_or_none_are_not_summed(by: Call, last: str) -> None:
    refused = await by(MANAGER).get("/time", params=YEAR | {"last": last})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/last"
