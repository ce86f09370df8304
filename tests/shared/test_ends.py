"""What goes with the end of a transaction is done with it, in its order, or not."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

import chassis
from chassis import auth, db, errors, provision, sql
from chassis.embedded import postgres
from chassis.testing import identities

Row = TypeVar("Row")

TABLES = """
CREATE TABLE line (
    place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    body text NOT NULL,
    principal text NOT NULL DEFAULT scope_principal()
);
GRANT SELECT, INSERT ON line TO joinedup_app;
"""
SCOPE = Path(chassis.__file__).parent / "migrations" / "0001_scope.sql"
ADD = "INSERT INTO line (body) VALUES (%(body)s)"
WRITTEN = "SELECT body FROM line ORDER BY place"
TECHNICIAN = identities.at_la("la-technician", "940")
ACCESS = auth.Access(frozenset({"la-technician"}), frozenset({"la-technician"}))


def parsed(name: str, text: str, row: type[Row] | None = None) -> sql.Query[Row]:
    return sql.Query(name, sql.parse(f"-- {name}\n-- Test.\n{text}", "t")[name], row)


INSERT: sql.Query[None] = parsed("insert_line", ADD)
READ = parsed("lines", WRITTEN, str)
TWICE: sql.Query[None] = parsed(
    "twice",
    "INSERT INTO line (place, body) OVERRIDING SYSTEM VALUE VALUES (-1, %(body)s)",
)
TAKEN = {"line_place_key": errors.Conflict("The place is taken")}
BROKEN: sql.Query[None] = parsed(
    "broken", "INSERT INTO line (body) SELECT (1 / 0)::text"
)


@pytest.fixture
async def lines(cluster: postgres.Cluster) -> AsyncGenerator[db.Database]:
    words = provision.Passwords(owner="o", app="a", worker="w")
    provision.provision_database(cluster.dsn(), "ends", words)
    owner, app = (
        postgres.dsn(cluster.port, "ends", f"ends_{role}", role[0])
        for role in ("owner", "app")
    )
    with psycopg.connect(owner, autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('line')").fetchone()
        if found == (None,):
            connection.execute(SCOPE.read_bytes())
            connection.execute(TABLES.encode())
        connection.execute("TRUNCATE line")
    database = db.Database(app, 1, "ends")
    await database.open()
    yield database
    await database.close()


async def written(lines: db.Database) -> list[str]:
    return await lines.read_all(TECHNICIAN, ACCESS, READ)


async def test_it_is_done_after_all_else_in_its_order(lines: db.Database) -> None:
    async with lines.begin(TECHNICIAN, ACCESS) as tx:
        tx.at_end(INSERT, {"body": "third"})
        tx.at_end(INSERT, {"body": "fourth"})
        await tx.run(INSERT, {"body": "first"})
        await tx.run(INSERT, {"body": "second"})
        seen = await tx.all(READ)

    assert seen == ["first", "second"]
    assert await written(lines) == ["first", "second", "third", "fourth"]


async def test_it_opens_what_nothing_else_opened_within_the_scope(
    lines: db.Database,
) -> None:
    async with lines.begin(TECHNICIAN, ACCESS) as tx:
        tx.at_end(INSERT, {"body": "alone"})

    assert await written(lines) == ["alone"]


async def leave(
    lines: db.Database, *ending: sql.Query[None], why: Exception | None = None
) -> None:
    """Write a line, and let statements go with the end that never comes."""
    async with lines.begin(TECHNICIAN, ACCESS) as tx:
        await tx.run(INSERT, {"body": "now"})
        for each in ending:
            tx.at_end(each, {"body": "later"}, TAKEN)
        if why is not None:
            raise why


async def test_what_is_broken_off_leaves_nothing(lines: db.Database) -> None:
    with pytest.raises(errors.NotFound):
        await leave(lines, INSERT, why=errors.NotFound())

    assert await written(lines) == []


async def test_what_is_refused_at_the_end_takes_all_back(lines: db.Database) -> None:
    with pytest.raises(errors.Invalid):
        await leave(lines, INSERT, BROKEN, INSERT)

    # By the only connection that there is.
    assert await written(lines) == []
    async with lines.begin(TECHNICIAN, ACCESS) as tx:
        tx.at_end(INSERT, {"body": "afterwards"})
    assert await written(lines) == ["afterwards"]


async def test_what_breaks_a_rule_at_the_end_is_told_in_its_own_words(
    lines: db.Database,
) -> None:
    with pytest.raises(errors.Conflict):
        await leave(lines, TWICE, TWICE, INSERT)

    assert await written(lines) == []


async def test_who_only_looks_is_told_so_at_the_end_too(lines: db.Database) -> None:
    looking = replace(TECHNICIAN, behind="a manager")

    with pytest.raises(errors.ViewingOnly):
        async with lines.begin(looking, ACCESS) as tx:
            tx.at_end(INSERT, {"body": "never"})

    assert await written(lines) == []
