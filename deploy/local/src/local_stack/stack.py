"""A stack is started once, followed until it is ready, and stopped in good order."""

import asyncio
import contextlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil

from chassis.embedded import child
from local_stack import (
    checks,
    keycloak_server,
    logs,
    plan,
    secret_files,
    state,
    supervisor,
)
from local_stack.place import Place, keep_county
from local_stack.refusal import StackRefused
from local_stack.state import State

FOLLOW_POLL_SECONDS = 0.2
READY_SECONDS = 600
STOP_SECONDS = 90
SUPERVISOR_LOG = "supervisor"


def start(place: Place, say: Callable[[str], None]) -> subprocess.Popen[bytes] | None:
    """Start the stack's supervisor unless it is at work; it outlives this command."""
    if state.running(place) is not None:
        refuse_on(checks.complaints(place, with_ports=False))
        return None
    refuse_on(checks.complaints(place, with_ports=False))
    end_leftovers(place)
    refuse_on(checks.complaints(place, with_ports=True))
    keycloak_server.ensure_built(place, say)
    make_folders(place)
    keep_county(place)
    secret_files.ensure_keys(place)
    place.state_file.unlink(missing_ok=True)
    return child.start(
        [sys.executable, "-m", "local_stack", "supervise"],
        logs.path(place, SUPERVISOR_LOG),
    )


def supervise(place: Place) -> None:
    """Be the supervisor; a second one for the same folder ends at once."""
    with state.only_one(place.run_dir / "supervisor.lock") as is_first:
        if is_first:
            asyncio.run(supervisor.run(place, plan.make_parts(place)))


def follow(place: Place, process: subprocess.Popen[bytes] | None) -> Iterator[State]:
    """Yield the state whenever it may have changed, until everything is ready."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        known = state.read(place)
        if known is not None:
            yield known
            if known.is_settled:
                return
            _refuse_failed(place, known)
        if _pause(process) or (process is None and state.running(place) is None):
            words = child.last_words(logs.path(place, SUPERVISOR_LOG))
            msg = f"The supervisor ended: {words}"
            raise StackRefused(msg)
    msg = f"The stack was not ready within {READY_SECONDS // 60} minutes."
    raise StackRefused(msg)


def stop(place: Place) -> bool:
    """Stop the stack in good order; say whether there was anything to stop."""
    known = state.running(place)
    found = None if known is None else state.find(known.supervisor)
    if found is not None:
        found.send_signal(signal.SIGTERM)
        try:
            found.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            found.kill()
            found.wait()
    return end_leftovers(place) or found is not None


def end_leftovers(place: Place) -> bool:
    """End what a killed supervisor left running; say whether there was something."""
    known = state.read(place)
    if known is None:
        return False
    left = [state.find(part.process) for part in known.parts.values()]
    found = [process for process in left if process is not None]
    for process in found:
        child.signal_group(process.pid, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(found, timeout=20)
    for process in stubborn:
        child.signal_group(process.pid, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=10)
    return bool(found)


def reset(place: Place) -> None:
    """Stop the stack and delete all that it kept."""
    stop(place)
    shutil.rmtree(place.run_dir, ignore_errors=False)


def make_folders(place: Place) -> None:
    """Make the run folder: others may walk through it but see nothing in it."""
    place.run_dir.mkdir(parents=True, exist_ok=True)
    place.run_dir.chmod(0o711)
    for folder in (place.secrets_dir, place.logs_dir, place.done_dir):
        folder.mkdir(exist_ok=True, mode=0o700)


def refuse_on(sentences: Iterator[str]) -> None:
    """Refuse with every sentence there is, each on a line of its own."""
    found = list(sentences)
    if found:
        raise StackRefused("\n".join(found))


def _refuse_failed(place: Place, known: State) -> None:
    for name in known.failed:
        words = logs.tail(logs.path(place, name), 1500).strip()
        msg = f"{name} does not start ({known.parts[name].detail}):\n{words}"
        raise StackRefused(msg)


def _pause(process: subprocess.Popen[bytes] | None) -> bool:
    """Wait a little; say whether the supervisor ended meanwhile."""
    if process is None:
        time.sleep(FOLLOW_POLL_SECONDS)
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(FOLLOW_POLL_SECONDS)
        return True
    return False
