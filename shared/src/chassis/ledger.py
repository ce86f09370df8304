"""The outbox as its relay sees it: one session that is leader as long as it lives.

The session's advisory lock dies with it. Another relay takes over within a fraction of
a second when the leader is killed, and within seconds when it is frozen, since the
server ends a session that says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

import psycopg
from psycopg.rows import class_row

from chassis import sql

IDLE_SECONDS = 5
"""A session silent for longer is ended by the server, and its lock with it."""
_LOCK_KEY = int.from_bytes(b"outbox")
_MOST = 2**63 - 1
_PAGE = 1000
_OPTIONS = (
    f"-c idle_session_timeout={IDLE_SECONDS}s -c tcp_user_timeout={IDLE_SECONDS}s"
    " -c statement_timeout=5s -c timezone=UTC"
)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A fact that waits to be published."""

    event_id: UUID
    type: str
    subject: str
    la_code: str
    school_id: UUID | None
    entity_id: UUID
    entity_version: int
    created_at: datetime
    traceparent: str | None
    data: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A published fact, and where the stream said that it keeps it."""

    event_id: UUID
    stream_seq: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many facts wait, and for how many seconds the oldest does."""

    unpublished: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whether this session holds the relay's lock now."""

    held: bool


_QUERIES = sql.load("chassis")
_TRY_LOCK = _QUERIES.rows("try_relay_lock", Attempt)
_UNPUBLISHED = _QUERIES.rows("list_unpublished", Unpublished)
_MARK = _QUERIES.command("mark_published")
_RECORDED = _QUERIES.rows("get_recorded", Recorded)
_FORGET = _QUERIES.command("forget_published_above")
_BACKLOG = _QUERIES.rows("get_backlog", Backlog)
_PRUNE = _QUERIES.command("prune_outbox")

Row = TypeVar("Row")


class Ledger:
    """The relay's session: a leader that lost its lock can do nothing more with it."""

    def __init__(self, connection: psycopg.AsyncConnection[object]) -> None:
        self._connection = connection

    async def close(self) -> None:
        await self._connection.close()

    async def try_lock(self) -> bool:
        return (await self._rows(_TRY_LOCK, {"lock_key": _LOCK_KEY}))[0].held

    async def listen(self) -> None:
        await self._connection.execute("LISTEN outbox")

    async def await_wake(self, seconds: float) -> None:
        """Return when a transaction has said facts, or when the time is over."""
        async for _ in self._connection.notifies(timeout=seconds, stop_after=1):
            pass

    async def unpublished(self, most: int) -> list[Unpublished]:
        return await self._rows(_UNPUBLISHED, {"page_size": most})

    async def mark(self, events: Sequence[Recorded]) -> None:
        acked = {
            "event_ids": [event.event_id for event in events],
            "stream_seqs": [event.stream_seq for event in events],
        }
        await self._run(_MARK, acked)

    async def recorded(self, bound: int = _MOST) -> Recorded | None:
        """Return the fact with the highest recorded sequence up to a bound."""
        found = await self._rows(_RECORDED, {"bound": bound})
        return found[0] if found else None

    async def forget_above(self, bound: int) -> int:
        return await self._run(_FORGET, {"bound": bound})

    async def backlog(self) -> Backlog:
        return (await self._rows(_BACKLOG, None))[0]

    async def prune(self) -> bool:
        """Delete some old rows; say whether there may be more."""
        return await self._run(_PRUNE, {"page_size": _PAGE}) == _PAGE

    async def _rows(
        self, query: sql.Query[Row], params: dict[str, int] | None
    ) -> list[Row]:
        factory = class_row(cast("type[Row]", query.row))
        cursor = self._connection.cursor(row_factory=factory)
        await cursor.execute(query.text, params)
        return await cursor.fetchall()

    async def _run(
        self,
        query: sql.Query[None],
        params: dict[str, int] | dict[str, list[UUID] | list[int]],
    ) -> int:
        return (await self._connection.execute(query.text, params)).rowcount


async def open_ledger(url: str, name: str) -> Ledger:
    connection = await psycopg.AsyncConnection[object].connect(
        url,
        autocommit=True,
        application_name=name,
        options=_OPTIONS,
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=2,
        tcp_user_timeout=10_000,
    )
    return Ledger(connection)
