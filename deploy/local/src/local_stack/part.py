"""What the supervisor is told of each process: how to start it and when it is ready."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


def nothing() -> None:
    """Prepare nothing."""


def never() -> bool:
    """Say that work is not done yet."""
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the stack.

    A part with `is_ready` serves for ever and is started again when it ends. A part
    without does its work once, is ready when it ended well, and is passed over when
    `is_done` says that there is nothing to do.
    """

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    needs: tuple[str, ...] = ()
    is_ready: Callable[[], bool] | None = None
    is_alive: Callable[[], bool] | None = None
    is_done: Callable[[], bool] = never
    prepare: Callable[[], None] = nothing
    finish: Callable[[], None] = nothing
    """Runs once after the part first became ready, before those who need it start."""
    stdin: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    ready_seconds: float = 120
    """It hangs after so long. A slow one that is started anew is slower still."""
