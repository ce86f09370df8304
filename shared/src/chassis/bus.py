"""NATS JetStream: one connection that comes back for ever, streams made by code.

The stream is a transport that may be rebuilt at any time; PostgreSQL holds the ledger.
What goes wrong on the way is `Unreachable` (it may work later) or `Refused` (the server
said no, with its own code).
"""

# nats-py leaves the types of its keyword arguments and headers open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import nats
import nats.aio.client
import nats.aio.msg
import nats.errors
import nats.js
import nats.js.api
import nats.js.errors
import structlog

_LOG = structlog.stdlib.get_logger()

PATIENCE = 2.0
"""Seconds that one answer may take; the relay's lock outlives it."""
_DAY = 86_400.0
_MESSAGE_LIMIT = 256 * 1024
_CONTENT_TYPE = "application/cloudevents+json"
_BATCH_HOLDS_DUPLICATE = 10201


class Unreachable(Exception):
    """No answer from the broker, or not the one of a broker that is up."""


class Refused(Exception):
    """The broker said no."""


class HoldsDuplicate(Refused):
    """A batch was refused whole: the stream has one of its messages already."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A service's own stream; its bytes stay below the broker's volume."""

    service: str
    max_bytes: int = 1024**3
    max_age_seconds: float = 7 * _DAY
    duplicate_window_seconds: float = 300.0

    @property
    def name(self) -> str:
        return self.service.upper()

    def config(self) -> nats.js.api.StreamConfig:
        """Refuse rather than forget when full, so that the outbox keeps what waits."""
        return nats.js.api.StreamConfig(
            name=self.name,
            subjects=[f"joinedup.{self.service}.>"],
            storage=nats.js.api.StorageType.FILE,
            retention=nats.js.api.RetentionPolicy.LIMITS,
            discard=nats.js.api.DiscardPolicy.NEW,
            max_bytes=self.max_bytes,
            max_age=self.max_age_seconds,
            max_msg_size=_MESSAGE_LIMIT,
            duplicate_window=self.duplicate_window_seconds,
            allow_atomic=True,
            num_replicas=1,
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """Which sequences a stream holds: an empty one ends before it starts."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Message:
    """What is published; the stream drops a second one with the same id."""

    message_id: str
    subject: str
    body: bytes
    traceparent: str | None

    def headers(self) -> dict[str, str]:
        told = {"Nats-Msg-Id": self.message_id, "Content-Type": _CONTENT_TYPE}
        if self.traceparent:
            told["traceparent"] = self.traceparent
        return told


@dataclass(frozen=True, slots=True)
class Ear:
    """Who overhears a subject: each message as it passes, and that some were missed."""

    subject: str
    heard: Callable[[str, bytes], None]
    missed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ack:
    """Where the stream keeps a message; `is_fresh` unless it had it already."""

    stream_seq: int
    is_fresh: bool


class Bus:
    """The process's connection to the broker: opened at start-up, closed at the end."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._client = nats.aio.client.Client()
        self._connecting: asyncio.Task[None] | None = None
        self._ears: list[Ear] = []
        self.reconnects = 0
        """Counts up whenever the broker may have forgotten something."""

    @property
    def is_connected(self) -> bool:
        return self._client.is_connected

    async def open(self) -> None:
        """Begin to connect; a broker that is down is waited for in the background."""
        self._connecting = asyncio.create_task(self._connect())

    async def close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            with contextlib.suppress(
                asyncio.CancelledError, nats.errors.Error, OSError
            ):
                await self._connecting
        if not self._client.is_closed:
            await self._client.close()

    def overhear(
        self,
        subject: str,
        heard: Callable[[str, bytes], None],
        missed: Callable[[], None],
    ) -> None:
        """From `open` on, hear what is published as it passes; nothing is kept for us.

        Whenever the broker comes back, `missed` is called: nobody knows what was said.
        """
        self._ears.append(Ear(subject, heard, missed))

    async def ensure_stream(self, stream: Stream) -> Extent:
        """Make the stream if it is missing, and say what it holds."""
        with _translated():
            try:
                found = await self._jetstream().stream_info(stream.name)
            except nats.js.errors.NotFoundError:
                found = await self._jetstream().add_stream(stream.config())
                _LOG.warning("stream made", stream=stream.name)
            if _differs(found.config, stream.config()):
                found = await self._jetstream().update_stream(stream.config())
        return Extent(found.state.first_seq, found.state.last_seq)

    async def message_id_at(self, stream: Stream, stream_seq: int) -> str | None:
        """Say which message the stream holds at a sequence, None where it has none."""
        with _translated():
            try:
                found = await self._jetstream().get_msg(stream.name, stream_seq)
            except nats.js.errors.NotFoundError:
                return None
        return (found.headers or {}).get("Nats-Msg-Id")

    async def publish(self, message: Message) -> Ack:
        """Publish one message; acknowledged means that the stream has it on disk."""
        with _translated():
            acked = await self._jetstream().publish(
                message.subject, message.body, headers=message.headers()
            )
        return Ack(acked.seq, not acked.duplicate)

    async def publish_together(self, messages: Sequence[Message]) -> list[Ack]:
        """Publish all messages or none, in their order, with a single write to disk.

        Raises:
            HoldsDuplicate: the stream has one of them already and took none.
        """
        batch_id, size = uuid.uuid4().hex, len(messages)
        with _translated():
            jetstream = self._jetstream()
            for position, message in enumerate(messages[:-1], start=1):
                headers = {**message.headers(), **_in_batch(batch_id, position)}
                await self._client.publish(
                    message.subject, message.body, headers=headers
                )
            headers = {**messages[-1].headers(), **_in_batch(batch_id, size)}
            headers["Nats-Batch-Commit"] = "1"
            last = await jetstream.publish(
                messages[-1].subject, messages[-1].body, headers=headers
            )
        first = last.seq - size + 1
        return [Ack(stream_seq, True) for stream_seq in range(first, last.seq + 1)]

    async def pull(self, stream: str, config: nats.js.api.ConsumerConfig) -> "Inlet":
        """Make or update a durable consumer and take part in it.

        Raises:
            Refused: there is no such stream yet.
        """
        with _translated():
            jetstream = self._jetstream()
            await jetstream.add_consumer(stream, config)
            subscription = await jetstream.pull_subscribe_bind(
                config.durable_name, stream
            )
        return Inlet(subscription)

    def _jetstream(self) -> nats.js.JetStreamContext:
        # What is sent while disconnected would be kept back and published later, when
        # nobody waits for its acknowledgement any more.
        if not self._client.is_connected:
            raise Unreachable("not connected")
        return self._client.jetstream(timeout=PATIENCE)

    async def _connect(self) -> None:
        await self._client.connect(
            self._url,
            name=self._name,
            connect_timeout=2,
            reconnect_time_wait=1,
            max_reconnect_attempts=-1,
            ping_interval=5,
            max_outstanding_pings=2,
            reconnected_cb=self._reconnected,
            disconnected_cb=self._disconnected,
            error_cb=self._failed,
        )
        for ear in self._ears:
            await self._client.subscribe(ear.subject, cb=_passing(ear))
        self._came_back()
        _LOG.info("broker connected")

    async def _reconnected(self) -> None:
        # The client has subscribed again by itself.
        self._came_back()
        _LOG.info("broker connected again")

    def _came_back(self) -> None:
        self.reconnects += 1
        for ear in self._ears:
            ear.missed()

    async def _disconnected(self) -> None:
        _LOG.warning("broker lost")

    async def _failed(self, error: Exception) -> None:
        _LOG.debug("broker error", error=repr(error))


class Inlet:
    """A part in a durable consumer: hands out messages, and says how many wait."""

    def __init__(self, subscription: nats.js.JetStreamContext.PullSubscription) -> None:
        self._subscription = subscription

    async def fetch(self, most: int, seconds: float) -> list[nats.aio.msg.Msg]:
        """Return what is there, waiting a while for the first; none after that."""
        with _translated():
            try:
                return await self._subscription.fetch(most, timeout=seconds)
            except TimeoutError:
                return []

    async def waiting(self) -> int:
        """Count what is not delivered, or delivered and not acknowledged."""
        with _translated():
            found = await self._subscription.consumer_info()
        return (found.num_pending or 0) + (found.num_ack_pending or 0)

    async def close(self) -> None:
        with contextlib.suppress(nats.errors.Error):
            await self._subscription.unsubscribe()


def _passing(ear: Ear) -> Callable[[nats.aio.msg.Msg], Awaitable[None]]:
    async def pass_on(message: nats.aio.msg.Msg) -> None:
        ear.heard(message.subject, message.data)

    return pass_on


def _in_batch(batch_id: str, position: int) -> dict[str, str]:
    return {"Nats-Batch-Id": batch_id, "Nats-Batch-Sequence": str(position)}


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except nats.js.errors.NoStreamResponseError as error:
        raise Unreachable("no stream takes this subject") from error
    except nats.js.errors.APIError as error:
        if error.err_code == _BATCH_HOLDS_DUPLICATE:
            raise HoldsDuplicate(str(error)) from error
        raise Refused(str(error)) from error
    except (nats.errors.Error, ConnectionError) as error:
        raise Unreachable(repr(error)) from error


def _differs(found: nats.js.api.StreamConfig, wanted: nats.js.api.StreamConfig) -> bool:
    return any(
        getattr(found, name) != getattr(wanted, name)
        for name in (
            "subjects",
            "max_bytes",
            "max_age",
            "max_msg_size",
            "duplicate_window",
            "discard",
            "allow_atomic",
        )
    )
