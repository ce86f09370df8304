"""What a service's schema must hold so that no tenant sees another's rows.

`faults` reads the catalogue of one database as a superuser and says, a sentence each,
what is wrong. Every exception is listed here, with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row, scalar_row

Connection = psycopg.Connection[tuple[object, ...]]
Row = TypeVar("Row")

GROUPS = ("joinedup_app", "joinedup_worker")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a service's schema may do otherwise: the name, and the reason."""

    public_tables: Mapping[str, str] = field(default_factory=dict[str, str])
    worker_policies: Mapping[str, str] = field(default_factory=dict[str, str])
    """Policies that open tenants' rows to the worker role, and to it alone."""
    read_to_write: Mapping[str, str] = field(default_factory=dict[str, str])
    """Policies that let a row be changed that is only within the read scope."""
    unruled: Mapping[tuple[str, str], str] = field(
        default_factory=dict[tuple[str, str], str]
    )
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    definers: Mapping[str, str] = field(default_factory=dict[str, str])
    app_deletes: Mapping[str, str] = field(default_factory=dict[str, str])
    restrictive: frozenset[tuple[str, str]] = frozenset()
    """Policies that narrow what others allow: losing one would widen it."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    owner: str
    enabled: bool
    forced: bool
    is_tenant: bool


@dataclass(frozen=True, slots=True)
class Policy:
    table: str
    name: str
    is_permissive: bool
    roles: list[str]
    command: str
    using: str | None
    check: str | None

    def covers(self, command: str) -> bool:
        return self.is_permissive and self.command in {"ALL", command}

    def reads_to_write(self) -> bool:
        return self.command not in {"SELECT", "INSERT"} and "scope_read" in (
            self.using or ""
        )

    def expressions(self) -> Iterator[str]:
        if self.command != "INSERT":
            yield self.using or "true"
        # Without WITH CHECK, UPDATE judges the new row by USING as well.
        if self.command == "INSERT":
            yield self.check or "true"
        elif self.check is not None:
            yield self.check


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    table: str
    first_column: str | None


@dataclass(frozen=True, slots=True)
class Grant:
    grantee: str
    table: str
    privilege: str


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    is_mighty: bool
    is_owner: bool


_TABLES = """
SELECT
    c.relname AS name,
    pg_get_userbyid(c.relowner) AS owner,
    c.relrowsecurity AS enabled,
    c.relforcerowsecurity AS forced,
    EXISTS (
        SELECT FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND NOT a.attisdropped
            AND a.attname IN ('la_code', 'school_id')
    ) AS is_tenant
FROM pg_class AS c
WHERE c.relkind IN ('r', 'p', 'f') AND c.relnamespace = 'public'::regnamespace
    AND c.relname NOT LIKE '%%yoyo%%'
ORDER BY c.relname
"""
_POLICIES = """
SELECT
    tablename AS table,
    policyname AS name,
    permissive = 'PERMISSIVE' AS is_permissive,
    roles::text[] AS roles,
    cmd AS command,
    qual AS using,
    with_check AS check
FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname
"""
_KEYS = """
SELECT
    i.relname AS name,
    t.relname AS table,
    a.attname AS first_column
FROM pg_index AS x
INNER JOIN pg_class AS i ON x.indexrelid = i.oid
INNER JOIN pg_class AS t ON x.indrelid = t.oid
LEFT JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace
"""
_GRANTS = """
SELECT DISTINCT
    coalesce(nullif(pg_get_userbyid(g.grantee), 'unknown (OID=0)'), 'PUBLIC') AS grantee,
    c.relname AS table,
    g.privilege_type AS privilege
FROM pg_class AS c
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attacl IS NOT NULL
CROSS JOIN LATERAL aclexplode(
    coalesce(c.relacl, acldefault('r', c.relowner)) || coalesce(a.attacl, '{}')
) AS g
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = 'public'::regnamespace
    AND c.relname NOT LIKE '%%yoyo%%' AND g.grantee <> c.relowner
"""
_ROLES = """
SELECT
    r.rolname AS name,
    r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb
    OR r.rolreplication AS is_mighty,
    pg_has_role(r.oid, d.datdba, 'MEMBER')
    OR EXISTS (
        SELECT FROM pg_class AS c
        WHERE c.relnamespace = 'public'::regnamespace
            AND pg_has_role(r.oid, c.relowner, 'MEMBER')
    ) AS is_owner
FROM pg_roles AS r
INNER JOIN pg_database AS d ON d.datname = current_database()
WHERE r.rolname = ANY (%(names)s)
"""
_MATERIALISED = """
SELECT relname FROM pg_class
WHERE relkind = 'm' AND relnamespace = 'public'::regnamespace
"""
_OWNERS_VIEWS = """
SELECT relname FROM pg_class
WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
    AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'
"""
_DEFINERS = """
SELECT proname FROM pg_proc
WHERE prosecdef AND pronamespace NOT IN (
    'pg_catalog'::regnamespace, 'information_schema'::regnamespace
)
"""
_MAKERS = """
SELECT r.rolname FROM pg_roles AS r
WHERE r.rolname = ANY (%(names)s)
    AND (
        has_schema_privilege(r.oid, 'public', 'CREATE')
        OR has_database_privilege(r.oid, current_database(), 'CREATE')
    )
