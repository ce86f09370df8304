"""The row-level scope is set in one place and in one form; every other form fails.

A scope set by a CTE or in a select list depends on the order in which a plan evaluates
it. The last tests show what that form returns.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.architecture import features

DatabaseOf = Callable[[str], ServiceDatabase]
Connection = psycopg.Connection[tuple[str]]

_SETS = re.compile(
    # How rows are found is no scope: a statement alone may say that.
    r"\bset_config\s*\((?!'enable_seqscan', 'off', true\))"
    r"|\benter_scope\s*\(|\bSET\s+(LOCAL\s+)?joinedup\.",
    re.IGNORECASE,
)
# A source that names none of these sets nothing, and need not be parsed.
_NAMES = re.compile("set_config|enter_scope|joinedup", re.IGNORECASE)
ALLOWED = {
    features.folder("chassis") / "db.py",
    features.folder("chassis") / "migrations" / "0001_scope.sql",
}
CTE = (
    "WITH g AS (SELECT set_config('joinedup.read_schools', %(scope)s, true))"
    " SELECT asset.tag FROM asset LEFT JOIN g ON true"
)
SELECT_LIST = (
    "SELECT tag, set_config('joinedup.read_schools', %(scope)s, true) FROM asset"
)


def setters(files: list[Path]) -> Iterator[str]:
    """Name every place but the allowed ones where a scope is set."""
    for file in files:
        if file not in ALLOWED:
            texts = [file.read_text("utf-8")]
            if file.suffix == ".py":
                texts = list(_strings(texts[0])) if _NAMES.search(texts[0]) else []
            if any(_SETS.search(text) for text in texts):
                yield str(file)


def _strings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_scope_is_set_in_one_place() -> None:
    assert list(setters([*features.python_files(), *features.sql_files()])) == []


def test_the_allowed_places_are_seen_as_setting_it() -> None:
    assert all(_SETS.search(file.read_text("utf-8")) for file in ALLOWED)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("queries.sql", f"-- list_assets\n-- List assets.\n{CTE};\n"),
        ("queries.sql", f"-- list_assets\n-- List assets.\n{SELECT_LIST};\n"),
        ("queries.sql", "-- a\n-- A.\nSELECT Enter_Scope ('x', '{}', '{}');\n"),
        ("store.py", f'QUERY = (\n    "{CTE}"\n)\n'),
        ("store.py", "QUERY = \"SET LOCAL joinedup.read_las = '{940}'\"\n"),
    ],
    ids=["CTE", "select list", "function", "CTE in Python", "SET LOCAL in Python"],
)
def test_another_form_of_setting_it_fails(tmp_path: Path, name: str, text: str) -> None:
    feature = tmp_path / "scratch"
    feature.mkdir()
    planted = feature / name
    planted.write_text(text, "utf-8")

    assert list(setters([planted])) == [str(planted)]


@pytest.fixture
def schools(database_of: DatabaseOf) -> tuple[str, UUID, UUID]:
    """Two schools with an asset each, and the way in for the app."""
    rows = database_of("inventory")
    rows.empty()
    here, there = uuid4(), uuid4()
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        for school_id, tag in ((here, "HERE"), (there, "THERE")):
            admin.execute(
                "INSERT INTO school (la_code, school_id, urn, name, version)"
                " VALUES ('940', %s, 900001, %s, 1)",
                [school_id, tag],
            )
            admin.execute(
                "INSERT INTO asset (la_code, school_id, tag, category, manufacturer,"
                " model) VALUES ('940', %s, %s, 'laptop', 'M', 'L13')",
                [school_id, tag],
            )
    return rows.app, here, there


@pytest.mark.parametrize("form", [CTE, SELECT_LIST], ids=["CTE", "select list"])
def test_the_unsafe_forms_return_another_schools_rows(
    schools: tuple[str, UUID, UUID], form: LiteralString
) -> None:
    app, here, there = schools
    with psycopg.connect(app) as connection:
        # What an earlier statement of the transaction left behind.
        connection.execute(
            "SELECT set_config('joinedup.read_schools', %s, true)", [f"{{{there}}}"]
        )

        found = connection.execute(form, {"scope": f"{{{here}}}"}).fetchall()

    assert [row[0] for row in found] == ["THERE"]


def test_the_safe_form_refuses_a_second_scope(schools: tuple[str, UUID, UUID]) -> None:
    app, here, there = schools
    enter = "SELECT enter_scope('somebody', '{}', %s::uuid[], '{}', '{}', '{}')"
    with psycopg.connect(app) as connection:
        connection.execute(enter, [[here]])
        found = connection.execute("SELECT tag FROM asset").fetchall()

        with pytest.raises(psycopg.errors.InvalidTransactionState):
            connection.execute(enter, [[there]])

    assert found == [("HERE",)]
