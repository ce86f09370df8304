"""Holding a row as somebody else would, until a request waits for it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg

from chassis.testing.databases import ServiceDatabase

HOLDING = "SELECT FROM asset WHERE asset_id = %s FOR UPDATE"
WAITING = (
    "SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND cardinality(pg_blocking_pids(pid)) > 0"
)
Holder = tuple[psycopg.AsyncConnection[Any], Callable[[int], Awaitable[None]]]


@asynccontextmanager
async def held(rows: ServiceDatabase, asset: dict[str, Any]) -> AsyncGenerator[Holder]:
    """Hold an asset; give the connection that does, and what awaits so many waiting."""
    async with (
        await psycopg.AsyncConnection.connect(rows.admin) as holder,
        await psycopg.AsyncConnection.connect(rows.admin, autocommit=True) as watcher,
    ):
        await holder.execute(HOLDING, [asset["asset_id"]])

        async def waiting(count: int) -> None:
            async with asyncio.timeout(30):
                while (await watcher.execute(WAITING)).rowcount < count:
                    continue

        yield holder, waiting
