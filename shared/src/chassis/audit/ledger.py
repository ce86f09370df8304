"""The trail as its linker and its verifier see it: a session of one's own.

The linker's advisory lock dies with its session, and the server ends a session that
says nothing: a frozen leader can link nothing after another has taken over.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from psycopg.rows import class_row, scalar_row, tuple_row

from chassis import sql
from chassis.audit.model import Hashed, Head, Link

IDLE_SECONDS = 5
_LOCK_KEY = int.from_bytes(b"audit")
_PAGE = 2000
_LINKING = (
    f"-c idle_session_timeout={IDLE_SECONDS}s -c tcp_user_timeout={IDLE_SECONDS}s"
    " -c statement_timeout=5s -c timezone=UTC"
)
_VERIFYING = "-c statement_timeout=0 -c timezone=UTC -c jit=off"

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Linked:
    """A link, and its entry as it stands now: all None where it is gone."""

    chain: str
    number: int
    digest: bytes
    hash: bytes
    linked_id: UUID
    entry_id: UUID | None
    la_code: str | None
    school_id: UUID | None
    occurred_at: datetime | None
    principal: str | None
    action: str | None
    target_kind: str | None
    target_id: str | None
    outcome: str | None
    trace_id: str | None
    seal: bytes | None
    salt: bytes | None
    details: str | None


@dataclass(frozen=True, slots=True)
class Stray:
    """An entry that nothing will ever link."""

    entry_id: UUID
    la_code: str | None
    occurred_at: datetime
    action: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for its link; with no time, it is gone."""

    entry_id: UUID
    occurred_at: datetime | None


_QUERIES = sql.load("chassis.audit")
_TRY_LOCK = _QUERIES.scalar("try_audit_lock", bool)
_LIST_WAITING = _QUERIES.rows("list_waiting", Hashed)
_HEADS = _QUERIES.rows("list_heads", Head)
_CHAINS = _QUERIES.scalar("list_chains", str)
_INSERT_LINKS = _QUERIES.command("insert_links")
_DELETE_WAITING = _QUERIES.command("delete_waiting")
_READ_CHAINS = _QUERIES.rows("read_chains", Linked)
_READ_STRAYS = _QUERIES.rows("read_strays", Stray)
_READ_WAITING = _QUERIES.rows("read_waiting", Waiting)


class Ledger:
    """One session on a service's trail."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def close(self) -> None:
        await self._connection.close()

    async def try_lock(self) -> bool:
        cursor = self._connection.cursor(row_factory=scalar_row)
        await cursor.execute(_TRY_LOCK.text, {"lock_key": _LOCK_KEY})
        return bool(await cursor.fetchone())

    async def waiting(self, most: int) -> list[Hashed]:
        return await self._rows(_LIST_WAITING, {"page_size": most})

    async def heads(self, chains: Sequence[str]) -> list[Head]:
        return await self._rows(_HEADS, {"chains": list(chains)})

    async def chains(self) -> list[str]:
        cursor = self._connection.cursor(row_factory=scalar_row)
        await cursor.execute(_CHAINS.text)
        return await cursor.fetchall()

    async def link(self, links: Sequence[Link]) -> None:
        """Put entries into their chains, all or none."""
        made = {
            "chains": [link.chain for link in links],
            "numbers": [link.number for link in links],
            "entry_ids": [link.entry_id for link in links],
            "digests": [link.digest for link in links],
            "hashes": [link.hash for link in links],
        }
        async with self._connection.transaction():
            await self._connection.execute(_INSERT_LINKS.text, made)
            ids = {"entry_ids": made["entry_ids"]}
            await self._connection.execute(_DELETE_WAITING.text, ids)

    @asynccontextmanager
    async def still(self) -> AsyncGenerator[None]:
        """Read all that follows as it stands at one moment."""
        await self._connection.set_isolation_level(
            psycopg.IsolationLevel.REPEATABLE_READ
        )
        async with self._connection.transaction():
            yield

    async def linked(self) -> AsyncGenerator[Linked]:
        """Read every chain from its beginning, never more than a few rows at a time."""
        async for row in self._streamed(_READ_CHAINS):
            yield row

    async def strays(self) -> AsyncGenerator[Stray]:
        async for row in self._streamed(_READ_STRAYS):
            yield row

    async def still_waiting(self) -> AsyncGenerator[Waiting]:
        async for row in self._streamed(_READ_WAITING):
            yield row

    async def _streamed(self, query: sql.Query[Row]) -> AsyncGenerator[Row]:
        kind = cast("type[Row]", query.row)
        async with self._connection.cursor(
            query.name.rpartition(".")[2], row_factory=tuple_row, binary=True
        ) as cursor:
            cursor.itersize = _PAGE
            await cursor.execute(query.text)
            async for values in cursor:
                yield kind(*values)

    async def _rows(self, query: sql.Query[Row], params: dict[str, Any]) -> list[Row]:
        factory = class_row(cast("type[Row]", query.row))
        cursor = self._connection.cursor(row_factory=factory)
        await cursor.execute(query.text, params)
        return await cursor.fetchall()


async def open_for_linking(url: str, service: str) -> Ledger:
    return await _opened(url, f"{service}-audit", _LINKING)


async def open_for_verifying(url: str, service: str) -> Ledger:
    return await _opened(url, f"{service}-audit-verify", _VERIFYING)


async def _opened(url: str, name: str, options: str) -> Ledger:
    connection = await psycopg.AsyncConnection[Any].connect(
        url,
        autocommit=True,
        application_name=name,
        options=options,
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=2,
        tcp_user_timeout=10_000,
    )
    return Ledger(connection)
