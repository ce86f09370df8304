"""The connection guard: no half request may hold a connection, no address too many.

uvicorn has a keep-alive timeout but none for a request whose header never ends. This
protocol closes such a connection, bounds what it buffers, and answers what cannot be
parsed with a problem.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from chassis import json, problems
from gateway.proxy import model

HEADER_SECONDS = 10.0
PER_ADDRESS = 512
STOP = "stop_streams"
"""Under this name the app leaves what ends its endless answers."""
# The target and the request line come on top of the headers proper.
_MOST_BYTES = model.MOST_HEADER_BYTES + model.LONGEST_PATH + model.LONGEST_QUERY


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a deadline for headers and a cap per address."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        *,
        header_seconds: float,
        per_address: int,
        open_by_address: Counter[str],
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._header_seconds = header_seconds
        self._per_address = per_address
        self._open_by_address = open_by_address
        self._address = ""
        self._deadline: asyncio.TimerHandle | None = None
        self._header_bytes = 0

    def connection_made(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._open_by_address[self._address] += 1
        if self._open_by_address[self._address] > self._per_address:
            self.refuse(503, "Too many connections from this address")
            return
        self._expect_header()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._open_by_address[self._address] -= 1
        if self._open_by_address[self._address] <= 0:
            del self._open_by_address[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._deadline is not None:
            self._header_bytes += len(data)
            if self._header_bytes > _MOST_BYTES and not self.transport.is_closing():
                self.refuse(400, "The header is too large")

    def shutdown(self) -> None:
        """End first what has no end of its own: the server waits for every answer."""
        stop: Callable[[], None] | None = self.app_state.get(STOP)
        if stop is not None:
            stop()
        super().shutdown()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_header()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        if self.url.startswith(b"/"):
            super().on_headers_complete()
        else:
            raise ValueError("the target is not a path")

    def send_400_response(self, msg: str) -> None:
        del msg  # uvicorn's words say nothing of the cause
        self.refuse(400, "This is not a request that can be read")

    def refuse(self, status: int, detail: str) -> None:
        """Answer with a problem and close; the request has reached no application."""
        self._stop_waiting()
        title = {
            400: "The request could not be read",
            408: "The request came too slowly",
        }
        problem = problems.body(
            "bad-request" if status == HTTPStatus.BAD_REQUEST else "refused",
            title.get(status, detail),
            status,
            detail,
            "/",
        )
        body = json.encode(problem)
        head = STATUS_LINE[status] + b"".join(
            [
                b"content-type: application/problem+json\r\n",
                b"content-length: %d\r\n" % len(body),
                b"x-content-type-options: nosniff\r\n",
                b"retry-after: 2\r\n"
                if status == HTTPStatus.SERVICE_UNAVAILABLE
                else b"",
                b"connection: close\r\n\r\n",
            ]
        )
        self.transport.write(head + body)
        self.transport.close()

    def _expect_header(self) -> None:
        """Start the clock, or let it run on: an idle start does not buy more time."""
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._header_seconds, self._too_slow)

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self.refuse(408, "No complete header came in time")

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._header_bytes = 0


def guarded(header_seconds: float, per_address: int) -> Callable[..., GuardedProtocol]:
    """Make the protocol factory that `uvicorn.Config(http=...)` takes."""
    open_by_address: Counter[str] = Counter()

    def make(
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> GuardedProtocol:
        return GuardedProtocol(
            config,
            server_state,
            app_state,
            header_seconds=header_seconds,
            per_address=per_address,
            open_by_address=open_by_address,
        )

    return make
