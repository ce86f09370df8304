"""Carries facts from the outbox to the stream: one leader, in order, at least once.

Only the unbroken run of acknowledged events from the front is marked as published, so
whatever fails is published again; the stream and every inbox drop what they have.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import psycopg
import structlog

from chassis import amnesia, ledger, pacing
from chassis.bus import Ack, Bus, Message, Refused, Stream, Unreachable
from chassis.ledger import Ledger, Recorded, Unpublished
from contracts.event import DATA_CONTENT_TYPE, SPECVERSION

_LOG = structlog.stdlib.get_logger()

_MOST = 500
_WORTH_A_BATCH = 20
_STANDBY_SECONDS = 0.2
_HEARTBEAT_SECONDS = 1.0
_SINGLES_SECONDS = 1.5
_LONGEST_PAUSE = 2.0
_PRUNE_SECONDS = 3600.0


@dataclass(slots=True)
class State:
    """What the relay tells of itself, for readiness and metrics."""

    leader: bool = False
    unpublished: int = 0
    oldest_seconds: float = 0.0
    refilled: int = 0
    trouble: str | None = None

    def settled(self) -> None:
        self.trouble = None

    def failed(self, error: Exception) -> None:
        if self.trouble is None:
            _LOG.warning("relay hindered", error=repr(error))
        self.trouble = repr(error)


@dataclass(slots=True)
class _Lead:
    """What a leader carries from round to round."""

    highest: int = 0
    reconnects: int = -1
    checked_at: float = float("-inf")
    pruned_at: float = float("-inf")
    failures: int = 0


async def run(
    url: str, bus: Bus, stream: Stream, stop: asyncio.Event, state: State
) -> None:
    """Publish, or stand by for the one who does, until told to stop."""
    name = f"{stream.service}-relay"
    while not stop.is_set():
        try:
            session = await ledger.open_ledger(url, name)
        except psycopg.Error as error:
            state.failed(error)
        else:
            await _serve(session, bus, stream, stop, state)
        await _pause(stop, _STANDBY_SECONDS * (1 + random.random()))  # noqa: S311


def envelope(row: Unpublished, service: str) -> bytes:
    """Put a fact into its CloudEvents envelope, structured JSON."""
    told: dict[str, object] = {
        "specversion": SPECVERSION,
        "id": row.event_id,
        "source": f"/joinedup/{service}",
        "type": row.type,
        "subject": row.entity_id,
        "time": row.created_at,
        "datacontenttype": DATA_CONTENT_TYPE,
        "lacode": row.la_code,
        "entityversion": row.entity_version,
        "data": orjson.Fragment(row.data),
    }
    if row.school_id is not None:
        told["schoolid"] = row.school_id
    if row.traceparent is not None:
        told["traceparent"] = row.traceparent
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)


async def _serve(
    session: Ledger, bus: Bus, stream: Stream, stop: asyncio.Event, state: State
) -> None:
    try:
        while not stop.is_set() and not await session.try_lock():
            await _pause(stop, _STANDBY_SECONDS)
        if not stop.is_set():
            state.leader = True
            _LOG.info("relay leads", stream=stream.name)
            await _lead(session, bus, stream, stop, state)
    except psycopg.Error as error:
        state.failed(error)
    finally:
        state.leader = False
        with contextlib.suppress(psycopg.Error):
            await session.close()


async def _lead(
    session: Ledger, bus: Bus, stream: Stream, stop: asyncio.Event, state: State
) -> None:
    """Go round until told to stop or the session is lost.

    Every round asks the database something within the session's idle time: that is the
    heartbeat, and a leader that was frozen finds its session gone.
    """
    lead = _Lead()
    await session.listen()
    while not stop.is_set():
        try:
            await _look_after(session, bus, stream, lead, state)
            began = time.monotonic()
            published = await _publish_some(session, bus, stream, lead)
            if not published:
                await session.await_wake(_HEARTBEAT_SECONDS)
            elif published < _MOST:
                await _pause(stop, pacing.rest(time.monotonic() - began))
        except (Unreachable, Refused) as error:
            state.failed(error)
            lead.failures += 1
            lead.checked_at = float("-inf")
            await _pause(stop, _back_off(lead.failures))
        else:
            lead.failures = 0
            state.settled()


async def _look_after(
    session: Ledger, bus: Bus, stream: Stream, lead: _Lead, state: State
) -> None:
    """Each second and after each reconnect: measure, and ask the broker's memory."""
    now = time.monotonic()
    due = now - lead.checked_at >= _HEARTBEAT_SECONDS
    if not due and lead.reconnects == bus.reconnects:
        return
    backlog = await session.backlog()
    state.unpublished, state.oldest_seconds = backlog.unpublished, backlog.oldest
    reconnects = bus.reconnects
    lead.highest, lost = await amnesia.check(session, bus, stream)
    state.refilled += lost
    lead.reconnects, lead.checked_at = reconnects, now
    if now - lead.pruned_at >= _PRUNE_SECONDS and not await session.prune():
        lead.pruned_at = now


async def _publish_some(session: Ledger, bus: Bus, stream: Stream, lead: _Lead) -> int:
    """Publish what waits at the front and mark it; say how much waited there."""
    rows = await session.unpublished(_MOST)
    if not rows:
        return 0
    acks = await _publish(bus, rows, stream.service)
    if any(ack.is_fresh and ack.stream_seq <= lead.highest for ack in acks):
        # A sequence given twice: the stream has lost what it held there before.
        lead.checked_at = float("-inf")
        return len(rows)
    recorded = [
        Recorded(row.event_id, ack.stream_seq)
        for row, ack in zip(rows, acks, strict=False)
    ]
    await session.mark(recorded)
    lead.highest = max(lead.highest, *(event.stream_seq for event in recorded))
    return len(rows)


async def _publish(bus: Bus, rows: Sequence[Unpublished], service: str) -> list[Ack]:
    """Publish in order; the acknowledgements are those of an unbroken run."""
    messages = [
        Message(str(row.event_id), row.subject, envelope(row, service), row.traceparent)
        for row in rows
    ]
    if len(messages) >= _WORTH_A_BATCH:
        try:
            return await bus.publish_together(messages)
        except Refused as refused:
            # All or nothing, so nothing: one by one the stream says which it has.
            _LOG.info("batch refused", error=str(refused))
    return await _publish_singly(bus, messages)


async def _publish_singly(bus: Bus, messages: Sequence[Message]) -> list[Ack]:
    acks: list[Ack] = []
    enough = time.monotonic() + _SINGLES_SECONDS
    for message in messages:
        try:
            acks.append(await bus.publish(message))
        except (Unreachable, Refused):
            if not acks:
                raise
            break
        if time.monotonic() > enough:
            break
    return acks


def _back_off(failures: int) -> float:
    longest = min(_LONGEST_PAUSE, 0.1 * 2 ** min(failures, 8))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 - spreads, hides nothing


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
