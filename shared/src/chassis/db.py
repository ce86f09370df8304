"""PostgreSQL: a pool, and transactions whose row-level scope is set as they open.

The pool is in autocommit, so a transaction here is a real one: on a connection that is
not, `transaction()` is a savepoint and the scope would outlive it. The scope travels in
the same pipeline as the first statement: no round trip of its own, and if setting it
fails the statement behind it is never run. What a transaction leaves behind it (facts,
the record) travels with the word that commits it, likewise.
"""

import select
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Hashable,
    Mapping,
    Sequence,
)
from contextlib import (
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, LiteralString, TypeVar, cast

import psycopg
from opentelemetry import trace
from psycopg import errors as pg
from psycopg.rows import BaseRowFactory, RowMaker, class_row, scalar_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from chassis import errors
from chassis.auth import Access, Actor, Scope
from chassis.flights import Flights
from chassis.sql import Query

Row = TypeVar("Row")
Answer = TypeVar("Answer")
Connection = psycopg.AsyncConnection[Any]
Refusals = Mapping[str, Exception]

_TRACER = trace.get_tracer("chassis.db")
_ENTER_SCOPE: LiteralString = (
    "SELECT enter_scope(%(principal)s, %(read_las)s::text[], %(read_schools)s::uuid[],"
    " %(write_las)s::text[], %(write_schools)s::uuid[], %(own_schools)s::uuid[])"
)
_OPTIONS = (
    "-c statement_timeout=5s -c lock_timeout=2s"
    " -c idle_in_transaction_session_timeout=10s -c timezone=UTC"
)


class Tx:
    """One transaction. Its first statement opens it; nothing asked, nothing opened."""

    def __init__(
        self, connection: Connection, opening: LiteralString, scope: Scope | None
    ) -> None:
        self._connection = connection
        self._opening: LiteralString | None = opening
        self._scope = scope
        self._ending: list[tuple[Query[None], Mapping[str, Any] | None]] = []
        self._refused_at_end: dict[str, Exception] = {}

    async def all(
        self, query: Query[Row], params: object = None, refusals: Refusals | None = None
    ) -> list[Row]:
        """Return every row."""
        cursor = await self._execute(query, params, refusals)
        return await cursor.fetchall()

    async def maybe(
        self, query: Query[Row], params: object = None, refusals: Refusals | None = None
    ) -> Row | None:
        """Return the first row, or None."""
        cursor = await self._execute(query, params, refusals)
        return await cursor.fetchone()

    async def one(
        self, query: Query[Row], params: object = None, refusals: Refusals | None = None
    ) -> Row:
        """Return the one row that must be there.

        Raises:
            errors.NotFound: there is none within the scope.
        """
        row = await self.maybe(query, params, refusals)
        if row is None:
            raise errors.NotFound
        return row

    async def run(
        self,
        query: Query[None],
        params: object = None,
        refusals: Refusals | None = None,
    ) -> int:
        """Run a statement that returns no rows; return how many it touched."""
        cursor = await self._execute(query, params, refusals)
        return cursor.rowcount

    def at_end(
        self,
        query: Query[None],
        params: object = None,
        refusals: Refusals | None = None,
    ) -> None:
        """Let a statement go with the word that commits, after all others, in order.

        For what nothing in the transaction reads: it costs no round trip of its own.
        What PostgreSQL refuses of it is raised as the transaction ends, which is then
        rolled back; a constraint has one word for all that go so.
        """
        self._ending.append((query, _values(params)))
        self._refused_at_end |= refusals or {}

    async def _execute(
        self, query: Query[Row], params: object, refusals: Refusals | None
    ) -> psycopg.AsyncCursor[Row]:
        cursor = self._connection.cursor(row_factory=_row_factory(query.row))
        values = _values(params)
        with _span(query.name), _translated(refusals):
            if self._opening is None:
                await cursor.execute(query.text, values, prepare=_prepare(query))
            else:
                await self._open_with(cursor, query, values)
        return cursor

    async def _open_with(
        self, cursor: psycopg.AsyncCursor[Row], query: Query[Row], values: Any
    ) -> None:
        async with self._connection.pipeline():
            await self._open()
            await cursor.execute(query.text, values, prepare=_prepare(query))

    async def _open(self) -> None:
        opening, self._opening = cast("LiteralString", self._opening), None
        await self._connection.execute(opening)
        if self._scope is not None:
            await self._connection.execute(_ENTER_SCOPE, _values(self._scope))

    async def commit(self) -> None:
        """Run what goes with the end, and end."""
        if not self._ending:
            await self._say("COMMIT")
            return
        with _translated(self._refused_at_end):
            async with self._connection.pipeline():
                if self._opening is not None:
                    await self._open()
                for query, values in self._ending:
                    with _span(query.name):
                        await self._connection.execute(
                            query.text, values, prepare=_prepare(query)
                        )
                await self._connection.execute("COMMIT")

    async def roll_back(self) -> None:
        await self._say("ROLLBACK")

    async def _say(self, word: LiteralString) -> None:
        if self._opening is None and not self._connection.closed:
            with _translated(None):
                await self._connection.execute(word)


class Database:
    """The service's way to its database: opened at start-up, closed at the end."""

    def __init__(self, url: str, size: int, name: str) -> None:
        self._flights = Flights()
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            open=False,
            timeout=2,
            max_idle=60,
            name=name,
            check=self._replace_ended,
            kwargs={
                "autocommit": True,
                "application_name": name,
                "options": _OPTIONS,
                "connect_timeout": 5,
                "keepalives_idle": 5,
                "keepalives_interval": 2,
                "keepalives_count": 2,
                "tcp_user_timeout": 10_000,
            },
        )

    async def open(self) -> None:
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def begin(self, actor: Actor, access: Access) -> AsyncGenerator[Tx]:
        """Open a transaction that reads and writes within the actor's scope.

        Raises:
            errors.ViewingOnly: it writes, for who only looks as somebody else.
        """
        opening = "BEGIN" if actor.behind is None else "BEGIN READ ONLY"
        with _looking(actor):
            async with self._transaction(opening, actor.scope(access)) as tx:
                yield tx

    @asynccontextmanager
    async def read(self, actor: Actor, access: Access) -> AsyncGenerator[Tx]:
        """Open a read-only transaction within the actor's scope."""
        async with self._transaction("BEGIN READ ONLY", actor.scope(access)) as tx:
            yield tx

    async def read_shared(
        self,
        actor: Actor,
        read: frozenset[str],
        asked: Hashable,
        answer: Callable[[Tx], Awaitable[Answer]],
    ) -> Answer:
        """Read once for all who ask the same at this moment and may see the very same.

        `answer` must need nothing of the actor but their scope. For what is dear to
        work out; it may be of a moment before the last of them asked.
        """
        scope = actor.scope(Access(read))
        seen = (tuple(scope.read_las), tuple(scope.read_schools))

        async def answered() -> Answer:
            async with self.read(actor, Access(read)) as tx:
                return await answer(tx)

        return await self._flights.join((asked, seen), answered)

    @asynccontextmanager
    async def system(self) -> AsyncGenerator[Tx]:
        """Open a transaction with no scope: it sees no row that belongs to a tenant."""
        async with self._transaction("BEGIN", None) as tx:
            yield tx

    async def read_all(
        self, actor: Actor, access: Access, query: Query[Row], params: object = None
    ) -> list[Row]:
        """Read with a single query: the whole transaction in one round trip.

        The two statements of a pipeline are one transaction without a word of its own.
        It can change no tenant's row, since its scope has nothing to write.
        """
        scope = _values(actor.scope(Access(access.read, own=access.own)))
        with _span(query.name), _translated(None):
            async with self._pool.connection() as connection:
                cursor = connection.cursor(row_factory=_row_factory(query.row))
                async with connection.pipeline():
                    await connection.execute(_ENTER_SCOPE, scope)
                    values = _values(params)
                    await cursor.execute(query.text, values, prepare=_prepare(query))
                return await cursor.fetchall()

    async def ping(self) -> None:
        """Ask the server for an answer, for readiness.

        Raises:
            errors.Unavailable: it gave none.
        """
        with _translated(None):
            async with self._pool.connection(timeout=1) as connection:
                await connection.execute("SELECT 1")

    async def _replace_ended(self, connection: Connection) -> None:
        """Refuse a connection that the server has ended; its fellows ended with it.

        An idle one has nothing to say unless it is ending, and to look whether
        anything came costs no round trip. Nothing was asked on it yet: whoever waits
        gets a new one, and hears nothing of a server that was started anew.
        """
        heard = select.poll()
        heard.register(connection.fileno(), select.POLLIN)
        if heard.poll(0):
            await self._pool.drain()
            raise psycopg.OperationalError("The server has ended this connection")

    @asynccontextmanager
    async def _transaction(
        self, opening: LiteralString, scope: Scope | None
    ) -> AsyncGenerator[Tx]:
        with _translated(None):
            connection = await self._pool.getconn()
        try:
            tx = Tx(connection, opening, scope)
            try:
                yield tx
            except BaseException:
                await tx.roll_back()
                raise
            await tx.commit()
        finally:
            # A connection still in a transaction (a cancelled task) is rolled back or
            # closed by the pool before anyone else gets it.
            await self._pool.putconn(connection)


