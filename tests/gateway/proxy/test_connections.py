"""A connection that sends no complete header is closed, and others never notice."""

import asyncio
import time

import httpx

from chassis.embedded import child
from gateway.proxy import guard
from tests.gateway.conftest import HEADER_SECONDS, Stand, serving
from tests.gateway.echo_service import EchoService

HALF = b"GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: "


async def closed_after(port: int, first: bytes, drip: bytes = b"") -> float:
    """Open, send, drip; return after how long the other side closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    writer.write(first)
    ended = asyncio.create_task(reader.read())
    async with asyncio.timeout(HEADER_SECONDS * 10):
        while not ended.done():
            if drip:
                writer.write(drip)
            await asyncio.wait({ended}, timeout=0.05)
    writer.close()
    return time.monotonic() - began


async def test_silence_half_a_header_and_a_drip_all_end(stand: Stand) -> None:
    for first, drip in ((b"", b""), (HALF, b""), (HALF, b"x"), (b"G", b"")):
        took = await closed_after(stand.port, first, drip)

        assert HEADER_SECONDS * 0.8 <= took <= HEADER_SECONDS * 8


async def test_a_half_second_request_ends_too(stand: Stand) -> None:
    whole = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"

    took = await closed_after(stand.port, whole + HALF, b"x")

    assert took <= HEADER_SECONDS * 8


async def test_many_slow_connections_leave_others_alone(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    slow = [asyncio.create_task(closed_after(stand.port, HALF)) for _ in range(200)]
    worst = 0.0
    while not all(task.done() for task in slow):
        began = time.monotonic()
        answer = await http.get(f"{stand.url}/health/live")
        worst = max(worst, time.monotonic() - began)
        assert answer.status_code == 200
    took = await asyncio.gather(*slow)

    assert max(took) <= HEADER_SECONDS * 8
    assert worst < 2


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
