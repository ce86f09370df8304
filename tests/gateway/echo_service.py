"""A service that says what it was asked, and can be slow, large or broken off."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.http import Receive, Scope, Send

AS_FILE = (b"content-disposition", b'attachment; filename="a.txt"')


@dataclass
class EchoService:
    """Keeps what reached it, as its HTTP server parsed it."""

    port: int
    seen: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        asked = {
            "method": scope["method"],
            "path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [(k.decode(), v.decode("latin-1")) for k, v in scope["headers"]],
        }
        self.seen.append(asked)
        if scope["path"].endswith("/hang"):
            await asyncio.Event().wait()
        if scope["path"].endswith("/stream"):
            await self._stream(send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.pieces.append(len(message.get("body", b"")))
            body += message.get("body", b"")
            more = message.get("more_body", False)
        more_headers = [AS_FILE] if scope["path"].endswith("/as-a-file") else []
        await _answer(send, {**asked, "length": len(body)}, more_headers)

    async def _stream(self, send: Send) -> None:
        """Send one piece, and the second only when the test has seen the first."""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await self.gate.wait()
        await send({"type": "http.response.body", "body": b"second"})


async def _answer(
    send: Send, value: object, more_headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    body = json.dumps(value).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"etag", b'"7"'),
        (b"set-cookie", b"from-service=1"),
        (b"x-internal-secret", b"1"),
        (b"server", b"echo"),
        (b"access-control-allow-origin", b"*"),
        *more_headers,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
