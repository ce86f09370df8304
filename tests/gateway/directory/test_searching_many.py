"""A search among thousands of schools stays as cheap however often it is asked."""

from collections.abc import AsyncGenerator, Callable

import psycopg
import pytest

from chassis.auth import Actor, Grant
from chassis.db import Database
from chassis.paging import PageRequest
from chassis.sql import Query
from chassis.testing.databases import ServiceDatabase
from gateway.directory import loading, service
from gateway.directory.model import SchoolFilters
from tests.bench import england
from tests.gateway.world import document_text

LAS = tuple(f"{number:03}" for number in range(1, 151))
CALLER = Actor("rbc", "client", (Grant("rbc-system", LAS),))
FLUSH = Query("test.flush", "SELECT pg_stat_force_next_flush()::text", str)
PAGES = "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = %s"


@pytest.fixture
async def many(
    database_of: Callable[..., ServiceDatabase],
) -> AsyncGenerator[tuple[Database, str]]:
    stored = database_of("gateway", copy="many")
    await loading.load_from_text(stored.app, document_text())
    england.seed_directory(stored.admin, "940", 20_000)
    database = Database(stored.app, 1, "search")
    await database.open()
    yield database, stored.admin
    await database.close()


async def test_a_search_that_comes_often_reads_no_more_than_the_first(
    many: tuple[Database, str],
) -> None:
    database, admin = many
    filters = SchoolFilters(text="yew thorpe")
    read: list[int] = []
    for _ in range(14):
        before = pages_read(admin)
        found = await service.list_schools(
            database, CALLER, filters, PageRequest(20, None)
        )
        assert found.items
        async with database.system() as tx:
            await tx.maybe(FLUSH)
        read.append(pages_read(admin) - before)

    # The driver prepares what comes the sixth time, and the server plans that without
    # its values from the eleventh on.
    assert max(read[5:]) < 5 * max(read[:3])


def pages_read(admin: str) -> int:
    """Say how many pages the sessions of the database have looked at so far."""
    with psycopg.connect(admin, autocommit=True) as connection:
        name = connection.info.dbname
        [(found,)] = connection.execute(PAGES, [name]).fetchall()
    return int(found)
