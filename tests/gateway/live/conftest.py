"""Open streams as a browser holds them, and facts as services say them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from chassis import bus
from chassis.embedded.nats import Broker
from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

SOON = 15.0
Say = Callable[..., Awaitable[None]]


class Heard:
    """What one open stream has said so far, as it came over the wire."""

    def __init__(self, answer: httpx.Response) -> None:
        self.raw = ""
        self.has_ended = False
        self._answer = answer
        self._grew = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @property
    def topics(self) -> list[str]:
        lines = self.raw.splitlines()
        return [line.removeprefix("data: ") for line in lines if line[:5] == "data:"]

    async def until(self, check: Callable[["Heard"], bool]) -> None:
        async with asyncio.timeout(SOON):
            while not check(self):
                self._grew.clear()
                await self._grew.wait()

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for piece in self._answer.aiter_text():
                self.raw += piece
                self._grew.set()
        finally:
            self.has_ended = True
            self._grew.set()


@asynccontextmanager
async def listening(
    browser: Browser, *topics: str, age: float = 0
) -> AsyncGenerator[Heard]:
    """Hold a stream open; it is known to listen when the block begins."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"{browser.url}/live?topics={','.join(topics)}&age={age}"
    headers = {"cookie": cookies, "accept": "text/event-stream"}
    async with browser.http.stream("GET", address, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        heard = Heard(answer)
        await heard.until(lambda one: "retry:" in one.raw)
        try:
            yield heard
        finally:
            await heard.close()


def fact(
    name: str, la_code: str, school_id: UUID, entity_id: UUID | None = None
) -> bus.Message:
    """A fact as a service says it, with a state that no hint may hold."""
    event_id = str(uuid4())
    body = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/joinedup/{name.split('.', maxsplit=1)[0]}",
        "type": f"uk.joinedup.{name}.v1",
        "subject": str(entity_id or uuid4()),
        "time": "2026-11-25T01:00:00Z",
        "lacode": la_code,
        "schoolid": str(school_id),
        "entityversion": 1,
        "data": {"tag": "WRITTEN-ON-THE-KIT"},
    }
    subject = f"joinedup.{name}.v1.{la_code}"
    return bus.Message(event_id, subject, json.dumps(body).encode(), None)


@pytest.fixture
async def saying(stand: Stand, broker: Broker) -> AsyncGenerator[bus.Bus]:
    """A connection like a relay's, and the streams that it publishes into."""
    del stand
    connection = bus.Bus(broker.url(), "saying")
    await connection.open()
    async with asyncio.timeout(SOON):
        while not connection.is_connected:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    streams = [
        bus.Stream(service, max_bytes=1 << 20)
        for service in ("inventory", "servicedesk")
    ]
    for stream in streams:
        await connection.ensure_stream(stream)
    yield connection
    # The broker is every test's of this worker: these facts are none for a consumer.
    for stream in streams:
        await connection._jetstream().delete_stream(stream.name)
    await connection.close()


@pytest.fixture
def say(saying: bus.Bus) -> Say:
    async def publish(
        name: str, la_code: str, school_id: UUID, entity_id: UUID | None = None
    ) -> None:
        await saying.publish(fact(name, la_code, school_id, entity_id))

    return publish


@pytest.fixture
def schools(stand: Stand) -> dict[int, UUID]:
    """The ids of the schools by their URN."""
    with psycopg.connect(stand.database.admin) as admin:
        return dict(admin.execute("SELECT urn, school_id FROM school").fetchall())
