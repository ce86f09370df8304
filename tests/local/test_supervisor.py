import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from local_stack import place, state, supervisor
from local_stack.part import Part
from local_stack.place import Place
from local_stack.refusal import StackRefused

PYTHON = sys.executable
FOREVER = "import signal; signal.pause()"


@pytest.fixture
def where(tmp_path: Path) -> Place:
    return place.find({"JOINEDUP_RUN_DIR": str(tmp_path)})


@asynccontextmanager
async def supervised(where: Place, *parts: Part) -> AsyncGenerator[None]:
    task = asyncio.create_task(supervisor.run(where, parts))
    try:
        yield
    finally:
        # The supervisor runs in this very process, and takes the signal as its own.
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 90)


async def until(where: Place, holds: Callable[[state.State], bool]) -> state.State:
    async with asyncio.timeout(90):
        while True:
            known = state.read(where)
            if known is not None and holds(known):
                return known
            await asyncio.sleep(0.02)


def pid(known: state.State, name: str) -> int:
    process = known.parts[name].process
    assert process is not None
    return process.pid


def is_written(path: Path) -> bool:
    return path.exists() and path.read_text(encoding="ascii").endswith("\n")


def service(name: str, *needs: str, code: str = FOREVER) -> Part:
    return Part(name, [PYTHON, "-c", code], needs=needs, is_ready=lambda: True)


def work(name: str, code: str, *needs: str) -> Part:
    return Part(name, [PYTHON, "-c", code], needs=needs)


async def test_a_service_that_dies_is_started_again(where: Place) -> None:
    async with supervised(where, service("a")):
        first = await until(where, lambda known: known.is_settled)
        os.kill(pid(first, "a"), signal.SIGKILL)
        again = await until(
            where, lambda known: known.is_settled and known.parts["a"].restarts == 1
        )
        assert pid(again, "a") != pid(first, "a")


async def test_a_part_starts_when_its_needs_are_done(
    where: Place, tmp_path: Path
) -> None:
    first = work("first", f"open({str(tmp_path / 'made')!r}, 'x')")
    then = work("then", f"open({str(tmp_path / 'made')!r})", "first")
    async with supervised(where, then, first):
        known = await until(where, lambda known: known.is_settled)
        assert known.parts["then"].restarts == 0


async def test_work_that_never_ends_well_is_given_up_in_words(where: Place) -> None:
    failing = work("failing", "import sys; sys.exit('no such table')")
    waiting = service("waiting", "failing")
    async with supervised(where, failing, waiting):
        known = await until(where, lambda known: bool(known.failed))
        assert known.failed == ["failing"]
        assert known.parts["failing"].detail == "ended with status 1"
        assert known.parts["waiting"].phase == "waiting"
        log = where.logs_dir / "failing.log"
        assert "no such table" in log.read_text(encoding="utf-8")


async def test_work_that_was_done_before_is_passed_over(where: Place) -> None:
    done = Part("done", [PYTHON, "-c", "raise SystemExit(1)"], is_done=lambda: True)
    async with supervised(where, done):
        known = await until(where, lambda known: known.is_settled)
        assert known.parts["done"].phase == "done"


async def test_work_reads_what_it_is_given(where: Place) -> None:
    code = "import sys; sys.exit(sys.stdin.read() != 'document')"
    part = Part("reader", [PYTHON, "-c", code], stdin="document")
    async with supervised(where, part):
        known = await until(where, lambda known: known.is_settled)
        assert known.parts["reader"].restarts == 0


async def test_settings_of_the_caller_do_not_reach_a_part(
    where: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOINEDUP_PORT", "1")
    code = "import os, sys; sys.exit('JOINEDUP_PORT' in os.environ)"
    async with supervised(where, work("strict", code)):
        known = await until(where, lambda known: known.is_settled)
        assert known.parts["strict"].restarts == 0


async def test_work_that_ends_before_it_is_looked_at_is_done(where: Place) -> None:
    parts = [Part(f"quick-{number}", ["true"]) for number in range(60)]
    async with supervised(where, *parts):
        known = await until(where, lambda known: known.is_settled)

    assert {part.restarts for part in known.parts.values()} == {0}


async def test_a_stop_ends_everything_a_part_started(where: Place) -> None:
    pid_file = where.run_dir / "child"
    code = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {FOREVER!r}])\n"
        f"print(child.pid, file=open({str(pid_file)!r}, 'w'), flush=True)\n"
        "child.wait()\n"
    )
    parent = Part("parent", [PYTHON, "-c", code], is_ready=lambda: is_written(pid_file))
    async with supervised(where, parent):
        await until(where, lambda known: known.is_settled)
        child = state.identify(int(pid_file.read_text(encoding="ascii")))

    # Killed with its group: the system may take a moment to bury it.
    left = state.find(child)
    assert left is None or psutil.wait_procs([left], timeout=30)[1] == []


async def test_a_part_stops_before_what_it_needs(where: Place, tmp_path: Path) -> None:
    said = tmp_path / "said"
    code = (
        "import signal\n"
        "def end(*_):\n"
        f"    open({str(said)!r}, 'a').write('NAME ')\n"
        "    raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\n"
        f"open({str(tmp_path)!r} + '/NAME-up', 'x')\n"
        "while True: signal.pause()\n"
    )
    parts = [
        Part(
            name,
            [PYTHON, "-c", code.replace("NAME", name)],
            needs=needs,
            is_ready=(tmp_path / f"{name}-up").exists,
        )
        for name, needs in {"store": (), "api": ("store",), "door": ("api",)}.items()
    ]
    async with supervised(where, *parts):
        await until(where, lambda known: known.is_settled)

    assert said.read_text(encoding="utf-8").split() == ["door", "api", "store"]


def test_needs_in_a_circle_are_refused() -> None:
    with pytest.raises(StackRefused):
        supervisor.stop_order([service("a", "b"), service("b", "a")])
