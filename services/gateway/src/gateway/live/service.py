"""One ear at the broker for the whole process, and what each open page is told of it.

Nothing is promised but a hint: a page that may have missed one is told to look again.
"""

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from pydantic import ValidationError

from chassis.auth import Actor
from gateway.live import model
from gateway.live.model import Change
from gateway.live.schemas import Envelope

SUBJECTS = "joinedup.>"
PER_PERSON = 8
REMEMBERED = 2_000
CHECK_SECONDS = 5.0
HEARTBEAT_SECONDS = 15.0
# A bulk change says thousands of facts: a page is told of them once in this time.
GATHER_SECONDS = 0.2
_LOG = structlog.get_logger("gateway.live")

Recheck = Callable[[], Awaitable[Actor | None]]
"""Says what the listener may do now; None when their session is over."""


@dataclass(eq=False, slots=True)
class Listener:
    """One open page: what it follows, and what it has yet to be told of.

    What waits is a set of its own topics, so it is bounded however slowly it is read.
    """

    actor: Actor
    topics: frozenset[str]
    waiting: set[str] = field(default_factory=set[str])
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, topic: str) -> None:
        self.waiting.add(topic)
        self.wake.set()

    def take(self) -> list[str]:
        """Hand over what waits; nothing waits after that."""
        taken, self.waiting = sorted(self.waiting), set()
        self.wake.clear()
        return taken


class Hub:
    """Every listener of this process, found by what they follow."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._listeners: set[Listener] = set()
        self._following: defaultdict[str, set[Listener]] = defaultdict(set)
        self._per_person: Counter[str] = Counter()
        self._recent: deque[tuple[float, Change]] = deque(maxlen=REMEMBERED)
        self._is_stopping = False

    def hear(self, subject: str, body: bytes) -> None:
        """Take in a fact of any service and tell whom it concerns."""
        named = model.kind_of(subject)
        if named is None:
            return
        kind, la_code = named
        try:
            envelope = Envelope.model_validate_json(body)
        except ValidationError:
            # The consumers bury it, with its reason.
            _LOG.warning("live.unreadable", subject=subject)
            return
        if envelope.lacode == la_code:
            change = Change(kind, la_code, envelope.schoolid, envelope.subject)
            self._recent.append((time.monotonic(), change))
            self._tell(change)

    def missed(self) -> None:
        """Tell everybody to look again: the broker was away."""
        for listener in self._listeners:
            for topic in listener.topics:
                listener.tell(topic)

    def stop(self) -> None:
        """End every stream at once, so that the server can."""
        self._is_stopping = True
        for listener in self._listeners:
            listener.wake.set()

    def join(self, actor: Actor, topics: frozenset[str], age: float) -> Listener:
        """Become a listener; what changed since the page was drawn waits already.

        Raises:
            model.TooManyStreams: this person, or everybody together, has too many.
        """
        is_full = len(self._listeners) >= self._most
        if is_full or self._per_person[_whose(actor)] >= PER_PERSON:
            raise model.TooManyStreams
        listener = Listener(actor, topics)
        self._per_person[_whose(actor)] += 1
        self._listeners.add(listener)
        for topic in topics:
            self._following[topic].add(listener)
        self._catch_up(listener, age)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        for topic in listener.topics:
            self._following[topic].discard(listener)
            if not self._following[topic]:
                del self._following[topic]
        principal = _whose(listener.actor)
        self._per_person[principal] -= 1
        if self._per_person[principal] <= 0:
            del self._per_person[principal]

    async def hints(
        self, listener: Listener, recheck: Recheck
    ) -> AsyncGenerator[list[str]]:
        """Say which topics changed, as long as nothing of the listener's rights does.

        An empty list is a heartbeat.
        """
        clock = asyncio.get_running_loop().time
        checked = spoken = clock()
        while not self._is_stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(checked + CHECK_SECONDS):
                    await listener.wake.wait()
            if clock() >= checked + CHECK_SECONDS:
                if await recheck() != listener.actor:
                    return
                checked = clock()
            if listener.waiting:
                await asyncio.sleep(GATHER_SECONDS)
            topics = listener.take()
            if topics or clock() >= spoken + HEARTBEAT_SECONDS:
                yield topics
                spoken = clock()

    def _tell(self, change: Change) -> None:
        for topic in change.topics():
            for listener in self._following.get(topic, ()):
                if change.concerns(listener.actor, topic):
                    listener.tell(topic)

    def _catch_up(self, listener: Listener, age: float) -> None:
        since = time.monotonic() - age
        for at, change in reversed(self._recent):
            if at < since:
                return
            for topic in listener.topics.intersection(change.topics()):
                if change.concerns(listener.actor, topic):
                    listener.tell(topic)


def _whose(actor: Actor) -> str:
    """Say who listens: an administrator takes nobody's place whom they look as."""
    return actor.behind or actor.principal