"""


def faults(connection: Connection, service: str, allowed: Exceptions) -> list[str]:
    """Say everything that is wrong with a service's schema; nothing when it is safe."""
    tables = _rows(connection, Table, _TABLES)
    policies = _rows(connection, Policy, _POLICIES)
    roles = [*GROUPS, f"{service}_app", f"{service}_worker"]
    return [
        *_open_tables(tables, allowed),
        *_missing_policies(tables, policies, allowed),
        *_open_policies(policies, allowed),
        *_keys(connection, tables, allowed),
        *_mighty(connection, service, roles),
        *_ways_round(connection, roles, allowed),
        *_grants(connection, allowed),
    ]


def tenant_tables(connection: Connection, allowed: Exceptions) -> list[str]:
    return [
        table.name
        for table in _rows(connection, Table, _TABLES)
        if table.is_tenant and table.name not in allowed.public_tables
    ]


def policies_of(connection: Connection) -> list[Policy]:
    return _rows(connection, Policy, _POLICIES)


def _open_tables(tables: list[Table], allowed: Exceptions) -> Iterator[str]:
    for table in tables:
        is_bound = table.enabled and table.forced
        if table.enabled and not table.forced:
            yield f"{table.name}: row security does not bind the table's owner"
        if table.is_tenant and not is_bound and table.name not in allowed.public_tables:
            yield f"{table.name}: holds tenants' rows without forced row security"


def _missing_policies(
    tables: list[Table], policies: list[Policy], allowed: Exceptions
) -> Iterator[str]:
    for table in tables:
        own = [policy for policy in policies if policy.table == table.name]
        for command in COMMANDS:
            is_ruled = any(policy.covers(command) for policy in own)
            is_excused = (table.name, command) in allowed.unruled
            if table.enabled and not is_ruled and not is_excused:
                yield f"{table.name}: no policy for {command}"
    narrowing = {(p.table, p.name) for p in policies if not p.is_permissive}
    for missing in sorted(allowed.restrictive - narrowing):
        yield f"{missing[0]}: no restrictive policy {missing[1]}"


def _open_policies(policies: list[Policy], allowed: Exceptions) -> Iterator[str]:
    """A permissive policy without a scope function lets everybody's rows through."""
    for policy in policies:
        label = f"{policy.table}: policy {policy.name}"
        if policy.name in allowed.worker_policies:
            if policy.roles != ["joinedup_worker"]:
                yield f"{label} is open to more than the worker"
        elif policy.is_permissive:
            if any(_is_open(expression) for expression in policy.expressions()):
                yield f"{label} does not ask for the scope"
            if policy.reads_to_write() and policy.name not in allowed.read_to_write:
                yield f"{label} lets a row of the read scope be changed"


def _is_open(expression: str) -> bool:
    return "scope_" not in expression or " OR true" in expression


def _keys(
    connection: Connection, tables: list[Table], allowed: Exceptions
) -> Iterator[str]:
    tenants = {table.name for table in tables if table.is_tenant}
    for key in _rows(connection, Key, _KEYS):
        is_led = key.first_column in {"la_code", "school_id"}
        if key.table in tenants and not is_led and key.name not in allowed.keys:
            yield f"{key.table}: unique key {key.name} does not lead with the tenant"


def _mighty(connection: Connection, service: str, names: list[str]) -> Iterator[str]:
    for role in _rows(connection, Role, _ROLES, [*names, f"{service}_owner"]):
        if role.is_mighty:
            yield f"{role.name}: a role above row security, or that could make one"
        if role.is_owner and role.name in names:
            yield f"{role.name}: owns what it should only use"
    for name in _names(connection, _MAKERS, names):
        yield f"{name}: may create objects of its own"


def _ways_round(
    connection: Connection, names: list[str], allowed: Exceptions
) -> Iterator[str]:
    for name in _names(connection, _MATERIALISED, names):
        yield f"{name}: a materialised view holds every tenant's rows"
    for name in _names(connection, _OWNERS_VIEWS, names):
        yield f"{name}: a view reads with its owner's rights"
    for name in _names(connection, _DEFINERS, names):
        if name not in allowed.definers:
            yield f"{name}: a function runs with its owner's rights"


def _grants(connection: Connection, allowed: Exceptions) -> Iterator[str]:
    for grant in _rows(connection, Grant, _GRANTS):
        if grant.grantee not in GROUPS:
            yield f"{grant.table}: {grant.privilege} is granted to {grant.grantee}"
        if grant.privilege in {"TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}:
            yield f"{grant.table}: {grant.privilege} is granted to {grant.grantee}"
        if grant.grantee == "joinedup_app" and not _app_may(grant, allowed):
            yield f"{grant.table}: the app may {grant.privilege}"


def _app_may(grant: Grant, allowed: Exceptions) -> bool:
    if grant.table in {"inbox", "dead_letter"}:
        return False
    if grant.table == "outbox":
        return grant.privilege == "INSERT"
    return grant.privilege != "DELETE" or grant.table in allowed.app_deletes


def _rows(
    connection: Connection,
    row: type[Row],
    query: LiteralString,
    names: list[str] | None = None,
) -> list[Row]:
    with connection.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(query, {"names": names}).fetchall()


def _names(
    connection: Connection, query: LiteralString, names: list[str]
) -> list[str]:
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(query, {"names": names}).fetchall()
