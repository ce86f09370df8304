"""Raw bytes to a socket and back: what no HTTP client would send."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back on a raw socket, and whether it was closed."""

    status: int
    raw: bytes
    closed: bool


async def exchange(port: int, request: bytes, seconds: float = 30) -> Reply:
    """Send bytes, read one answer; `closed` says whether the connection ended."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), seconds)
        rest, closed = await _rest(reader, head)
        return Reply(int(head.split(b" ", 2)[1]), head + rest, closed)
    finally:
        writer.close()


async def _rest(reader: asyncio.StreamReader, head: bytes) -> tuple[bytes, bool]:
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ),
        0,
    )
    try:
        body = await asyncio.wait_for(reader.readexactly(length), 30)
    except ConnectionResetError:
        # Closed with bytes unread: the kernel says so with a reset.
        return b"", True
    try:
        more = await asyncio.wait_for(reader.read(65536), 0.3)
    except TimeoutError:
        return body, False
    return body + more, more == b""
