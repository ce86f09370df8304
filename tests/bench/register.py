"""England's register of June 2024 over that of April 2022, beside a raw COPY.

The files are the real ones, so this part is left out where they are not. It needs
nothing of the stack but its place: the PostgreSQL is one of its own, as durable, and
each round has a database with nothing in it.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from chassis.db import Database
from chassis.embedded import postgres
from gateway.register import service
from gateway.register.previewing import Files
from tests import stack as stacks
from tests.bench import figures, private
from tests.bench.figures import Figure, Limit

ROUNDS = 3
AIM_SECONDS = 60
_REAL = os.environ.get("JOINEDUP_REAL_DATA")
_FOLDER = (
    Path(_REAL) if _REAL else Path(__file__).parents[3] / "shared/data"
) / "schools_england"
_APRIL = _FOLDER / "gias_schools_2022-04-25.csv.gz"
_JUNE = _FOLDER / "gias_register_2024-06-17.csv.gz"
_LINKS = _FOLDER / "gias_links_2025-04-22.csv.gz"
_NAME = "gateway"


@dataclass(frozen=True, slots=True)
class _Import:
    """One import: how long each step took, and of how many rows and schools."""

    preview: float
    apply: float
    rows: int
    recorded: int

    @property
    def whole(self) -> float:
        return self.preview + self.apply


@dataclass(frozen=True, slots=True)
class _Round:
    april: _Import
    june: _Import
    copied: float


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Import the one file, then the other with the links over it, round by round."""
    if not _JUNE.exists():
        say("register: left out, JOINEDUP_REAL_DATA holds no register of England")
        return []
    files = (
        Files(_APRIL.read_bytes()),
        Files(_JUNE.read_bytes(), _LINKS.read_bytes()),
    )
    rounds: list[_Round] = []
    with private.cluster(stack.place.run_dir) as cluster:
        for number in range(ROUNDS):
            with private.database(cluster, _NAME) as url:
                rounds.append(asyncio.run(_round(cluster, url("worker"), files)))
            say(f"register: round {number + 1} of {ROUNDS}, load {figures.load()}")
    return _figures(rounds)


def _figures(rounds: list[_Round]) -> list[Figure]:
    june = [each.june for each in rounds]
    copy = Limit("raw COPY of the schools", "rows/s", [each.copied for each in rounds])
    return [
        figures.bounded(
            f"England's register, {june[0].rows:,} rows over {rounds[0].april.rows:,}",
            [each.whole for each in june],
            "s",
            AIM_SECONDS,
        ),
        figures.ratio(
            "register, schools applied a second",
            [each.recorded / each.apply for each in june],
            copy,
        ),
        figures.ratio(
            "register, rows previewed a second",
            [each.rows / each.preview for each in june],
            copy,
        ),
        figures.of_rounds(
            "register of June 2024: preview", [each.preview for each in june], "s"
        ),
        figures.of_rounds(
            f"register of June 2024: apply, {june[0].recorded:,} schools",
            [each.apply for each in june],
            "s",
        ),
        figures.of_rounds(
            f"register of April 2022, {rounds[0].april.rows:,} rows, into an empty"
            " directory",
            [each.april.whole for each in rounds],
            "s",
        ),
        figures.of_rounds("raw COPY of the schools", copy.rounds, "rows/s"),
    ]


async def _round(
    cluster: postgres.Cluster, worker: str, files: tuple[Files, Files]
) -> _Round:
    async with _opened(worker) as database:
        april = await _bring(database, _APRIL.name, files[0])
        june = await _bring(database, _JUNE.name, files[1])
    return _Round(april, june, _copied(cluster.dsn(_NAME)))


async def _bring(database: Database, name: str, files: Files) -> _Import:
    began = time.perf_counter()
    actor = await service.operator(database)
    begun = await service.begin_import(database, actor, name)
    found = await service.preview_import(database, begun, files)
    seen = time.perf_counter()
    overrides = [concern["name"] for concern in found.concerns]
    recorded = await service.apply_import(database, found, overrides)
    done = time.perf_counter()
    return _Import(seen - began, done - seen, found.file_rows, recorded)


def _copied(dsn: str) -> float:
    """Copy the schools that came of it into a table of the same columns and indexes."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY school TO STDOUT") as out:
            rows = [bytes(row) for row in out]
        cursor.execute("CREATE TABLE bench_copy (LIKE school INCLUDING ALL)")
        connection.commit()
        began = time.perf_counter()
        with cursor.copy("COPY bench_copy FROM STDIN") as into:
            into.write(b"".join(rows))
        connection.commit()
        return len(rows) / (time.perf_counter() - began)


@contextlib.asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[Database]:
    database = Database(url, 2, "bench-register")
    await database.open()
    try:
        yield database
    finally:
        await database.close()
