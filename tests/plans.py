"""What a statement costs at volume: its plan, run with its values and without.

The driver prepares what comes often, and from then on the server may plan it without
its values. So whatever is not `planned_anew` is judged under both plans, as the
service's role, within the scope that the service sets.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql

from chassis.auth import Scope
from chassis.sql import Query

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MODES: Mapping[str, LiteralString] = {
    "custom": "SET LOCAL plan_cache_mode = force_custom_plan",
    "generic": "SET LOCAL plan_cache_mode = force_generic_plan",
}
_ENTER: LiteralString = (
    "SELECT enter_scope(%(principal)s, %(read_las)s::text[], %(read_schools)s::uuid[],"
    " %(write_las)s::text[], %(write_schools)s::uuid[], %(own_schools)s::uuid[])"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: pages looked at, tables read whole, milliseconds."""

    pages: int
    rows: int
    whole: tuple[str, ...]
    milliseconds: float


def modes(query: Query[Any]) -> list[str]:
    """Say how the server may come to plan it."""
    return ["custom"] if query.planned_anew else ["custom", "generic"]


def cost(
    dsn: str, query: Query[Any], values: Mapping[str, object], scope: Scope, mode: str
) -> Cost:
    """Run a statement within a scope and take it back again."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = psycopg.ClientCursor(connection)
        names = list(dict.fromkeys(_PLACEHOLDER.findall(query.text)))
        text = _PLACEHOLDER.sub(lambda m: f"${names.index(m[1]) + 1}", query.text)
        prepared = cast("LiteralString", text.replace("%%", "%").rstrip(";"))
        connection.execute(sql.SQL("PREPARE asked AS ") + sql.SQL(prepared))
        with connection.transaction(force_rollback=True):
            cursor.execute(_MODES[mode])
            cursor.execute(_ENTER, asdict(scope))
            given = sql.SQL(", ").join(sql.Literal(values[name]) for name in names)
            explain = sql.SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE asked")
            if names:
                explain += sql.SQL("({})").format(given)
            [[told]] = cursor.execute(explain).fetchall()
    return _cost(told[0])


def _cost(told: dict[str, Any]) -> Cost:
    nodes = list(_nodes(told["Plan"]))
    top = told["Plan"]
    return Cost(
        pages=top["Shared Hit Blocks"] + top["Shared Read Blocks"],
        rows=sum(_rows(node) for node in nodes if "Relation Name" in node),
        whole=tuple(
            node["Relation Name"]
            for node in nodes
            if node["Node Type"] == "Seq Scan" and node["Actual Loops"]
        ),
        milliseconds=told["Execution Time"],
    )


def _rows(node: dict[str, Any]) -> int:
    dropped = node.get("Rows Removed by Filter", 0)
    return int((node["Actual Rows"] + dropped) * node["Actual Loops"])


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in cast("Sequence[dict[str, Any]]", plan.get("Plans", [])):
        yield from _nodes(child)
