"""Fixtures of the databases: `cluster` for all workers, `database_of` for a service."""

import fcntl
import json
import os
import signal
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
import pytest
from psycopg import sql

from chassis import migrate, provision
from chassis.embedded import child, postgres

_PASSWORD = "for-tests-only"  # noqa: S105 - the cluster lives as long as the run
_PASSWORDS = provision.Passwords(owner=_PASSWORD, app=_PASSWORD, worker=_PASSWORD)


@dataclass(frozen=True, slots=True)
class ServiceDatabase:
    """One service's database of one xdist worker, and the ways into it."""

    name: str
    app: str
    worker: str
    owner: str
    admin: str

    def empty(self) -> None:
        """Delete every row, as a superuser whom no policy binds."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(EMPTY)


# The server outlives the worker that started it; its handle lives as long as we do.
_KEPT: list[subprocess.Popen[bytes]] = []

_EMPTY: LiteralString = """
DO $$
DECLARE found regclass;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN
        SELECT c.oid FROM pg_class AS c
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            AND c.relname NOT LIKE ALL (ARRAY[KEPT])
    LOOP
        EXECUTE format('DELETE FROM %s', found);
    END LOOP;
END
$$
"""
EMPTY = _EMPTY.replace("KEPT", "'%yoyo%'")
EMPTY_BUT_FOR_THE_RECORD = _EMPTY.replace("KEPT", "'%yoyo%', 'audit%'")
"""Of a running product: its anchors lie elsewhere, and tell that the record is gone."""


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> postgres.Cluster:
    """The PostgreSQL cluster of this run, started by the first worker that asks."""
    folder = _shared_folder(tmp_path_factory)
    with _locked(folder):
        state = folder / "cluster.json"
        if not state.exists():
            _start(folder, state)
        return _cluster(folder, json.loads(state.read_text("utf-8"))["port"])


@pytest.fixture(scope="session")
def database_of(
    cluster: postgres.Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., ServiceDatabase]:
    """Give a service's migrated database, this worker's own clone.

    A `copy` of another name is a clone of its own, which no other test empties.
    """
    folder = _shared_folder(tmp_path_factory)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    made: dict[str, ServiceDatabase] = {}

    def provide(service: str, copy: str = "") -> ServiceDatabase:
        if service + copy not in made:
            with _locked(folder):
                _make_template(cluster, folder, service)
                made[service + copy] = _clone(cluster, service, worker + copy)
        return made[service + copy]

    return provide


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster at the end of the whole run."""
    if hasattr(config, "workerinput"):
        return
    factory: pytest.TempPathFactory | None = getattr(config, "_tmp_path_factory", None)
    if factory is None:
        return
    state = factory.getbasetemp() / "postgres" / "cluster.json"
    if state.exists():
        _stop(json.loads(state.read_text("utf-8")))
        state.unlink()


def _shared_folder(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    shared = folder / "postgres"
    shared.mkdir(exist_ok=True)
    return shared


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cluster(folder: Path, port: int) -> postgres.Cluster:
    # Durability is shown by the fault tests, on clusters of their own.
    quick = {**postgres.SETTINGS, "fsync": "off", "max_connections": "200"}
    return postgres.Cluster(folder / "cluster", port, _PASSWORD, quick)


def _start(folder: Path, state: Path) -> None:
    cluster = _cluster(folder, child.free_port())
    postgres.initialise(cluster)
    log = folder / "postgres.log"
    process = child.start(postgres.command(cluster), log)
    child.await_ready(process, lambda: postgres.is_ready(cluster), 60, log)
    _KEPT.append(process)
    found = psutil.Process(process.pid)
    known = {"port": cluster.port, "pid": found.pid, "born": found.create_time()}
    state.write_text(json.dumps(known), "utf-8")


def _stop(known: dict[str, float]) -> None:
    try:
        process = psutil.Process(int(known["pid"]))
        if process.create_time() == known["born"]:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    except psutil.NoSuchProcess:
        return


def _make_template(cluster: postgres.Cluster, folder: Path, service: str) -> None:
    done = folder / f"{service}.migrated"
    if not done.exists():
        provision.provision_database(cluster.dsn(), service, _PASSWORDS)
        owner = f"{service}_owner"
        migrate.migrate(_url(cluster, service, owner), service)
        done.touch()


def _clone(cluster: postgres.Cluster, service: str, worker: str) -> ServiceDatabase:
    name = f"{service}_{worker}"
    with psycopg.connect(cluster.dsn(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name),
                sql.Identifier(service),
                sql.Identifier(f"{service}_owner"),
            )
        )
    return ServiceDatabase(
        name,
        app=_url(cluster, name, f"{service}_app"),
        worker=_url(cluster, name, f"{service}_worker"),
        owner=_url(cluster, name, f"{service}_owner"),
        admin=cluster.dsn(name),
    )


def _url(cluster: postgres.Cluster, database: str, user: str) -> str:
    return f"postgresql://{user}:{_PASSWORD}@127.0.0.1:{cluster.port}/{database}"
