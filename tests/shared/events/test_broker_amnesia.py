"""A broker that lost what it acknowledged is filled again, and nothing counts twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chassis import bus
from tests.shared.events import probe
from tests.shared.events.conftest import Server, Store, Tasks, until

ALL_PUBLISHED = "SELECT count(*) = 0 FROM outbox WHERE published_at IS NULL"


def set_back(server: Server, kept: Path) -> None:
    server.set_back(kept)


def set_back_messages_only(server: Server, kept: Path) -> None:
    """The consumers' own state stays: it is ahead of the stream."""
    for old in kept.rglob("msgs"):
        new = server.store / old.relative_to(kept)
        shutil.rmtree(new)
        shutil.copytree(old, new)


def wipe(server: Server, kept: Path) -> None:
    del kept
    shutil.rmtree(server.store)


DAMAGE = pytest.mark.parametrize(
    "damage", [set_back, set_back_messages_only, wipe], ids=lambda f: f.__name__
)


@DAMAGE
async def test_lost_facts_reach_a_reader_that_was_down(
    store: Store,
    clerk: probe.Clerk,
    tasks: Tasks,
    connection: bus.Bus,
    server: Server,
    damage: Callable[[Server, Path], None],
) -> None:
    await _say_and_read(store, clerk, tasks, connection, 60)
    server.kill()
    kept = server.keep("kept")
    server.start()
    state = tasks.relay(store, connection)
    await clerk.say(*probe.readings(80))
    await until(lambda: store.value(ALL_PUBLISHED))
    await tasks.stop()

    server.kill()
    damage(server, kept)
    server.start()
    state = tasks.relay(store, connection)
    await clerk.say(*probe.readings(5))
    tasks.consume(clerk, connection)

    await until(lambda: store.value("SELECT count(*) = 145 FROM reading"))
    assert state.refilled >= 80
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")


async def test_a_running_relay_notices_at_the_reconnect(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, server: Server
) -> None:
    state = tasks.relay(store, connection)
    await clerk.say(*probe.readings(50))
    await until(lambda: store.value(ALL_PUBLISHED))

    server.kill()
    shutil.rmtree(server.store)
    server.start()

    await until(lambda: _refilled(state.refilled == 50))
    await until(lambda: store.value(ALL_PUBLISHED))
    assert (await connection.ensure_stream(probe.STREAM)).last == 50


async def test_what_the_stream_let_go_for_its_age_is_not_lost(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    await _say_and_read(store, clerk, tasks, connection, 30)
    await connection._jetstream().purge_stream("PROBE")

    state = tasks.relay(store, connection)
    await clerk.say(probe.reading(1))
    await until(lambda: store.value(ALL_PUBLISHED))

    assert state.refilled == 0
    assert (await connection.ensure_stream(probe.STREAM)).last == 31


async def test_the_last_fact_that_the_stream_still_holds_is_found(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    await _say_and_read(store, clerk, tasks, connection, 64)
    await store.admin.execute(
        "UPDATE outbox SET stream_seq = stream_seq + 1000 WHERE stream_seq > 41"
    )

    state = tasks.relay(store, connection)

    await until(lambda: _refilled(state.refilled == 23))
    await until(lambda: store.value(ALL_PUBLISHED))
    assert await store.value("SELECT max(stream_seq) FROM outbox") == 64


async def _say_and_read(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, count: int
) -> None:
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    await clerk.say(*probe.readings(count))
    await until(lambda: store.holds_readings(count))
    await until(lambda: store.value(ALL_PUBLISHED))
    await tasks.stop()


async def _refilled(value: bool) -> bool:
    return value
