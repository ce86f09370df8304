"""Migrations: forward only, impatient with locks, and each applied once."""

import re
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from chassis import migrate
from chassis.testing.databases import ServiceDatabase
from tests.architecture import features

DatabaseOf = Callable[[str], ServiceDatabase]

MIGRATIONS = [file for file in features.sql_files() if file.parent.name == "migrations"]
_FIRST_STATEMENT = re.compile(r"\A(--.*\n|\s)*SET lock_timeout = '\d+s';")


def _id(file: Path) -> str:
    return f"{file.parent.parent.name}-{file.stem}"


@pytest.mark.parametrize("file", MIGRATIONS, ids=_id)
def test_a_migration_waits_for_no_lock_for_long(file: Path) -> None:
    assert _FIRST_STATEMENT.search(file.read_text("utf-8"))


def test_no_migration_goes_back() -> None:
    backwards = [
        file
        for file in features.ROOT.glob("**/migrations/*")
        if ".rollback" in file.name and ".venv" not in file.parts
    ]

    assert backwards == []


def test_ids_are_unique_over_all_folders() -> None:
    ids = [file.stem for file in MIGRATIONS]

    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("file", MIGRATIONS, ids=_id)
def test_a_migration_says_what_it_depends_on(file: Path) -> None:
    said = re.search(r"^-- depends:(.*)$", file.read_text("utf-8"), re.MULTILINE)
    known = {each.stem for each in MIGRATIONS}

    assert said is not None
    assert set(said[1].split()) <= known


@pytest.mark.parametrize("service", features.SERVICES)
def test_migrating_again_changes_nothing(database_of: DatabaseOf, service: str) -> None:
    owner = database_of(service).owner
    before = _schema(owner)

    assert migrate.migrate(owner, service) == 0
    assert _schema(owner) == before


def _schema(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT table_name, column_name, data_type, column_default"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " ORDER BY table_name, column_name"
        ).fetchall()
