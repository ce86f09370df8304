"""From where a request came, for whoever records it: known to all that it leads to.

The gateway alone writes the header, and drops what a client sends under its name.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any

HEADER = "joinedup-source"
_NAME = HEADER.encode()
_LONGEST = 64
_SOURCE: ContextVar[str | None] = ContextVar("source", default=None)

Scope = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Any, Any], Awaitable[None]]


def source() -> str | None:
    """Say from which address the request under way came, if it is known."""
    return _SOURCE.get()


class Origin:
    """Notes from where a request came, anew for each that a task answers."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            _SOURCE.set(_of(scope["headers"]))
        await self._app(scope, receive, send)


def _of(headers: list[tuple[bytes, bytes]]) -> str | None:
    sent = next((value for name, value in headers if name == _NAME), None)
    return sent.decode("latin-1")[:_LONGEST] if sent else None
