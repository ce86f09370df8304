"""Hints to open pages, as server-sent events."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from chassis import errors
from chassis.auth import Actor
from gateway.callers.routes import CurrentDatabase
from gateway.callers.service import Callers
from gateway.live import model
from gateway.live.service import Hub, Listener, Recheck
from gateway.sessions.model import SignInNeeded

SEND_SECONDS = 10.0
LONGEST_TOPICS = 1200
LONGEST_AGE = 60
router = APIRouter(include_in_schema=False)


class EventStream(StreamingResponse):
    """A stream whose reader must keep up: who does not is cut off and may come back."""

    media_type = "text/event-stream"

    def __init__(
        self,
        events: AsyncGenerator[str],
        at_end: Callable[[], None],
        seconds: float = SEND_SECONDS,
    ) -> None:
        super().__init__(events, headers={"x-accel-buffering": "no"})
        self._at_end = at_end
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._at_end()

    async def stream_response(self, send: Send) -> None:
        async def in_time(message: Message) -> None:
            async with asyncio.timeout(self._seconds):
                await send(message)

        # Returning with the answer unfinished makes the server close.
        with suppress(TimeoutError):
            await super().stream_response(in_time)


@router.get("/live")
async def live(
    request: Request,
    db: CurrentDatabase,
    topics: Annotated[str, Query(max_length=LONGEST_TOPICS)],
    age: Annotated[float, Query(ge=0, le=LONGEST_AGE)] = 0,
) -> EventStream:
    """Tell a signed-in page when something that it shows has changed.

    `topics` are like `asset:<school id or LA code>,ticket:<ticket id>`; `age` is how
    many seconds ago the page was drawn. A hint says the topic and nothing else.
    """
    hub: Hub = request.app.state.live
    callers: Callers = request.app.state.callers

    async def whose() -> Actor | None:
        try:
            visitor = await callers.visitor(db, request.headers.raw, is_attended=False)
        except SignInNeeded:
            return None
        return visitor.actor

    actor = await whose()
    if actor is None:
        raise SignInNeeded
    listener = hub.join(actor, model.topics_of(topics.split(",")), age)
    return EventStream(_events(hub, listener, whose), lambda: hub.leave(listener))


async def _events(hub: Hub, listener: Listener, whose: Recheck) -> AsyncGenerator[str]:
    # Not all come back in the same moment after a restart.
    yield f"retry: {random.randint(2000, 6000)}\n\n"  # noqa: S311 - no secret
    # Where it is not known whether they still may, they come back and are asked.
    with suppress(errors.Unavailable, errors.TimedOut):
        async for hints in hub.hints(listener, whose):
            yield _lines(hints)


def _lines(topics: list[str]) -> str:
    if not topics:
        return ": still here\n\n"
    return "".join(f"event: changed\ndata: {topic}\n\n" for topic in topics)
