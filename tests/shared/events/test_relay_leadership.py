"""One relay leads; another takes over when it dies, and when it only seems alive."""

import asyncio
import signal

from chassis import bus, ledger
from tests.shared.events import probe
from tests.shared.events.conftest import Relays, Store, Tasks, until

HOLDER = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = 'probe')"
)
LED = f"SELECT ({HOLDER}) = 1"
ALL_PUBLISHED = "SELECT count(*) = 0 FROM outbox WHERE published_at IS NULL"
KEPT_BY = (
    "SELECT array_agg(pid) FROM pg_stat_activity"
    " WHERE application_name = 'probe-relay' AND datname = 'probe'"
)


async def test_two_relays_have_one_leader(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    states = [tasks.relay(store, connection), tasks.relay(store, connection)]

    await clerk.say_each(*probe.readings(20))

    await until(lambda: store.value(ALL_PUBLISHED))
    assert sorted(state.leader for state in states) == [False, True]
    assert await store.value(HOLDER) == 1


async def test_a_standby_takes_over_from_a_killed_leader(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, relays: Relays
) -> None:
    leader = relays()
    await until(lambda: store.value(LED))
    standby = tasks.relay(store, connection)
    await clerk.say(probe.reading(1))
    await until(lambda: store.value(ALL_PUBLISHED))
    assert not standby.leader

    leader.kill()
    await clerk.say(probe.reading(2))

    await until(lambda: store.value(ALL_PUBLISHED))
    assert standby.leader


async def test_a_standby_takes_over_from_a_frozen_leader(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus, relays: Relays
) -> None:
    leader = relays()
    await until(lambda: store.value(LED))
    standby = tasks.relay(store, connection)

    leader.send_signal(signal.SIGSTOP)
    await clerk.say(*probe.readings(30))
    await until(lambda: store.value(ALL_PUBLISHED))
    leader.send_signal(signal.SIGCONT)
    await clerk.say(*probe.readings(30))

    await until(lambda: store.value(ALL_PUBLISHED))
    assert standby.leader
    assert (await connection.ensure_stream(probe.STREAM)).last == 60


async def test_an_idle_leader_keeps_its_lock(store: Store, tasks: Tasks) -> None:
    """With nothing to publish, and with no broker to publish to, it still asks."""
    lonely = bus.Bus("nats://127.0.0.1:1", "lonely")
    await lonely.open()
    state = tasks.relay(store, lonely)
    await until(lambda: store.value(LED))
    session = await store.value(KEPT_BY)

    await until(lambda: _older_than(store, ledger.IDLE_SECONDS + 2))

    assert await store.value(KEPT_BY) == session
    assert state.leader
    assert state.trouble is not None
    await asyncio.gather(tasks.stop(), lonely.close())


async def _older_than(store: Store, seconds: int) -> bool:
    return await store.value(
        "SELECT bool_or(now() - backend_start > make_interval(secs => %s))"
        " FROM pg_stat_activity WHERE application_name = 'probe-relay'",
        seconds,
    )
