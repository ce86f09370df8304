"""The limit of the lag: a stream, a puller and an insert, in one file and one process.

Neither outbox nor relay, neither scope nor read model: what it takes is what a broker
of the same settings and the same database take on this machine, in the same minute.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import nats
import nats.js
import nats.js.api
import psycopg

from chassis.embedded import child
from chassis.embedded import nats as embedded
from local_stack import place as places
from local_stack import services

_SUBJECT, _STREAM = "bench.lag", "BENCH"
_TABLE = (
    "DROP TABLE IF EXISTS bench_lag;"
    " CREATE TABLE bench_lag (number integer PRIMARY KEY, sent double precision)"
)
_INSERT = (
    "INSERT INTO bench_lag SELECT * FROM unnest(%s::integer[], %s::double precision[])"
)


async def lags(place: places.Place, rate: int, seconds: int) -> list[float]:
    """Send at a steady rate; return for each its time to the commit, in ms."""
    dsn = services.cluster(place).dsn("postgres")
    async with contextlib.AsyncExitStack() as stack:
        broker = stack.enter_context(_broker(place))
        client = await nats.connect(broker.url())
        stack.push_async_callback(client.close)
        connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True)
        await stack.enter_async_context(connection)
        await connection.execute(_TABLE)
        stack.push_async_callback(connection.execute, "DROP TABLE bench_lag")
        stream = client.jetstream()
        await stream.add_stream(
            nats.js.api.StreamConfig(name=_STREAM, subjects=[_SUBJECT])
        )
        pull = await stream.pull_subscribe(_SUBJECT, "bench")
        count = rate * seconds
        sending = asyncio.create_task(_send(stream, rate, count))
        found = await _receive(pull, connection, count)
        await sending
    return found


@contextlib.contextmanager
def _broker(place: places.Place) -> Generator[embedded.Broker]:
    """Serve a broker of its own: the product's streams have taken all its room."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place.run_dir) as folder:
        store_dir = Path(folder) / "nats"
        broker = embedded.Broker(store_dir, child.free_port(), child.free_port())
        with embedded.running(broker, store_dir.with_suffix(".log")):
            yield broker


async def _send(stream: nats.js.JetStreamContext, rate: int, count: int) -> None:
    began = time.perf_counter()
    for number in range(count):
        await asyncio.sleep(max(began + number / rate - time.perf_counter(), 0))
        body = f"{number} {time.perf_counter()}".encode().ljust(400)
        await stream.publish(_SUBJECT, body)


async def _receive(
    pull: nats.js.JetStreamContext.PullSubscription,
    connection: psycopg.AsyncConnection[tuple[object, ...]],
    count: int,
) -> list[float]:
    found: list[float] = []
    while len(found) < count:
        messages = await pull.fetch(200, timeout=5)
        pairs = [message.data.split() for message in messages]
        sent = [float(each) for _, each in pairs]
        await connection.execute(_INSERT, [[int(n) for n, _ in pairs], sent])
        done = time.perf_counter()
        found += [(done - each) * 1000 for each in sent]
        for message in messages:
            await message.ack()
    return found
