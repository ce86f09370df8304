"""An import asks for each school by itself, whatever the planner takes for granted."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psycopg
import pytest

from chassis.db import Database
from chassis.embedded import child
from gateway.register import service
from tests.gateway.register.conftest import Desk
from tests.gateway.register.files import row, text

SCHOOLS, MOST = 1500, 300
NAME = "counted-import"
READ = """
SELECT
    (SELECT sum(seq_tup_read) FROM pg_stat_user_tables
    WHERE relname LIKE 'school%' AND relname NOT LIKE 'school_import%')
    + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes
    WHERE relname LIKE 'school%' AND relname NOT LIKE 'school_import%')
"""
OPEN = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'counted-import'"
ANALYSE = """
ANALYZE school, school_identity, school_past, school_link, school_word, region,
local_authority
"""


@asynccontextmanager
async def connected(desk: Desk) -> AsyncGenerator[Desk]:
    """Connect anew, and be gone at the end: that is when the server has counted all."""
    database = Database(desk.stored.app, 1, NAME)
    await database.open()
    try:
        yield Desk(database, desk.stored)
    finally:
        await database.close()
        await asyncio.to_thread(child.await_condition, lambda: not desk.asked(OPEN), 30)


def counted(desk: Desk) -> int:
    """Say how many rows and entries of the tables were read so far."""
    ((read,),) = desk.asked(READ)
    return int(read)


def analysed(desk: Desk) -> None:
    """Do what autovacuum does at any time: it counts the rows that are there by now."""
    with psycopg.connect(desk.stored.admin, autocommit=True) as admin:
        admin.execute(ANALYSE.encode())


def file(**changes: object) -> bytes:
    return text(*(row(140001 + n, **changes) for n in range(SCHOOLS)))


async def test_a_first_import_is_no_slower_for_one_that_was_cut_off_before_it(
    desk: Desk,
) -> None:
    async def cut(done: int, _total: int | None, _note: str) -> None:
        if done:
            raise TimeoutError

    async with connected(desk) as first:
        found = await first.preview(file())
        with pytest.raises(TimeoutError):
            await service.apply_import(first.database, found, (), cut)
    analysed(desk)
    before = counted(desk)

    async with connected(desk) as second:
        assert await second.apply(found) == SCHOOLS

    assert counted(desk) - before < MOST * SCHOOLS


async def test_no_plan_of_an_import_into_empty_tables_is_kept_while_they_fill(
    desk: Desk,
) -> None:
    before = counted(desk)

    async with connected(desk) as one:
        small = await one.preview(text(row(140000)))
        analysed(desk)
        await one.apply(small)
        await one.bring(file())

    assert counted(desk) - before < MOST * SCHOOLS


async def test_schools_that_were_just_recorded_are_changed_as_soon(desk: Desk) -> None:
    async with connected(desk) as first:
        await first.bring(text(row(140000)))
        analysed(desk)
        await first.bring(file())
    before = counted(desk)

    async with connected(desk) as second:
        await second.bring(file(name="Elm Primary School"))

    assert counted(desk) - before < MOST * SCHOOLS