def _span(name: str) -> AbstractContextManager[object]:
    """Time a query, unless it is of a request that nobody records.

    The driver's messages quote values: no exception is recorded.
    """
    around = trace.get_current_span()
    if around.get_span_context().is_valid and not around.is_recording():
        return nullcontext()
    return _TRACER.start_as_current_span(
        name, record_exception=False, set_status_on_exception=False
    )


@contextmanager
def _looking(actor: Actor) -> Generator[None]:
    """Say of a write that PostgreSQL refused whose it was."""
    try:
        yield
    except pg.ReadOnlySqlTransaction as error:
        if actor.behind is None:
            raise
        raise errors.ViewingOnly from error


@contextmanager
def _translated(refusals: Refusals | None) -> Generator[None]:
    """Turn the driver's errors into ours; a violated constraint by its name."""
    try:
        yield
    except pg.IntegrityError as error:
        refusal = (refusals or {}).get(error.diag.constraint_name or "")
        if refusal is None:
            raise
        raise refusal from error
    except pg.InsufficientPrivilege as error:
        raise errors.Forbidden from error
    except pg.DataError as error:
        raise errors.Invalid("A value is outside what can be stored") from error
    except (psycopg.OperationalError, PoolTimeout) as error:
        raise errors.Unavailable("The database does not answer just now") from error


