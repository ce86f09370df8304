"""A school that passes to another LA takes its tickets along, and all they hold."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import stamina

from chassis import consumer, db, errors
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from contracts import event
from contracts.event import Received
from contracts.gateway import SchoolRecorded
from servicedesk.work import SERVICE
from tests.servicedesk.world import (
    HERE,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    Known,
    fault,
    opened,
    stored,
    taken,
)

SCHOOLS = SERVICE.subscriptions[0]
NEW_MANAGER = at_la("la-manager", "941")


def said(place: Known, version: int, **changes: Any) -> Received:
    told: dict[str, Any] = {
        "entity_id": place.school_id,
        "entity_version": version,
        "la_code": place.la_code,
        "school_id": place.school_id,
        "urn": place.urn,
        "la_name": "LA",
        "region_code": "E12000004",
        "name": "School",
        "phase": "primary",
        "status": "open",
        "pupils": 210,
        "free_school_meals_percent": None,
        **changes,
    }
    fact = SchoolRecorded.model_validate(told)
    name = event.name_of(SchoolRecorded)
    return Received(uuid4(), name, datetime.now(UTC), None, fact)


@pytest.fixture
async def worker(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    database = db.Database(rows.worker, 3, "servicedesk-worker")
    await database.open()
    yield database
    await database.close()


async def hear(worker: db.Database, *facts: Received) -> None:
    """Apply facts of one LA exactly as the consumer does, scope and all."""
    await consumer.apply(worker, "servicedesk", SCHOOLS, facts)


async def hear_at_last(worker: db.Database, *facts: Received) -> None:
    """Try again, as the consumer does, while a row is held by somebody else."""
    async for attempt in stamina.retry_context(on=errors.Unavailable, timeout=60):
        with attempt:
            await hear(worker, *facts)


async def test_tickets_comments_and_history_go_with_their_school(
    by: Call, worker: db.Database
) -> None:
    ticket = await taken(by(TECHNICIAN), await opened(by(TEACHER)), "in-progress")
    path = f"/tickets/{ticket['ticket_id']}"
    await by(TEACHER).post(f"{path}/comments", json={"body": "Still dark."})
    await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)

    await hear(worker, said(HERE, 2, la_code="941"))

    assert (await by(MANAGER).get(path)).status_code == 404
    for who in (NEW_MANAGER, TECHNICIAN, TEACHER):
        assert (await by(who).get(path)).json() == ticket | {
            "la_code": "941",
            "version": 3,
        }
        comments = (await by(who).get(f"{path}/comments")).json()["items"]
        assert [each["body"] for each in comments] == ["Still dark."]
        history = (await by(who).get(f"{path}/history")).json()["items"]
        assert [each["fact"] for each in history] == ["opened", "changed", "moved"]
        assert history[-1]["changes"] == {"la_code": {"before": "940", "after": "941"}}
    assert len((await by(MANAGER).get("/tickets")).json()["items"]) == 1


async def test_both_authorities_hear_of_each_ticket_once(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    await opened(by(TEACHER))

    await hear(worker, said(HERE, 3, la_code="941"))
    await hear(worker, said(HERE, 2))
    await hear(worker, said(HERE, 3, la_code="941"))

    told = "SELECT subject, entity_version FROM outbox ORDER BY id OFFSET 1"
    assert stored(rows, told) == [
        ("joinedup.servicedesk.departure.recorded.v1.940", 2),
        ("joinedup.servicedesk.ticket.restated.v1.941", 2),
    ]


async def test_the_school_goes_on_counting_its_tickets(
    by: Call, worker: db.Database
) -> None:
    first = await opened(by(TEACHER))

    await hear(worker, said(HERE, 2, la_code="941"))

    assert (await opened(by(TEACHER)))["number"] == first["number"] + 1


async def test_a_ticket_opened_while_its_school_passes_is_never_left_behind(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    ticket = await opened(by(TECHNICIAN))
    comments = f"/tickets/{ticket['ticket_id']}/comments"

    answers = await asyncio.gather(
        *(by(TECHNICIAN).post("/tickets", json=fault()) for _ in range(6)),
        *(by(TECHNICIAN).post(comments, json={"body": "Ah"}) for _ in range(6)),
        hear_at_last(worker, said(HERE, 2, la_code="941")),
    )

    refused = [each.status_code for each in answers if each and each.status_code != 201]
    assert set(refused) <= {503}
    for table in ("ticket", "ticket_history", "ticket_comment", "ticket_counter"):
        places = f"SELECT DISTINCT la_code FROM {table}"  # noqa: S608
        assert stored(rows, places) in ([("941",)], [])


async def test_a_school_is_found_by_an_earlier_urn(
    by: Call, worker: db.Database
) -> None:
    await opened(by(TECHNICIAN))
    converted = said(HERE, 2, urn=900017, earlier_urns=(HERE.urn,))
    await hear(worker, converted)

    new = await opened(by(TEACHER), school_urn=HERE.urn)

    assert new["school_urn"] == 900017
    for urn in (HERE.urn, 900017):
        listed = await by(TECHNICIAN).get("/tickets", params={"school": urn})
        assert [each["number"] for each in listed.json()["items"]] == [1002, 1001]
    elsewhere = await by(NEW_MANAGER).get("/tickets", params={"school": HERE.urn})
    assert elsewhere.status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket SET la_code = '941'",
        "UPDATE ticket_history SET fact = 'closed'",
        "UPDATE ticket_comment SET body = ''",
        "UPDATE ticket_counter SET last_number = 1",
    ],
)
def test_the_worker_rewrites_nothing_that_was_said(
    rows: ServiceDatabase, statement: str
) -> None:
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(rows.worker) as connection, refused:
        connection.execute(statement.encode())
