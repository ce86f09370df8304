"""A server that was started anew is no news to whoever asks next."""

import asyncio
from collections.abc import AsyncGenerator

import psycopg
import pytest

from chassis import auth, db, sql
from chassis.embedded import postgres
from tests.stack import eventually

SIZE = 4
NAME = "ended-connections"
ONE = sql.Query("one", sql.parse("-- one\n-- Test.\nSELECT 1", "t")["one"], int)
NOBODY = auth.Actor("nobody", "person")
BACKENDS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s"
END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
)


@pytest.fixture
async def database(cluster: postgres.Cluster) -> AsyncGenerator[db.Database]:
    made = db.Database(cluster.dsn(), SIZE, NAME)
    await made.open()
    yield made
    await made.close()


async def asked(database: db.Database, together: asyncio.Barrier | None = None) -> int:
    async with database.system() as tx:
        found = await tx.one(ONE)
        if together is not None:
            await together.wait()
    return found


async def test_the_pools_every_connection_is_replaced_before_anybody_notices(
    cluster: postgres.Cluster, database: db.Database
) -> None:
    together = asyncio.Barrier(SIZE)
    await asyncio.gather(*(asked(database, together) for _ in range(SIZE)))
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        ended = admin.execute(END, [NAME]).fetchall()
        eventually(lambda: admin.execute(BACKENDS, [NAME]).fetchone() == (0,))

    assert len(ended) == SIZE
    assert [await asked(database) for _ in range(2 * SIZE)] == [1] * 2 * SIZE