def _prepare(query: Query[Row]) -> bool | None:
    """Leave it to the driver, which prepares what comes often, or forbid it."""
    return False if query.planned_anew else None


def _row_factory(row: type[Row] | None) -> BaseRowFactory[Row]:
    if row is not None and is_dataclass(row):
        return cast("BaseRowFactory[Row]", _rows_of(row))
    return cast("BaseRowFactory[Row]", scalar_row)


@cache
def _rows_of(kind: type[Row]) -> BaseRowFactory[Row]:
    """Make rows by position where a statement's columns are the fields in order.

    They are in all listings, and naming fifteen values a row was a fifth of a page.
    """
    by_name, columns = class_row(kind), [name.encode() for name in _names(kind)]

    def rows(cursor: psycopg.AsyncCursor[Any]) -> RowMaker[Row]:
        told = cursor.pgresult
        # The driver's own description makes an object of every column.
        if told is None or [told.fname(at) for at in range(told.nfields)] != columns:
            return by_name(cursor)
        return lambda values: kind(*values)

    return cast("BaseRowFactory[Row]", rows)


def _values(params: object) -> Mapping[str, Any] | None:
    if params is None or isinstance(params, Mapping):
        return cast("Mapping[str, Any] | None", params)
    return {name: getattr(params, name) for name in _names(type(params))}


@cache
def _names(kind: type) -> Sequence[str]:
    return tuple(field.name for field in fields(kind))
