"""A fact goes from its transaction to the reader: once, in order, within its tenant."""

import psycopg
import pytest

from chassis import bus, db, errors
from tests.shared.events import probe
from tests.shared.events.conftest import Store, Tasks, until

UNPUBLISHED = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
APPLIED = "SELECT count(*) FROM reading"


async def test_a_fact_reaches_the_reader(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    relay_state = tasks.relay(store, connection)
    consumer_state = tasks.consume(clerk, connection)
    said = probe.reading(7)

    await clerk.say(said)

    await until(lambda: store.value(APPLIED))
    assert await store.value("SELECT reading_id FROM reading") == said.entity_id
    assert await store.value("SELECT value FROM reading") == 7
    assert relay_state.leader
    assert consumer_state.trouble is None
    await until(lambda: store.value(f"SELECT ({UNPUBLISHED}) = 0"))


