"""The supervisor's word on each process, in a file that other commands read."""

import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import psutil

from local_stack.place import Place

Phase = Literal[
    "waiting", "starting", "ready", "done", "restarting", "failed", "stopped"
]
SETTLED: tuple[Phase, ...] = ("ready", "done")


@dataclass(frozen=True, slots=True)
class Process:
    """A process told apart from a later one that got the same number."""

    pid: int
    created_at: float


@dataclass(frozen=True, slots=True)
class PartState:
    """How one part of the stack is."""

    phase: Phase = "waiting"
    process: Process | None = None
    since: float = 0
    restarts: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How the whole stack is."""

    supervisor: Process
    parts: dict[str, PartState] = field(default_factory=dict[str, PartState])

    @property
    def is_settled(self) -> bool:
        """Say whether every part is ready or has done its work."""
        return all(part.phase in SETTLED for part in self.parts.values())

    @property
    def failed(self) -> list[str]:
        """Return the parts that were given up for now."""
        return [name for name, part in self.parts.items() if part.phase == "failed"]

    def with_part(self, name: str, part: PartState) -> "State":
        """Return this state with one part told anew."""
        return replace(self, parts=self.parts | {name: part})


def write(place: Place, state: State) -> None:
    """Write the state, whole or not at all."""
    draft = place.state_file.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
    draft.replace(place.state_file)


def read(place: Place) -> State | None:
    """Return the state last written, also when its supervisor is long gone."""
    if not place.state_file.exists():
        return None
    told = json.loads(place.state_file.read_text(encoding="utf-8"))
    parts = {name: _part(part) for name, part in told["parts"].items()}
    return State(Process(**told["supervisor"]), parts)


def identify(pid: int) -> Process | None:
    """Return what tells this process from a later one, or None if it has ended."""
    try:
        return Process(pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def find(process: Process | None) -> psutil.Process | None:
    """Return the process when it is the very same one and still runs."""
    if process is None:
        return None
    try:
        found = psutil.Process(process.pid)
        same = abs(found.create_time() - process.created_at) < 1
        is_zombie = found.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return found if same and not is_zombie else None


def running(place: Place) -> State | None:
    """Return the state when its supervisor is at work."""
    state = read(place)
    if state is None or find(state.supervisor) is None:
        return None
    return state


@contextmanager
def only_one(path: Path) -> Generator[bool]:
    """Hold a lock that ends with the process; say whether it was free."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _part(told: dict[str, Any]) -> PartState:
    process = told.pop("process")
    found = None if process is None else Process(**process)
    return PartState(process=found, **told)
