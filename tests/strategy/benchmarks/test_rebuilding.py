"""An emptied database hears the present state anew and says the same comparison."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis import bus, consumer, db, relay
from chassis.embedded import nats
from chassis.ledger import Unpublished
from chassis.testing.databases import ServiceDatabase
from contracts import event, inventory, servicedesk
from contracts.event import Event
from strategy.work import SUBSCRIPTIONS
from tests.strategy.world import (
    ANALYST,
    HERE,
    LA,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    NOW,
    Call,
    Tell,
    asset_said,
    county,
    ticket_said,
)

SERVICES = ("gateway", "inventory", "servicedesk")
PATIENCE = 30.0
QUESTIONS = (
    (MANAGER, f"/benchmarks?la_code={LA}"),
    (LEADER, f"/benchmarks?school={HERE.urn}"),
    (ANALYST, "/benchmarks/authorities"),
)


def history() -> tuple[list[Event], list[Event]]:
    """Tell how things came about, and what the sources then say of the present."""
    facts, laptop, ticket = county(), uuid4(), uuid4()
    stays = {"entity_id": laptop, "entity_version": 2}
    settled = {"entity_id": ticket, "entity_version": 2, "status": "resolved"}
    happened = [
        *facts,
        asset_said(HERE, entity_id=laptop),
        asset_said(NEXT_DOOR, inventory.AssetMoved, **stays),
        ticket_said(HERE, entity_id=ticket),
        ticket_said(HERE, servicedesk.TicketResolved, **settled),
    ]
    restated = [
        asset_said(NEXT_DOOR, inventory.AssetRestated, **stays),
        ticket_said(HERE, servicedesk.TicketRestated, **settled),
    ]
    return happened, [*map(_restated, facts), *restated]


def _restated(fact: Event) -> Event:
    match fact:
        case inventory.AssetFact():
            return inventory.AssetRestated(**fact.model_dump())
        case servicedesk.TicketFact():
            return servicedesk.TicketRestated(**fact.model_dump())
        case _:
            return fact


async def answers(by: Call) -> list[Any]:
    """Ask everything, and leave out when it was."""
    found: list[Any] = []
    for actor, where in QUESTIONS:
        answer = await by(actor).get(where)
        assert answer.status_code == 200, answer.text
        found.append(timeless(answer.json()))
    return found


def timeless(value: Any) -> Any:
    match value:
        case dict():
            return {k: timeless(v) for k, v in value.items() if k != "as_of"}
        case list():
            return [timeless(each) for each in value]
        case _:
            return value


@pytest.fixture
async def connection(broker: nats.Broker) -> AsyncGenerator[bus.Bus]:
    made = bus.Bus(broker.url(), "test")
    await made.open()
    await until(lambda: asyncio.sleep(0, made.is_connected))
    yield made
    await made.close()


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Return when the condition holds; it is asked for again and again."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 - another task makes it true
            await asyncio.sleep(0.02)


async def publish(connection: bus.Bus, facts: list[Event]) -> None:
    """Put facts on the streams of their services, in envelopes as relays do."""
    for service in SERVICES:
        await connection.ensure_stream(bus.Stream(service, max_bytes=2**26))
    for fact in facts:
        name, event_id = event.name_of(type(fact)), uuid4()
        row = Unpublished(
            event_id=event_id,
            type=name.type,
            subject=name.subject(fact.la_code),
            la_code=fact.la_code,
            school_id=fact.school_id,
            entity_id=fact.entity_id,
            entity_version=fact.entity_version,
            created_at=NOW,
            traceparent=None,
            data=fact.model_dump_json(),
        )
        body = relay.envelope(row, name.service)
        await connection.publish(bus.Message(str(event_id), row.subject, body, None))


async def test_an_empty_database_and_stream_are_refilled_to_the_same_comparison(
    by: Call,
    tell: Tell,
    rows: ServiceDatabase,
    worker: db.Database,
    connection: bus.Bus,
) -> None:
    happened, restated = history()
    await tell(*happened)
    before = await answers(by)
    rows.empty()
    assert (await by(MANAGER).get(QUESTIONS[0][1])).json()["schools"] == []

    await publish(connection, restated)
    stop = asyncio.Event()
    consumers = [consumer.Consumer(worker, "strategy", each) for each in SUBSCRIPTIONS]
    running = [
        asyncio.ensure_future(consumer.run(each, connection, stop))
        for each in consumers
    ]

    async def applied() -> bool:
        return sum(each.state.applied for each in consumers) == len(restated)

    await until(applied)
    stop.set()
    await asyncio.gather(*running)

    assert await answers(by) == before
    with psycopg.connect(rows.admin) as admin:
        letters = admin.execute("SELECT detail FROM dead_letter").fetchall()
    assert letters == []


async def test_what_the_stream_says_again_after_a_restatement_changes_nothing(
    by: Call, tell: Tell, rows: ServiceDatabase
) -> None:
    happened, restated = history()
    await tell(*happened)
    before = await answers(by)
    rows.empty()

    await tell(*restated)
    await tell(*reversed(happened))
    assert await answers(by) == before
