"""The life of a stream: whose right ends it, how many there are, and how it stops."""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Never
from uuid import UUID

import psycopg
import pytest
import uvicorn

from chassis import bus
from chassis.auth import Actor, Grant
from chassis.embedded import child, nats
from gateway.app import create_app
from gateway.live import model, service
from gateway.live.routes import EventStream
from gateway.live.service import Hub
from gateway.proxy import guard
from tests.gateway.conftest import Stand
from tests.gateway.live.conftest import SOON, listening
from tests.gateway.world import Browser

ENDS_ON = (
    b"UPDATE assignment SET to_on = %(day)s WHERE principal ="
    b" (SELECT person_id::text FROM person WHERE username = %(username)s)"
)


@contextmanager
def without_a_role(stand: Stand, username: str) -> Generator[None]:
    """Take every role of somebody away, and give them back at the end."""
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 - as the database says
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(ENDS_ON, {"day": yesterday, "username": username})
        try:
            yield
        finally:
            admin.execute(ENDS_ON, {"day": None, "username": username})


async def test_a_withdrawn_right_ends_the_stream(
    stand: Stand, technician: Browser, schools: dict[int, UUID]
) -> None:
    own = f"asset:{schools[140001]}"
    async with listening(technician, own) as heard:
        with without_a_role(stand, "technician"):
            await heard.until(lambda one: one.has_ended)

    assert heard.topics == []


async def test_an_ended_session_ends_the_stream(
    stand: Stand, technician: Browser
) -> None:
    async with listening(technician, "asset:940") as heard:
        with psycopg.connect(stand.database.admin, autocommit=True) as admin:
            admin.execute("DELETE FROM session")
        await heard.until(lambda one: one.has_ended)


async def test_one_person_may_keep_so_many_pages_open(technician: Browser) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(service.PER_PERSON):
            await stack.enter_async_context(listening(technician, "asset:940"))
        refused = await technician.get("/live?topics=asset:940")
        assert refused.status_code == 503
        assert refused.json()["type"].endswith("too-many-streams")
        assert refused.headers["retry-after"] == "30"

    async with asyncio.timeout(SOON):
        while (await _opened(technician)) != 200:  # noqa: ASYNC110 - it is told nowhere
            await asyncio.sleep(0.05)


async def _opened(browser: Browser) -> int:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    address = f"{browser.url}/live?topics=asset:940"
    headers = {"cookie": cookies}
    async with browser.http.stream("GET", address, headers=headers) as answer:
        return answer.status_code


def test_everybody_together_has_a_limit() -> None:
    hub = Hub(1)
    hub.join(Actor("one", "person"), frozenset({"asset:940"}), 0)

    with pytest.raises(model.TooManyStreams):
        hub.join(Actor("other", "person"), frozenset({"asset:940"}), 0)


def test_nothing_is_kept_of_a_page_that_is_gone() -> None:
    hub = Hub(2)
    listener = hub.join(Actor("one", "person"), frozenset({"asset:940"}), 0)
    hub.leave(listener)

    assert not hub._listeners
    assert not hub._following
    assert not hub._per_person


async def test_a_server_that_stops_waits_for_no_stream(
    stand: Stand, technician: Browser
) -> None:
    """It would wait for open answers for longer than this test has patience."""
    port = child.free_port()
    protocol: Any = guard.guarded(10, 100)
    config = uvicorn.Config(
        create_app(stand.settings.model_copy(update={"port": port})),
        port=port,
        http=protocol,
        log_level="error",
        timeout_graceful_shutdown=4 * int(SOON),
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    async with asyncio.timeout(SOON):
        while not server.started:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    there = dataclasses.replace(technician, url=f"http://127.0.0.1:{port}")
    async with listening(there, "asset:940") as heard:
        server.should_exit = True
        async with asyncio.timeout(SOON):
            await serving
        await heard.until(lambda one: one.has_ended)


async def test_a_broker_that_was_away_makes_every_page_look_again(
    tmp_path: Path,
) -> None:
    broker = nats.Broker(tmp_path / "store", child.free_port(), child.free_port())
    hub = Hub(1)
    ear = bus.Bus(broker.url(), "ear")
    ear.overhear(service.SUBJECTS, hub.hear, hub.missed)
    await ear.open()
    actor = Actor("one", "person", (Grant("la-manager", ("940",)),))
    listener = hub.join(actor, frozenset({"asset:940"}), 0)
    try:
        for _ in range(2):
            with nats.running(broker, tmp_path / "nats.log"):
                async with asyncio.timeout(2 * SOON):
                    await listener.wake.wait()
                assert listener.take() == ["asset:940"]
    finally:
        await ear.close()


async def test_who_reads_nothing_is_cut_off() -> None:
    ended: list[bool] = []

    async def events() -> AsyncGenerator[str]:
        yield "retry: 1\n\n"

    async def stuck(_message: Any) -> None:
        await asyncio.Event().wait()

    async def never() -> Never:
        await asyncio.Event().wait()
        raise AssertionError

    stream = EventStream(events(), lambda: ended.append(True), seconds=0.05)
    async with asyncio.timeout(SOON):
        await stream({"type": "http", "asgi": {"spec_version": "2.3"}}, never, stuck)

    assert ended == [True]
