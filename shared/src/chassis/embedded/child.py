"""A child process is started with its log in a file and ended with a grace time."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

FIRST_PORT, LAST_PORT = 20000, 29999
POLL_SECONDS = 0.05


class NotReady(Exception):
    """A child process ended early or was not ready in time."""


def start(
    command: Sequence[str],
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, appending what it says to its log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - every command is made by our own code
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
        )


def await_ready(
    process: subprocess.Popen[bytes],
    is_ready: Callable[[], bool],
    timeout: float,
    log: Path,
) -> None:
    """Return when the check holds; say what the log ends with when it never does."""
    polls = int(timeout / POLL_SECONDS)
    for _ in range(polls):
        if is_ready():
            return
        # Waiting on the process instead of the clock notices an early death at once.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(POLL_SECONDS)
            msg = f"ended with status {process.returncode}: {last_words(log)}"
            raise NotReady(msg)
    msg = f"not ready after {timeout:.0f} s: {last_words(log)}"
    raise NotReady(msg)


def await_condition(holds: Callable[[], bool], timeout: float) -> None:
    """Return when the condition holds; refuse when it does not in time."""
    for _ in range(int(timeout / POLL_SECONDS)):
        if holds():
            return
        time.sleep(POLL_SECONDS)
    raise NotReady(f"not so after {timeout:.0f} s")


def stop(
    process: subprocess.Popen[bytes],
    sign: signal.Signals = signal.SIGTERM,
    grace: float = 20,
) -> None:
    """Ask a child to end, and kill it when the grace time is over."""
    if process.poll() is not None:
        return
    process.send_signal(sign)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_words(log: Path, size: int = 2000) -> str:
    """Return the end of a log, for the error that has to explain itself."""
    if not log.exists():
        return "no log"
    return log.read_bytes()[-size:].decode(errors="replace").strip()


def free_port() -> int:
    """Return a loopback port that nobody listens on, below the ephemeral range."""
    candidates = random.SystemRandom().sample(range(FIRST_PORT, LAST_PORT), 200)
    for port in candidates:
        if not listens(port):
            return port
    msg = f"no free port between {FIRST_PORT} and {LAST_PORT}"
    raise NotReady(msg)


def listens(port: int) -> bool:
    """Say whether a loopback port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def signal_group(pid: int, sign: signal.Signals) -> None:
    """Send a signal to a child's whole session, which may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sign)
