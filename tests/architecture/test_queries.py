"""Every named statement: prepared against the real schema, typed, used, and scoped."""

import ast
import importlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import (
    Any,
    cast,
    get_type_hints,
)

import psycopg
import pytest
from psycopg.pq import ExecStatus

from chassis import sql
from chassis.testing.databases import ServiceDatabase
from tests.architecture import features, row_types

DatabaseOf = Callable[..., ServiceDatabase]
Connection = psycopg.Connection[tuple[Any, ...]]

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")

TENANTLESS = {
    "client": "what a client is called; its own row security asks for the principal",
    "dead_letter": "granted to the worker alone; a message is kept as it came",
    "idempotency_key": "belongs to a principal; its row security asks for it",
    "inbox": "granted to the worker alone; holds ids of events only",
    "lifecycle_release": "when support of a product ends is public knowledge",
    "local_authority": "which LAs exist is public knowledge",
    "person": "what a person is called; its own row security asks for the scope",
    "region": "which regions exist is public knowledge",
    "session": "found by the hash of its secret alone",
    "sign_in_look": "granted to the worker alone; one row, which holds a time",
    "sign_on_event": "granted to the worker alone; holds ids of events only",
}
SMALL = {
    "authority_life": "an LA has one for each kind of kit at most",
    "client": "as many as there are connected systems",
    "lifecycle_release": "a few hundred releases of the products that are looked at",
    "local_authority": "England has 153",
    "region": "England has nine",
    "sign_in_look": "it has one row",
    "supplier": "an LA knows some hundred at most",
}
WHOLE = {
    "chassis.prune_inbox": "a BRIN index covers it; the planner weighs it by size",
    "chassis.count_dead_letters": "dead letters are few, or somebody is looking",
}


def _bound(package: str) -> sql.Queries:
    for module in features.modules(package):
        if "QUERIES" in features.folder(module).with_suffix(".py").read_text("utf-8"):
            importlib.import_module(module)
    return sql.load(package)


def _texts(package: str) -> dict[str, Any]:
    file = features.folder(package) / "queries.sql"
    return dict(sql.parse(file.read_text("utf-8"), package))


EVERY = [
    pytest.param(package, name, id=f"{package}.{name}")
    for package in features.with_queries()
    for name in _texts(package)
]


def _service(package: str) -> str:
    root = package.split(".", maxsplit=1)[0]
    return "inventory" if root == "chassis" else root


def _numbered(text: str) -> tuple[str, list[str]]:
    """Write the placeholders as the server counts them."""
    names = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    numbered = _PLACEHOLDER.sub(lambda found: f"${names.index(found[1]) + 1}", text)
    return numbered.replace("%%", "%"), names


LED = {
    ("inventory.agents", "list_candidates"): {
        "agent_device_by_uuid",
        "agent_mac_by_mac",
        "asset_by_serial",
    },
    ("inventory.duplicates", "list_likenesses"): {"asset_by_serial"},
    ("inventory.duplicates", "list_suspects"): {"asset_by_serial"},
    ("servicedesk.agreements", "get_promised"): {"agreement_promised"},
}
"""Statements by the index that each must use."""


@pytest.fixture
def owner(database_of: DatabaseOf) -> Iterator[Callable[[str], Connection]]:
    """Connect as a service's owner: may do all, yet row security binds it."""
    opened: list[Connection] = []

    def connect(package: str) -> Connection:
        # Plans heed what is stored, and here nobody stores anything.
        url = database_of(_service(package), copy="_plans").owner
        connection = psycopg.connect(url, autocommit=True)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


def _described(connection: Connection, text: str) -> list[tuple[str, str]]:
    """Prepare a statement; return its columns, each with the name of its type."""
    numbered, _ = _numbered(text)
    prepared = connection.pgconn.prepare(b"asked", numbered.encode())
    assert prepared.status == ExecStatus.COMMAND_OK, prepared.error_message.decode()
    told = connection.pgconn.describe_prepared(b"asked")
    return [
        ((told.fname(n) or b"").decode(), _type_name(connection, told.ftype(n)))
        for n in range(told.nfields)
    ]


def _type_name(connection: Connection, oid: int) -> str:
    known = connection.adapters.types.get(oid)
    assert known is not None, oid
    return f"{known.name}[]" if oid == known.array_oid else known.name


