"""A connection that sends no complete header is closed, and others never notice."""

import asyncio
import time
from collections.abc import AsyncGenerator

import httpx
import pytest

from chassis.embedded import child
from gateway.app import create_app
from gateway.proxy import guard
from tests.gateway.conftest import PER_ADDRESS, Stand, serving
from tests.gateway.echo_service import EchoService

HEADER_SECONDS = 0.5
GENEROUS = 60
HALF = b"GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: "


@pytest.fixture
async def port(stand: Stand) -> AsyncGenerator[int]:
    """A gateway that waits less long than that of other tests, which may be slow."""
    free = child.free_port()
    hurried = create_app(stand.settings.model_copy(update={"port": free}))
    async with serving(hurried, free, guard.guarded(HEADER_SECONDS, PER_ADDRESS)):
        yield free


async def closed_after(port: int, first: bytes, drip: bytes = b"") -> float:
    """Open, send, drip; return after how long the other side closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    writer.write(first)
    ended = asyncio.create_task(reader.read())
    async with asyncio.timeout(GENEROUS):
        while not ended.done():
            if drip:
                writer.write(drip)
            await asyncio.wait({ended}, timeout=0.05)
    writer.close()
    return time.monotonic() - began


async def test_silence_half_a_header_and_a_drip_all_end(port: int) -> None:
    for first, drip in ((b"", b""), (HALF, b""), (HALF, b"x"), (b"G", b"")):
        took = await closed_after(port, first, drip)

        assert took >= HEADER_SECONDS * 0.8


async def test_a_half_second_request_ends_too(port: int) -> None:
    whole = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"

    assert await closed_after(port, whole + HALF, b"x") > 0


async def test_many_slow_ones_leave_others_alone(
    http: httpx.AsyncClient,
) -> None:
    port = child.free_port()
    async with serving(EchoService(port), port, guard.guarded(GENEROUS, 300)):
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
        for _, each in slow:
            each.write(HALF)
        answer = await http.get(f"http://127.0.0.1:{port}/health/live")
        ended = [reader.at_eof() for reader, _ in slow]
        for _, each in slow:
            each.close()

    assert answer.status_code == 200
    assert not any(ended)


async def test_one_address_may_not_hold_every_connection() -> None:
    port = child.free_port()
    async with serving(EchoService(port), port, guard.guarded(30, 5)):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        refused = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        for _, each in held:
            each.close()

    assert b" 503 " in refused
    assert b"application/problem+json" in refused
