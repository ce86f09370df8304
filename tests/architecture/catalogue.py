"""The catalogue of one database, as far as row security is concerned."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row, scalar_row

Connection = psycopg.Connection[tuple[object, ...]]
Row = TypeVar("Row")


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
    column: str | None
    """The one column that it is of; None where it is of the whole table."""


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    is_mighty: bool
    is_owner: bool


TABLES = """
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
POLICIES = """
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
KEYS = """
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
GRANTS = """
SELECT
    CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee)::text END
    AS grantee,
    c.relname AS table,
    g.privilege_type AS privilege,
    given.attname AS column
FROM pg_class AS c
CROSS JOIN LATERAL (
    SELECT
        NULL::text AS attname,
        coalesce(c.relacl, acldefault('r', c.relowner)) AS acl
    UNION ALL
    SELECT
        a.attname::text,
        a.attacl
    FROM pg_attribute AS a
    WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL
) AS given
CROSS JOIN LATERAL aclexplode(given.acl) AS g
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND c.relnamespace = 'public'::regnamespace
    AND c.relname NOT LIKE '%%yoyo%%' AND g.grantee <> c.relowner
"""
ROLES = """
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
MATERIALISED = """
SELECT relname FROM pg_class
WHERE relkind = 'm' AND relnamespace = 'public'::regnamespace
"""
OWNERS_VIEWS = """
SELECT relname FROM pg_class
WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
    AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'
"""
DEFINERS = """
SELECT proname FROM pg_proc
WHERE prosecdef AND pronamespace NOT IN (
    'pg_catalog'::regnamespace, 'information_schema'::regnamespace
)
"""
MAKERS = """
SELECT r.rolname FROM pg_roles AS r
WHERE r.rolname = ANY (%(names)s)
    AND (
        has_schema_privilege(r.oid, 'public', 'CREATE')
        OR has_database_privilege(r.oid, current_database(), 'CREATE')
    )
"""


def rows(
    connection: Connection,
    row: type[Row],
    query: LiteralString,
    names: list[str] | None = None,
) -> list[Row]:
    with connection.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(query, {"names": names}).fetchall()


def names_of(
    connection: Connection, query: LiteralString, names: list[str]
) -> list[str]:
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(query, {"names": names}).fetchall()
