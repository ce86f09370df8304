"""A PostgreSQL of one part's own, as durable as ours, with a service's database."""

import contextlib
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import psycopg
from psycopg import sql

from chassis import migrate, provision
from chassis.embedded import child, postgres

_PASSWORD = "for-this-run-only"
_PASSWORDS = provision.Passwords(owner=_PASSWORD, app=_PASSWORD, worker=_PASSWORD)


@contextlib.contextmanager
def cluster(folder: Path) -> Generator[postgres.Cluster]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="private-", dir=folder) as own:
        made = postgres.Cluster(Path(own) / "postgres", child.free_port(), _PASSWORD)
        with postgres.running(made, Path(own) / "postgres.log"):
            yield made


@contextlib.contextmanager
def database(made: postgres.Cluster, service: str) -> Generator[Callable[[str], str]]:
    """Give a service's database with nothing in it, by role; nothing is left of it."""

    def url(role: str) -> str:
        login = f"{service}_{role}:{_PASSWORD}"
        return f"postgresql://{login}@127.0.0.1:{made.port}/{service}"

    provision.provision_database(made.dsn(), service, _PASSWORDS)
    try:
        migrate.migrate(url("owner"), service)
        yield url
    finally:
        with psycopg.connect(made.dsn(), autocommit=True) as admin:
            name = sql.Identifier(service)
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
