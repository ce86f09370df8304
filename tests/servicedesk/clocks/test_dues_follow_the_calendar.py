"""Where a calendar changes, what is due of tickets under way is worked out anew."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis import consumer, db
from chassis.testing.databases import ServiceDatabase
from contracts import event
from contracts.event import Received
from contracts.servicedesk import CalendarWritten
from servicedesk.work import SERVICE
from tests.servicedesk.calendar.writing import SCHOOL, own, period, written
from tests.servicedesk.clocks.promising import agreed, with_calendar
from tests.servicedesk.world import (
    DESK,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    opened,
    stored,
    taken,
)

[CALENDARS] = [s for s in SERVICE.subscriptions if s.facts == (CalendarWritten,)]


@pytest.fixture
async def worker(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    database = db.Database(rows.worker, 3, "servicedesk-worker")
    await database.open()
    yield database
    await database.close()


async def hear(worker: db.Database, rows: ServiceDatabase) -> None:
    """Apply what was said of calendars, each fact by itself, as the consumer does."""
    kind = event.name_of(CalendarWritten)
    query = "SELECT data FROM outbox WHERE type LIKE '%.calendar.written.%' ORDER BY id"
    for [data] in stored(rows, query):
        fact = CalendarWritten.model_validate(data)
        told = Received(uuid4(), kind, datetime.now(UTC), None, fact)
        await consumer.apply(worker, "servicedesk", CALENDARS, [told])


async def test_what_had_no_terms_is_due_once_they_are_written(
    by: Call, worker: db.Database, rows: ServiceDatabase
) -> None:
    await agreed(by)
    here = await opened(by(TEACHER))
    next_door = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    waits = await taken(by(DESK), await opened(by(TEACHER)), "waiting")
    settled = await taken(by(DESK), await opened(by(TEACHER)), "resolve")

    await with_calendar(by)
    await hear(worker, rows)

    assert (await present(by, here))["due_for"] == "response"
    assert (await present(by, next_door))["due_for"] == "response"
    assert await present(by, waits) == waits
    assert await present(by, settled) == settled


async def test_a_closure_puts_off_what_is_due_at_that_school_alone(
    by: Call, worker: db.Database, rows: ServiceDatabase
) -> None:
    await with_calendar(by)
    await agreed(by)
    here = await opened(by(TEACHER))
    next_door = await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)
    first = datetime.now(UTC).date()
    snow = period("closure", str(first), str(first + timedelta(days=20)), "Snow")

    await written(by(TECHNICIAN), SCHOOL, own(snow))
    await hear(worker, rows)

    put_off = await present(by, here)
    due = datetime.fromisoformat(put_off["due_at"])
    assert due.date() >= first + timedelta(days=20)
    assert put_off["version"] == here["version"]
    assert await present(by, next_door) == next_door


async def present(by: Call, ticket: dict[str, Any]) -> dict[str, Any]:
    """Read a ticket as it stands."""
    answer = await by(DESK).get(f"/tickets/{ticket['ticket_id']}")
    found: dict[str, Any] = answer.json()
    return found
