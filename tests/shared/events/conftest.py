"""A database with an outbox and an inbox, and a broker that each test may damage."""

import asyncio
import contextlib
import shutil
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg.rows import scalar_row

import chassis
from chassis import bus, consumer, db, provision, relay
from chassis.embedded import child, nats, postgres
from tests.shared.events import probe

PASSWORD = "for-tests-only"
PASSWORDS = provision.Passwords(owner=PASSWORD, app=PASSWORD, worker=PASSWORD)
MIGRATIONS = Path(chassis.__file__).parent / "migrations"
PATIENCE = 60.0


@dataclass(slots=True)
class Store:
    """The database as its roles and its administrator reach it."""

    port: int
    admin: psycopg.AsyncConnection[Any]

    def url(self, role: str) -> str:
        return postgres.dsn(self.port, "probe", f"probe_{role}", PASSWORD)

    async def all(self, text: LiteralString, *params: object) -> list[Any]:
        cursor = self.admin.cursor(row_factory=scalar_row)
        return await (await cursor.execute(text, params)).fetchall()

    async def value(self, text: LiteralString, *params: object) -> Any:
        return (await self.all(text, *params))[0]

    async def holds_readings(self, count: int) -> bool:
        return await self.value("SELECT count(*) >= %s FROM reading", count)


@dataclass(slots=True)
class Server:
    """A broker that can be killed, and whose store can be set back."""

    broker: nats.Broker
    log: Path
    process: Popen[bytes] | None = None

    @property
    def store(self) -> Path:
        return self.broker.store_dir

    def start(self) -> None:
        nats.write_config(self.broker)
        self.process = child.start(nats.command(self.broker), self.log)
        child.await_ready(
            self.process, lambda: nats.is_ready(self.broker), 30, self.log
        )

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def keep(self, name: str) -> Path:
        """Copy the store of a stopped server."""
        kept = self.store.with_name(name)
        shutil.copytree(self.store, kept)
        return kept

    def set_back(self, kept: Path) -> None:
        shutil.rmtree(self.store)
        shutil.copytree(kept, self.store)


@dataclass(slots=True)
class Tasks:
    """Relays and consumers that run beside the test."""

    worker: db.Database
    stops: list[tuple[asyncio.Event, asyncio.Task[None]]] = field(default_factory=list)

    def relay(self, store: Store, connection: bus.Bus) -> relay.State:
        state = relay.State()
        self.begin(
            lambda stop: relay.run(
                store.url("worker"), connection, probe.STREAM, stop, state
            )
        )
        return state

    def consume(self, clerk: probe.Clerk, connection: bus.Bus) -> consumer.State:
        made = consumer.Consumer(self.worker, "probe", clerk.subscription())
        self.begin(lambda stop: consumer.run(made, connection, stop))
        return made.state

    def begin(self, run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        stop = asyncio.Event()
        self.stops.append((stop, asyncio.ensure_future(run(stop))))

    async def stop(self) -> None:
        for stop, _ in self.stops:
            stop.set()
        await asyncio.gather(*(task for _, task in self.stops))
        self.stops.clear()


Relays = Callable[[], Popen[bytes]]
"""Starts a relay as a process of its own."""


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Return when the condition holds; it is asked for again and again."""
    # Not asyncio.timeout: Python 3.11 can lose a cancellation inside wait_for.
    deadline = time.monotonic() + PATIENCE
    while not await holds():
        assert time.monotonic() < deadline, "it never held"
        await asyncio.sleep(0.02)


@pytest.fixture(scope="session")
def probe_port(cluster: postgres.Cluster) -> int:
    provision.provision_database(cluster.dsn(), "probe", PASSWORDS)
    owner = postgres.dsn(cluster.port, "probe", "probe_owner", PASSWORD)
    with psycopg.connect(owner, autocommit=True) as connection:
        for file in sorted(MIGRATIONS.glob("*.sql")):
            connection.execute(file.read_text("utf-8").encode())
        connection.execute(probe.TABLE.encode())
    return cluster.port


@pytest.fixture
async def store(probe_port: int, cluster: postgres.Cluster) -> AsyncGenerator[Store]:
    async with await psycopg.AsyncConnection.connect(
        cluster.dsn("probe"), autocommit=True
    ) as admin:
        await admin.execute("TRUNCATE outbox, inbox, dead_letter, reading")
        yield Store(probe_port, admin)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Server]:
    broker = nats.Broker(tmp_path / "nats", child.free_port(), child.free_port())
    made = Server(broker, tmp_path / "nats.log")
    await asyncio.to_thread(made.start)
    yield made
    made.kill()


@pytest.fixture
async def connection(server: Server) -> AsyncGenerator[bus.Bus]:
    made = bus.Bus(server.broker.url(), "test")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def clerk(store: Store) -> AsyncGenerator[probe.Clerk]:
    app = db.Database(store.url("app"), 4, "probe")
    await app.open()
    yield probe.Clerk(app)
    await app.close()


@pytest.fixture
async def worker(store: Store) -> AsyncGenerator[db.Database]:
    made = db.Database(store.url("worker"), 4, "probe-worker")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def tasks(worker: db.Database) -> AsyncGenerator[Tasks]:
    made = Tasks(worker)
    yield made
    await made.stop()


@pytest.fixture
def relays(store: Store, server: Server, tmp_path: Path) -> Generator[Relays]:
    """Start relays as processes of their own."""
    started: list[Popen[bytes]] = []

    def start() -> Popen[bytes]:
        script = str(Path(__file__).with_name("relaying.py"))
        urls = (store.url("worker"), server.broker.url(), "probe")
        log = tmp_path / f"relay-{len(started)}.log"
        started.append(child.start([sys.executable, script, *urls], log))
        return started[-1]

    yield start
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()