@pytest.mark.parametrize(("package", "name"), EVERY)
def test_a_statement_prepares_and_fits_its_row(
    owner: Callable[[str], Connection], package: str, name: str
) -> None:
    query = _bound(package).bound.get(name)
    assert query is not None, "no store binds it"

    columns = _described(owner(package), query.text)

    if query.row is None:
        assert columns == [], "a command returns no rows"
    elif is_dataclass(query.row):
        hints = get_type_hints(query.row)
        expected = {field.name for field in fields(query.row)}
        assert {column for column, _ in columns} == expected
        assert len(columns) == len(expected)
        wrong = [
            column
            for column in columns
            if not row_types.fits(column[1], hints[column[0]])
        ]
        assert wrong == []
    else:
        assert [row_types.fits(kind, query.row) for _, kind in columns] == [True]


@pytest.mark.parametrize(("package", "name"), EVERY)
def test_a_statement_asks_only_tables_under_row_security(
    owner: Callable[[str], Connection], package: str, name: str
) -> None:
    connection = owner(package)

    tables = {
        node["Relation Name"] for node in _plan(connection, _texts(package)[name])
    }

    open_tables = [
        table
        for table in tables - TENANTLESS.keys()
        if not _is_forced(connection, table)
    ]
    assert open_tables == []


@pytest.mark.parametrize(("package", "name"), EVERY)
def test_a_statement_reads_no_growing_table_whole(
    owner: Callable[[str], Connection], package: str, name: str
) -> None:
    connection = owner(package)
    connection.execute("SET enable_seqscan = off")

    whole = {
        node["Relation Name"]
        for node in _plan(connection, _texts(package)[name])
        if node["Node Type"] == "Seq Scan"
    }

    assert whole - SMALL.keys() == set() or f"{package}.{name}" in WHOLE


@pytest.mark.parametrize(("package", "name"), LED)
def test_a_value_leads_to_its_rows_and_sifts_no_schools_whole(
    owner: Callable[[str], Connection], package: str, name: str
) -> None:
    """What row security does not let before it is found in no plan's index."""
    connection = owner(package)
    connection.execute("SET enable_seqscan = off")

    used = {node.get("Index Name") for node in _plan(connection, _texts(package)[name])}

    assert used >= LED[package, name]


def _plan(connection: Connection, text: str) -> list[dict[str, Any]]:
    """Every node of a statement's generic plan that touches a table."""
    numbered, _ = _numbered(text)
    explain = f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {numbered.rstrip(';')}"
    # GENERIC_PLAN takes $1 as it stands; only the simple protocol sends no values.
    told = connection.pgconn.exec_(explain.encode())
    assert told.status == ExecStatus.TUPLES_OK, told.error_message.decode()
    return list(_nodes(json.loads(told.get_value(0, 0) or b"")[0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in plan:
        yield plan
    for child in cast("list[dict[str, Any]]", plan.get("Plans", [])):
        yield from _nodes(child)


def _is_forced(connection: Connection, table: str) -> bool:
    found = connection.execute(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class"
        " WHERE oid = %s::regclass",
        [table],
    ).fetchone()
    return found is not None and bool(found[0])


@pytest.mark.parametrize("package", features.with_queries())
def test_every_query_that_a_store_binds_is_used(package: str) -> None:
    unused = [
        f"{module}.{name}"
        for module in features.modules(package)
        for name in _unused(features.folder(module).with_suffix(".py").read_text())
    ]

    assert unused == []


def _unused(source: str) -> Iterator[str]:
    """Name the module constants that hold a query and that nothing reads."""
    tree = ast.parse(source)
    read = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and _binds(node) and target.id not in read:
            yield target.id


def _binds(node: ast.stmt) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"rows", "scalar", "command"}
        for call in ast.walk(node)
    )


def test_two_statements_of_one_name_are_refused() -> None:
    entry = "-- get_asset\n-- Read an asset.\nSELECT 1;\n"

    with pytest.raises(ValueError, match="get_asset"):
        sql.parse(entry + entry, "scratch")


NAMED_BY_VIEW = re.compile(r"told\.\*(?=.*\b\w+_told AS told\b)", re.DOTALL)


def test_no_statement_selects_all_columns_but_of_a_view_that_names_them() -> None:
    assert [
        f"{package}.{name}"
        for package in features.with_queries()
        for name, text in _texts(package).items()
        if re.search(r"SELECT\s+(\w+\.)?\*", re.sub(NAMED_BY_VIEW, "", text))
    ] == []


def test_a_misspelt_column_is_caught(owner: Callable[[str], Connection]) -> None:
    with pytest.raises(AssertionError, match="tagg"):
        _described(owner("inventory.assets"), "SELECT tagg FROM asset")


def test_a_listing_without_an_index_is_caught(
    owner: Callable[[str], Connection],
) -> None:
    connection = owner("chassis")
    connection.execute("SET enable_seqscan = off")

    nodes = _plan(connection, "SELECT detail FROM dead_letter WHERE reason = %(why)s")

    assert [node["Node Type"] for node in nodes] == ["Seq Scan"]
