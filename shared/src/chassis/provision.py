"""A service has its database and roles, and nobody else has a way in."""

from dataclasses import dataclass, field
from typing import LiteralString

import psycopg
from psycopg import sql

GROUP_ROLES: tuple[LiteralString, ...] = ("joinedup_app", "joinedup_worker")


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of a service's three login roles."""

    owner: str = field(repr=False)
    app: str = field(repr=False)
    worker: str = field(repr=False)


def provision_database(admin_dsn: str, service: str, passwords: Passwords) -> None:
    """Make a service's roles and database; what exists is brought to this state."""
    with psycopg.connect(admin_dsn, autocommit=True) as admin:
        # Roles are the whole cluster's: two services provisioned at once would race.
        admin.execute("SELECT pg_advisory_lock(hashtext('joinedup provision'))")
        for group in GROUP_ROLES:
            _ensure_group(admin, group)
        _ensure_login(admin, f"{service}_owner", passwords.owner)
        _ensure_login(admin, f"{service}_app", passwords.app, "joinedup_app")
        _ensure_login(admin, f"{service}_worker", passwords.worker, "joinedup_worker")
        _ensure_database(admin, service, f"{service}_owner")
        for role in (f"{service}_app", f"{service}_worker"):
            grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
            admin.execute(grant.format(sql.Identifier(service), sql.Identifier(role)))


def provision_private_database(admin_dsn: str, name: str, password: str) -> None:
    """Make a database of one login role that owns it and is alone in it."""
    with psycopg.connect(admin_dsn, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext('joinedup provision'))")
        _ensure_login(admin, name, password)
        _ensure_database(admin, name, name)


def _ensure_group(admin: psycopg.Connection, name: str) -> None:
    if not _role_exists(admin, name):
        admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))


def _ensure_login(
    admin: psycopg.Connection, name: str, password: str, group: str | None = None
) -> None:
    verb = sql.SQL("ALTER" if _role_exists(admin, name) else "CREATE")
    statement = sql.SQL(
        "{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}"
    )
    admin.execute(statement.format(verb, sql.Identifier(name), sql.Literal(password)))
    if group is not None:
        grant = sql.SQL("GRANT {} TO {}")
        admin.execute(grant.format(sql.Identifier(group), sql.Identifier(name)))


def _ensure_database(admin: psycopg.Connection, name: str, owner: str) -> None:
    database = sql.Identifier(name)
    if not _database_exists(admin, name):
        create = sql.SQL("CREATE DATABASE {} OWNER {}")
        admin.execute(create.format(database, sql.Identifier(owner)))
    close = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC")
    admin.execute(close.format(database))


def _role_exists(admin: psycopg.Connection, name: str) -> bool:
    found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    return found.fetchone() is not None


def _database_exists(admin: psycopg.Connection, name: str) -> bool:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None
