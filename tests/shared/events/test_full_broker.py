"""A broker that is full says so at once; what it refuses waits in the outbox."""

from dataclasses import replace

from chassis import bus, relay
from tests.shared.events import probe
from tests.shared.events.conftest import Store, Tasks, until

SMALL = replace(probe.STREAM, max_bytes=40_000)
WAITING = "SELECT count(*) FROM outbox WHERE published_at IS NULL"


async def test_refused_facts_go_out_once_there_is_room(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    state = relay.State()
    url = store.url("worker")
    tasks.begin(lambda stop: relay.run(url, connection, SMALL, stop, state))
    tasks.consume(clerk, connection)
    await clerk.say(*probe.readings(200))
    await until(lambda: _is("maximum bytes" in (state.trouble or "")))
    published = await store.value("SELECT max(stream_seq) FROM outbox")
    assert await store.value(WAITING) > 0

    await tasks.stop()
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)

    await until(lambda: store.value(f"SELECT ({WAITING}) = 0"))
    await until(lambda: store.value("SELECT count(*) = 200 FROM reading"))
    assert published is None or published < 200
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")


async def _is(value: bool) -> bool:
    return value
