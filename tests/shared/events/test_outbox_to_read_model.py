"""A fact goes from its transaction to the reader: once, in order, within its tenant."""

from functools import partial
from subprocess import Popen
from uuid import uuid4

import nats
import pytest

from chassis import auth, bus, errors, outbox
from chassis.auth import Grant
from tests.shared.events import probe
from tests.shared.events.conftest import Relays, Server, Store, Tasks, until

UNPUBLISHED = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
FORGET = "UPDATE outbox SET published_at = NULL, stream_seq = NULL"
ALL_PUBLISHED = f"SELECT ({UNPUBLISHED}) = 0"


async def test_a_fact_reaches_the_reader(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    relay_state = tasks.relay(store, connection)
    consumer_state = tasks.consume(clerk, connection)
    said = probe.reading(7)

    await clerk.say(said)

    await until(lambda: store.holds_readings(1))
    assert await store.value("SELECT reading_id FROM reading") == said.entity_id
    assert await store.value("SELECT value FROM reading") == 7
    await until(lambda: store.value(ALL_PUBLISHED))
    assert relay_state.leader
    await until(lambda: _true(consumer_state.trouble is None))


async def test_a_fact_of_a_rolled_back_transaction_is_never_said(
    store: Store, clerk: probe.Clerk
) -> None:
    actor = auth.Actor("clerk", "person", (Grant("clerk", (probe.LA,)),))
    access = auth.Access(read=frozenset(), write=frozenset({"clerk"}))

    async def refuse() -> None:
        async with clerk.app.begin(actor, access) as tx:
            await outbox.enqueue(tx, probe.reading(1))
            raise errors.Conflict

    with pytest.raises(errors.Conflict):
        await refuse()

    assert await store.value("SELECT count(*) FROM outbox") == 0


async def test_nobody_says_a_fact_of_a_tenant_outside_their_scope(
    store: Store, clerk: probe.Clerk
) -> None:
    actor = auth.Actor("clerk", "person", (Grant("clerk", (probe.LA,)),))
    access = auth.Access(read=frozenset({"clerk"}), write=frozenset({"clerk"}))

    with pytest.raises(errors.Forbidden):
        async with clerk.app.begin(actor, access) as tx:
            await outbox.enqueue(tx, probe.reading(1, la_code=probe.OTHER_LA))

    assert await store.value("SELECT count(*) FROM outbox") == 0


async def test_batches_keep_the_order_of_the_outbox(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    await clerk.say(*probe.readings(700))

    tasks.relay(store, connection)

    await until(lambda: store.value(ALL_PUBLISHED))
    first, last = await store.value("SELECT array[min(id), max(id)] FROM outbox")
    in_order = await store.all("SELECT id FROM outbox ORDER BY stream_seq")
    assert in_order == list(range(first, last + 1))
    assert await store.value("SELECT max(stream_seq) FROM outbox") == 700


async def test_singles_keep_the_order_of_the_outbox(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    tasks.relay(store, connection)

    await clerk.say_each(*probe.readings(40))

    await until(lambda: store.value(ALL_PUBLISHED))
    by_sequence = await store.all("SELECT id FROM outbox ORDER BY stream_seq")
    assert by_sequence == sorted(by_sequence)


@pytest.mark.parametrize("count", [3, 300], ids=["singly", "in a batch"])
async def test_a_relay_that_died_before_marking_publishes_nothing_twice(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, count: int
) -> None:
    await clerk.say(*probe.readings(count))
    tasks.relay(store, connection)
    await until(lambda: store.value(ALL_PUBLISHED))
    await tasks.stop()
    sequences = await store.all("SELECT stream_seq FROM outbox ORDER BY id")

    await store.admin.execute(
        "UPDATE outbox SET published_at = NULL, stream_seq = NULL"
    )
    tasks.relay(store, connection)

    await until(lambda: store.value(ALL_PUBLISHED))
    assert await store.all("SELECT stream_seq FROM outbox ORDER BY id") == sequences
    assert (await connection.ensure_stream(probe.STREAM)).last == count


async def test_facts_said_while_the_broker_is_down_go_out_later(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, server: Server
) -> None:
    state = tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    await clerk.say(probe.reading(1))
    await until(lambda: store.holds_readings(1))

    server.kill()
    await clerk.say_each(*probe.readings(30))
    await until(lambda: _true(state.trouble is not None and state.unpublished == 30))
    server.start()

    await until(lambda: store.holds_readings(31))
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")


async def test_what_is_delivered_again_is_applied_once(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, server: Server
) -> None:
    """As after a crash between commit and acknowledgement, for every event."""
    tasks.relay(store, connection)
    state = tasks.consume(clerk, connection)
    await clerk.say(*probe.readings(50))
    await until(lambda: store.holds_readings(50))

    async with await nats.connect(server.broker.url()) as client:
        await client.jetstream().delete_consumer("PROBE", probe.DURABLE)

    await until(lambda: _true(state.repeated == 50))
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")


async def test_an_older_state_does_not_replace_a_newer_one(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    thing, school = uuid4(), uuid4()
    newer = probe.ReadingTaken(
        entity_id=thing, entity_version=2, la_code=probe.LA, school_id=school, value=2
    )
    older = newer.model_copy(update={"entity_version": 1, "value": 1})

    await clerk.say_each(newer, older)

    await until(lambda: store.value("SELECT count(*) = 2 FROM inbox"))
    assert await store.value("SELECT value FROM reading") == 2


async def test_killed_relays_lose_and_repeat_nothing(
    store: Store,
    clerk: probe.Clerk,
    tasks: Tasks,
    connection: bus.Bus,
    relays: Relays,
) -> None:
    tasks.consume(clerk, connection)
    running: list[Popen[bytes]] = [relays(), relays()]
    for round_ in range(4):
        await clerk.say_each(*probe.readings(15))
        await clerk.say(*probe.readings(150))
        await until(partial(store.holds_readings, 165 * round_ + 40))
        running.pop(0).kill()
        running.append(relays())

    await until(lambda: store.holds_readings(660))
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")
    await until(lambda: store.value(ALL_PUBLISHED))


async def _true(value: bool) -> bool:
    return value
