"""A worker that is killed in the middle: its job is taken up by another and done."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.db import Database
from chassis.embedded import child
from chassis.jobs.model import Kind, Result, Told, Work
from tests.shared.jobs.conftest import Yard, awaited

PROGRAM = '''
import asyncio, sys
from chassis.db import Database
from chassis.jobs import worker
from chassis.jobs.model import Kind

async def slowly(db, work, told):
    """Hold on at the first attempt, till a kill; be done at once at the second."""
    while work.attempts == 1:
        await told(1, 2, "Half way")
        await asyncio.sleep(0.05)
    return {"attempt": work.attempts}

async def main(url):
    db = Database(url, 4, "killed")
    await db.open()
    kinds = [Kind("slowly", slowly)]
    stop = asyncio.Event()
    await worker.run(url, db, "inventory", kinds, stop, worker.State())

asyncio.run(main(sys.argv[1]))
'''


@pytest.fixture
def hire(yard: Yard, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker as a process of its own."""
    program = tmp_path / "worker.py"
    program.write_text(PROGRAM, "utf-8")
    command = [sys.executable, str(program), yard.stored.worker]
    hired: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        hired.append(child.start(command, tmp_path / f"{len(hired)}.log"))
        return hired[-1]

    yield start
    for process in hired:
        process.kill()
        process.wait()


async def test_another_worker_takes_up_what_a_killed_one_held(
    yard: Yard, hire: Callable[[], subprocess.Popen[bytes]]
) -> None:
    first = hire()
    job_id = await yard.start("slowly")
    await yard.until(job_id, "running")

    first.kill()
    hire()
    found = await yard.until(job_id, "done", "failed")

    assert (found.state, found.result) == ("done", {"attempt": 2})


async def test_a_stopped_worker_hands_its_job_back_at_once(yard: Yard) -> None:
    begun = asyncio.Event()

    async def long(_db: Database, work: Work, _told: Told) -> Result:
        if work.attempts == 1:
            begun.set()
            await asyncio.Event().wait()
        return {"attempt": work.attempts}

    kind = Kind("long", long)
    yard.employ(kind)
    job_id = await yard.start("long")
    await asyncio.wait_for(begun.wait(), 30)
    await yard.dismiss()
    assert (await yard.get(job_id)).state == "running"

    yard.employ(kind)
    found = await yard.until(job_id, "done", "failed")

    assert found.result == {"attempt": 2}


async def test_a_job_whose_end_could_not_be_said_is_taken_up_again(yard: Yard) -> None:
    """The database goes away as the attempt ends: the worker lives on, without it."""
    told = asyncio.Event()

    async def once(_db: Database, work: Work, _told: Told) -> Result:
        if work.attempts == 1:
            told.set()
            await asyncio.to_thread(
                yard.asked,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name IN ('jobs-tests-worker', 'inventory-jobs')",
            )
        return {"attempt": work.attempts}

    yard.employ(Kind("once", once))
    job_id = await yard.start("once")
    await asyncio.wait_for(told.wait(), 30)

    async def ended() -> bool:
        found = yard.asked("SELECT state FROM job")
        return found == [("done",)]

    await awaited(ended)
    assert (await yard.get(job_id)).result is not None
