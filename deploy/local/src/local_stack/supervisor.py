"""Every part runs from when its needs are met until the stack is stopped."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from chassis.embedded import child
from local_stack import logs, state
from local_stack.part import Part
from local_stack.place import Place
from local_stack.refusal import StackRefused
from local_stack.state import PartState, Phase, State

FIRST_BACKOFF, LONGEST_BACKOFF = 0.5, 15.0
# A part that was ready this long before it ended starts anew with the first pause.
STEADY_SECONDS = 5
TRIES_BEFORE_FIRST_READY = 4
READY_POLL_SECONDS = 0.1
ALIVE_POLL_SECONDS = 10
ALIVE_MISSES = 4
STOP_SECONDS = 25


@dataclass
class Supervisor:
    """The life of one running stack."""

    place: Place
    parts: Sequence[Part]
    state: State = field(init=False)
    ready: dict[str, asyncio.Event] = field(init=False)
    stopping: asyncio.Event = field(init=False)

    def __post_init__(self) -> None:
        """Begin with every part waiting."""
        waiting = {part.name: PartState(since=time.time()) for part in self.parts}
        self.state = State(_myself(), waiting)
        self.ready = {part.name: asyncio.Event() for part in self.parts}
        self.stopping = asyncio.Event()
        state.write(self.place, self.state)

    def tell(self, name: str, **changes: object) -> None:
        """Change what is known of a part, in the file as well."""
        part = replace(self.state.parts[name], **changes)  # pyright: ignore[reportArgumentType] - names of PartState's fields
        self.state = self.state.with_part(name, part)
        state.write(self.place, self.state)

    def tell_phase(self, name: str, phase: Phase, detail: str = "") -> None:
        """Move a part into a phase from now on."""
        self.tell(name, phase=phase, since=time.time(), detail=detail)


def _myself() -> state.Process:
    found = state.identify(os.getpid())
    assert found is not None  # noqa: S101 - it is this very process
    return found


async def run(place: Place, parts: Sequence[Part]) -> None:
    """Run the stack until this process is asked to stop."""
    supervisor = Supervisor(place, parts)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, supervisor.stopping.set)
    tasks = {
        part.name: asyncio.create_task(_supervise(supervisor, part)) for part in parts
    }
    rotation = asyncio.create_task(logs.rotate_for_ever(place))
    await supervisor.stopping.wait()
    rotation.cancel()
    # Those who need others stop first, so that none sees its needs vanish.
    for wave in stop_order(parts):
        for part in wave:
            tasks[part.name].cancel()
        stopped = (tasks[part.name] for part in wave)
        await asyncio.gather(*stopped, return_exceptions=True)
        for part in wave:
            supervisor.tell_phase(part.name, "stopped")
            supervisor.tell(part.name, process=None)


def stop_order(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts in waves: each wave is needed by nobody who still runs."""
    left = list(parts)
    waves: list[list[Part]] = []
    while left:
        needed = {name for part in left for name in part.needs}
        wave = [part for part in left if part.name not in needed]
        if not wave:
            msg = "the parts need each other in a circle"
            raise StackRefused(msg)
        waves.append(wave)
        left = [part for part in left if part not in wave]
    return waves


async def _supervise(supervisor: Supervisor, part: Part) -> None:
    for name in part.needs:
        await supervisor.ready[name].wait()
    backoff = FIRST_BACKOFF
    tries = 0
    while True:
        if await _attempt(supervisor, part):
            return
        tries += 1
        known = supervisor.state.parts[part.name]
        if time.time() - known.since > STEADY_SECONDS:
            backoff = FIRST_BACKOFF
        if supervisor.ready[part.name].is_set() or tries < TRIES_BEFORE_FIRST_READY:
            phase: Phase = "restarting"
        else:
            phase = "failed"
        supervisor.tell_phase(part.name, phase, known.detail)
        supervisor.tell(part.name, restarts=known.restarts + 1, process=None)
        await asyncio.sleep(backoff)
        backoff = min(backoff * 2, LONGEST_BACKOFF)


async def _attempt(supervisor: Supervisor, part: Part) -> bool:
    """Run a part to its end; say whether its work is done for good."""
    try:
        if await asyncio.to_thread(part.is_done):
            _settle(supervisor, part, "done")
            return True
        await asyncio.to_thread(part.prepare)
        process = await _start(supervisor, part)
    except (OSError, StackRefused) as refused:
        supervisor.tell(part.name, detail=str(refused))
        return False
    try:
        if part.is_ready is None:
            return await _await_work(supervisor, part, process)
        await _await_service(supervisor, part, process, part.is_ready)
    finally:
        await _end(part, process)
    return False


async def _start(supervisor: Supervisor, part: Part) -> asyncio.subprocess.Process:
    log = logs.path(supervisor.place, part.name)
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JOINEDUP_")}
    pipe, devnull = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    source = devnull if part.stdin is None else pipe
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *part.command,
            stdin=source,
            stdout=output,
            stderr=output,
            env=environment | dict(part.env),
            start_new_session=True,
        )
    supervisor.tell_phase(part.name, "starting")
    supervisor.tell(part.name, process=state.identify(process.pid))
    return process


async def _await_work(
    supervisor: Supervisor, part: Part, process: asyncio.subprocess.Process
) -> bool:
    text = None if part.stdin is None else part.stdin.encode()
    await process.communicate(text)
    if process.returncode != 0:
        supervisor.tell(part.name, detail=f"ended with status {process.returncode}")
        return False
    await asyncio.to_thread(part.finish)
    _settle(supervisor, part, "done")
    supervisor.tell(part.name, process=None)
    return True


async def _await_service(
    supervisor: Supervisor,
    part: Part,
    process: asyncio.subprocess.Process,
    is_ready: Callable[[], bool],
) -> None:
    """Return when the process has ended, or has to be ended because it hangs."""
    ended = asyncio.create_task(process.wait())
    deadline = time.monotonic() + part.ready_seconds
    while not ended.done() and not await asyncio.to_thread(is_ready):
        if time.monotonic() > deadline:
            detail = f"not ready after {part.ready_seconds:.0f} s"
            supervisor.tell(part.name, detail=detail)
            return
        await asyncio.wait({ended}, timeout=READY_POLL_SECONDS)
    if not ended.done():
        if not supervisor.ready[part.name].is_set():
            await asyncio.to_thread(part.finish)
        _settle(supervisor, part, "ready")
        if not await _watch(part, ended):
            supervisor.tell(part.name, detail="did not answer any more")
            return
    supervisor.tell(part.name, detail=f"ended with status {await ended}")


async def _watch(part: Part, ended: "asyncio.Task[int]") -> bool:
    """Wait for the end; say False when the process lives but answers no more."""
    misses = 0
    while misses < ALIVE_MISSES:
        await asyncio.wait({ended}, timeout=ALIVE_POLL_SECONDS)
        if ended.done():
            return True
        answers = part.is_alive is None or await asyncio.to_thread(part.is_alive)
        misses = 0 if answers else misses + 1
    return False


def _settle(supervisor: Supervisor, part: Part, phase: Phase) -> None:
    supervisor.tell_phase(part.name, phase)
    supervisor.ready[part.name].set()


async def _end(part: Part, process: asyncio.subprocess.Process) -> None:
    """End a process and whatever it started, politely at first."""
    if process.returncode is None:
        child.signal_group(process.pid, part.stop_signal)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
    child.signal_group(process.pid, signal.SIGKILL)
    await process.wait()
