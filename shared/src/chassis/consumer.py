"""Applies other services' facts: each once, within its tenant's scope, then acked.

A message that cannot be applied becomes a dead letter with a reason and never holds up
those behind it. What fails because a part is down is tried again until it is up.
"""

import asyncio
import contextlib
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import nats.aio.msg
import nats.errors
import nats.js.api
import structlog
from opentelemetry import trace
from opentelemetry.trace.propagation import tracecontext

from chassis import auth, db, deadletter, errors, inbox, pacing
from chassis.bus import Bus, Inlet, Refused, Unreachable
from contracts import event
from contracts.event import Event, Received

_LOG = structlog.stdlib.get_logger()
_TRACER = trace.get_tracer("chassis.consumer")
_PROPAGATOR = tracecontext.TraceContextTextMapPropagator()

MOST_FAILURES = 5
"""A handler may fail this often on one event before it becomes a dead letter."""
_MOST = 200
_FETCH_SECONDS = 1.0
_MEASURE_SECONDS = 2.0
_PRUNE_SECONDS = 3600.0
_LATER_SECONDS = 1.0

Handle = Callable[[db.Tx, Sequence[Event]], Awaitable[None]]
After = Callable[[db.Tx, str, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """Which facts of one service a feature wants, and what it does with them.

    `handle` gets facts of one LA that were never applied before, by thing and version,
    in a transaction whose scope is that LA. The order between transactions may differ
    from the order of what happened: a newer version wins. `after` follows in the same
    transaction, told the LA and when the newest of these facts happened.

    With `follows_schools` the scope also holds exactly the schools that the facts are
    of, wherever their rows stand: a school that passed to this LA can be fetched.
    """

    durable: str
    facts: tuple[type[Event], ...]
    handle: Handle
    follows_schools: bool = False
    after: After | None = None

    @property
    def stream(self) -> str:
        return event.name_of(self.facts[0]).service.upper()

    @property
    def subjects(self) -> tuple[str, ...]:
        """All facts of the things: a fact not known yet is kept as a dead letter."""
        names = [event.name_of(each) for each in self.facts]
        found = {f"joinedup.{name.service}.{name.entity}.>" for name in names}
        return tuple(sorted(found))

    def config(self) -> nats.js.api.ConsumerConfig:
        return nats.js.api.ConsumerConfig(
            durable_name=self.durable,
            filter_subjects=list(self.subjects),
            deliver_policy=nats.js.api.DeliverPolicy.ALL,
            ack_policy=nats.js.api.AckPolicy.EXPLICIT,
            ack_wait=10,
            max_deliver=-1,
            max_ack_pending=2000,
        )


@dataclass(slots=True)
class State:
    """What a consumer tells of itself, for readiness and metrics."""

    connected: bool = False
    applied: int = 0
    repeated: int = 0
    waiting: int = 0
    dead_letters: int = 0
    trouble: str | None = None

    def failed(self, error: Exception, durable: str) -> None:
        if self.trouble is None:
            _LOG.warning("consumer hindered", durable=durable, error=repr(error))
        self.trouble = repr(error)


@dataclass(frozen=True, slots=True)
class Consumer:
    """One subscription of a service, and what it needs to be served."""

    database: db.Database
    service: str
    subscription: Subscription
    state: State = field(default_factory=State)
    failures: Counter[UUID] = field(default_factory=Counter[UUID])


@dataclass(frozen=True, slots=True)
class _Delivery:
    message: nats.aio.msg.Msg
    received: Received


async def run(consumer: Consumer, bus: Bus, stop: asyncio.Event) -> None:
    """Consume until told to stop; a stream or broker that is missing is waited for."""
    while not stop.is_set():
        try:
            inlet = await bus.pull(
                consumer.subscription.stream, consumer.subscription.config()
            )
            try:
                await _consume(consumer, inlet, stop)
            finally:
                consumer.state.connected = False
                await inlet.close()
        except (Unreachable, Refused, errors.Unavailable) as error:
            consumer.state.failed(error, consumer.subscription.durable)
            await _pause(stop, _LATER_SECONDS * (0.5 + random.random()))  # noqa: S311


async def apply(
    database: db.Database,
    service: str,
    subscription: Subscription,
    arrived: Iterable[Received],
    also: Callable[[db.Tx], Awaitable[None]] | None = None,
) -> int:
    """Apply facts of one LA in one transaction; return how many were new."""
    by_id = {received.event_id: received for received in arrived}
    events = [received.event for received in by_id.values()]
    followed = events if subscription.follows_schools else []
    schools = {each.school_id for each in followed if each.school_id is not None}
    actor = auth.service_actor(service, [events[0].la_code], sorted(schools))
    async with database.begin(actor, auth.SERVICE_ACCESS) as tx:
        new = await inbox.claim(tx, subscription.durable, by_id)
        facts = [by_id[event_id].event for event_id in new]
        facts.sort(key=lambda fact: (fact.entity_id, fact.entity_version))
        if facts:
            await subscription.handle(tx, facts)
            if subscription.after is not None:
                newest = max(by_id[event_id].time for event_id in new)
                await subscription.after(tx, events[0].la_code, newest)
        if also is not None:
            await also(tx)
    return len(new)


async def _consume(consumer: Consumer, inlet: Inlet, stop: asyncio.Event) -> None:
    measured_at = pruned_at = float("-inf")
    while not stop.is_set():
        messages = await inlet.fetch(_MOST, _FETCH_SECONDS)
        began = time.monotonic()
        if messages:
            await _settle(consumer, messages)
        if 0 < len(messages) < _MOST:
            await _pause(stop, pacing.rest(time.monotonic() - began))
        now = time.monotonic()
        if now - measured_at >= _MEASURE_SECONDS:
            await _measure(consumer, inlet)
            measured_at = now
        if now - pruned_at >= _PRUNE_SECONDS:
            async with consumer.database.system() as tx:
                await inbox.prune(tx, consumer.subscription.durable)
            pruned_at = now
        consumer.state.connected, consumer.state.trouble = True, None


async def _measure(consumer: Consumer, inlet: Inlet) -> None:
    consumer.state.waiting = await inlet.waiting()
    async with consumer.database.system() as tx:
        durable = consumer.subscription.durable
        consumer.state.dead_letters = await deadletter.count(tx, durable)


async def _settle(consumer: Consumer, messages: Sequence[nats.aio.msg.Msg]) -> None:
    """Acknowledge, return or bury every message of a batch.

    Raises:
        errors.Unavailable: a part is down; what was not applied comes again.
    """
    try:
        groups: defaultdict[str, list[_Delivery]] = defaultdict(list)
        for message in messages:
            try:
                received = event.decode(message.data, message.subject)
            except event.Rejected as rejected:
                await _bury(consumer, message, rejected.reason, str(rejected))
            else:
                group = groups[received.event.la_code]
                group.append(_Delivery(message, received))
        for la_code in sorted(groups):
            await _apply(consumer, groups[la_code])
    except (errors.Unavailable, errors.TimedOut) as error:
        for message in messages:
            if not message.is_acked:
                await _answer(message.nak(_LATER_SECONDS))
        raise errors.Unavailable(error.detail) from error


async def _apply(consumer: Consumer, group: Sequence[_Delivery]) -> None:
    try:
        new = await _applied(consumer, group)
    except (errors.Unavailable, errors.TimedOut):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a handler raises, the events behind go on
        if len(group) == 1:
            await _failed(consumer, group[0], error)
        else:
            for delivery in group:
                await _apply(consumer, [delivery])
        return
    consumer.state.applied += new
    consumer.state.repeated += len(group) - new
    for delivery in group:
        consumer.failures.pop(delivery.received.event_id, None)
        await _answer(delivery.message.ack())


async def _applied(consumer: Consumer, group: Sequence[_Delivery]) -> int:
    contexts = [_PROPAGATOR.extract(_carrier(each.received)) for each in group]
    links = [
        trace.Link(trace.get_current_span(context).get_span_context())
        for context in contexts
    ]
    with _TRACER.start_as_current_span(
        f"consume {consumer.subscription.durable}",
        # One event goes on in the trace that said it; of many, each is linked.
        context=contexts[0] if len(contexts) == 1 else None,
        kind=trace.SpanKind.CONSUMER,
        links=[link for link in links if link.context.is_valid],
        record_exception=False,
        set_status_on_exception=False,
    ):
        return await apply(
            consumer.database,
            consumer.service,
            consumer.subscription,
            (each.received for each in group),
        )


async def _failed(consumer: Consumer, delivery: _Delivery, error: Exception) -> None:
    event_id = delivery.received.event_id
    consumer.failures[event_id] += 1
    failures = consumer.failures[event_id]
    if failures < MOST_FAILURES:
        await _answer(delivery.message.nak(0.1 * 2**failures))
        return
    detail = deadletter.described(error)
    await _bury(consumer, delivery.message, deadletter.HANDLER_FAILED, detail)
    del consumer.failures[event_id]


async def _bury(
    consumer: Consumer, message: nats.aio.msg.Msg, reason: str, detail: str
) -> None:
    letter = deadletter.Letter(
        consumer=consumer.subscription.durable,
        message_id=deadletter.storable(
            (message.headers or {}).get("Nats-Msg-Id")
            or sha256(message.data).hexdigest()
        ),
        stream=message.metadata.stream,
        stream_seq=message.metadata.sequence.stream,
        subject=message.subject,
        message=message.data,
        reason=reason,
        detail=deadletter.storable(detail),
    )
    async with consumer.database.system() as tx:
        await deadletter.keep(tx, letter)
    _LOG.error(
        "dead letter",
        durable=letter.consumer,
        reason=reason,
        stream_seq=letter.stream_seq,
    )
    await _answer(message.term())


async def _answer(answer: Awaitable[None]) -> None:
    # An answer that does not get through brings the message again: the inbox knows it.
    with contextlib.suppress(nats.errors.Error):
        await answer


def _carrier(received: Received) -> dict[str, str]:
    return {"traceparent": received.traceparent} if received.traceparent else {}


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
