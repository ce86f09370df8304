"""Jobs run once started, tell how far they are, and end as they should."""

import asyncio
from collections import Counter

import pytest

from chassis import errors
from chassis.db import Database, Tx
from chassis.jobs import running, service
from chassis.jobs.model import Chore, Kind, NewJob, Result, State, Told, Work
from tests.shared.jobs.conftest import ACCESS, OWNER, Yard, awaited

LOOKS = 12
"""So often a clock strikes while others are held: long enough to be taken for lost."""


async def count(_db: Database, work: Work, told: Told) -> Result:
    total = int(work.arguments["to"])
    for number in range(total):
        await told(number + 1, total, "Counting")
    return {"counted": total}


class Refused(errors.Conflict):
    slug = "conflict"
    title = "There is no more"


async def test_a_job_is_done_and_says_what_came_of_it(yard: Yard) -> None:
    yard.employ(Kind("count", count))

    job_id = await yard.start("count", la_code="940", arguments={"to": 7})
    found = await yard.until(job_id, "done", "failed")

    assert (found.state, found.result) == ("done", {"counted": 7})
    assert (found.done, found.total, found.note) == (7, 7, "Counting")
    assert (found.attempts, found.problem) == (1, None)
    assert found.started_at is not None
    assert found.ended_at is not None


async def test_what_hangs_by_the_clock_holds_up_no_job(yard: Yard) -> None:
    begun, release = Counter[str](), asyncio.Event()

    def hanging(name: str) -> Chore:
        async def hang(_db: Database) -> None:
            begun[name] += 1
            await release.wait()

        return Chore(name, "* * * * * *", hang)

    names = [f"hang-{number}" for number in range(3)]
    yard.employ(Kind("count", count), *map(hanging, names))

    async def all_begun() -> bool:
        return set(begun) == set(names)

    async def turned_away() -> bool:
        [(ended,)] = yard.asked(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded'"
        )
        return ended > LOOKS

    await awaited(all_begun)
    job_id = await yard.start("count", la_code="940", arguments={"to": 2})
    found = await yard.until(job_id, "done", "failed")
    # Their clocks strike on, and what is under way is taken neither twice nor for lost.
    await awaited(turned_away)
    release.set()

    assert found.state == "done"
    assert begun == dict.fromkeys(names, 1)


async def test_there_is_a_job_only_if_its_transaction_commits(yard: Yard) -> None:
    async def changes_its_mind() -> None:
        async with yard.app.begin(OWNER, ACCESS) as tx:
            await service.start(tx, NewJob(kind="count", principal=OWNER.principal))
            raise errors.Conflict

    with pytest.raises(errors.Conflict):
        await changes_its_mind()

    assert yard.asked("SELECT count(*) FROM job") == [(0,)]
    assert yard.asked("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


async def test_a_refusal_ends_a_job_with_its_problem(yard: Yard) -> None:
    async def refuse(_db: Database, _work: Work, _told: Told) -> Result:
        raise Refused("We are out of it", left=0)

    yard.employ(Kind("refuse", refuse))
    found = await yard.until(await yard.start("refuse"), "failed")

    assert found.problem is not None
    assert found.problem["type"].endswith("#conflict")
    assert found.problem["status"] == 409
    assert found.problem["detail"] == "We are out of it"
    assert found.problem["left"] == 0
    assert found.attempts == 1


async def test_what_is_away_for_now_is_tried_again(yard: Yard) -> None:
    async def late(_db: Database, work: Work, _told: Told) -> Result:
        if work.attempts == 1:
            raise errors.Unavailable
        return {"attempt": work.attempts}

    yard.employ(Kind("late", late))
    found = await yard.until(await yard.start("late"), "done", "failed")

    assert found.result == {"attempt": 2}


@pytest.mark.parametrize(
    ("fault", "slug"),
    [(errors.Unavailable(), "unavailable"), (ZeroDivisionError(), "internal-error")],
    ids=["a part that stays away", "a fault of ours"],
)
async def test_what_never_works_is_given_up_in_the_end(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, fault: Exception, slug: str
) -> None:
    monkeypatch.setattr(running, "MOST_ATTEMPTS", 2)

    async def broken(_db: Database, _work: Work, _told: Told) -> Result:
        raise fault

    yard.employ(Kind("broken", broken))
    found = await yard.until(await yard.start("broken"), "failed")

    assert found.attempts == 2
    assert found.problem is not None
    assert found.problem["type"].endswith(f"#{slug}")
    assert "ZeroDivision" not in str(found.problem)


async def test_a_job_that_only_ever_gets_killed_is_given_up(yard: Yard) -> None:
    yard.employ(Kind("count", count))
    await yard.dismiss()
    job_id = await yard.start("count", arguments={"to": 1})
    yard.asked(
        "UPDATE job SET state = 'running', attempts = 6, started_at = now() RETURNING 1"
    )

    yard.employ(Kind("count", count))
    found = await yard.until(job_id, "failed", "done")

    assert found.problem is not None
    assert found.problem["type"].endswith("#job-interrupted")


async def test_a_kind_that_nobody_knows_fails(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_ATTEMPTS", 1)
    yard.employ(Kind("count", count))

    found = await yard.until(await yard.start("dance"), "failed")

    assert found.problem is not None
    assert found.problem["status"] == 500


async def test_cancelling_stops_at_the_next_word_and_tells_the_owner(
    yard: Yard,
) -> None:
    begun, heard = asyncio.Event(), list[tuple[State, str]]()

    async def slow(_db: Database, _work: Work, told: Told) -> Result:
        begun.set()
        while True:
            await told(1, None, "Going on")
            await asyncio.sleep(0.01)

    async def ended(_tx: Tx, _work: Work, state: State, why: str) -> None:
        heard.append((state, why))

    yard.employ(Kind("slow", slow, ended))
    job_id = await yard.start("slow")
    await asyncio.wait_for(begun.wait(), 30)

    asked = await yard.cancel(job_id)
    found = await yard.until(job_id, "cancelled")

    assert asked.cancel_asked_at is not None
    assert (found.result, found.problem) == (None, None)
    assert heard == [("cancelled", "")]


async def test_a_job_cancelled_while_it_waits_is_never_begun(yard: Yard) -> None:
    async def never(_db: Database, _work: Work, _told: Told) -> Result:
        raise AssertionError

    job_id = await yard.start("never")
    assert (await yard.cancel(job_id)).state == "waiting"

    yard.employ(Kind("never", never))

    assert (await yard.until(job_id, "cancelled", "failed")).state == "cancelled"


async def test_two_jobs_of_one_lock_run_one_after_the_other(yard: Yard) -> None:
    inside, most = 0, 0

    async def alone(_db: Database, _work: Work, _told: Told) -> Result:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.1)
        inside -= 1
        return None

    yard.employ(Kind("alone", alone))
    yard.employ(Kind("alone", alone))
    jobs = [await yard.start("alone", lock="one") for _ in range(4)]
    for job_id in jobs:
        await yard.until(job_id, "done")

    assert most == 1
    begun = yard.asked("SELECT job_id FROM job ORDER BY started_at")
    assert [job_id for (job_id,) in begun] == jobs


async def test_an_attempt_that_was_overtaken_can_say_nothing_more(yard: Yard) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def overtaken(_db: Database, work: Work, told: Told) -> Result:
        if work.attempts == 1:
            begun.set()
            await go_on.wait()
            await told(99, 99, "From the past")
        return {"attempt": work.attempts}

    yard.employ(Kind("overtaken", overtaken))
    job_id = await yard.start("overtaken")
    await asyncio.wait_for(begun.wait(), 30)
    yard.asked("UPDATE job SET attempts = attempts + 1 RETURNING 1")
    go_on.set()

    async def settled() -> bool:
        found = yard.asked(
            "SELECT status::text FROM procrastinate_jobs"
            " WHERE task_name = 'chassis.jobs.run'"
        )
        return found == [("succeeded",)]

    await awaited(settled)
    found = await yard.get(job_id)
    assert (found.state, found.note, found.result) == ("running", "", None)


async def test_progress_is_written_twice_a_second_at_most(yard: Yard) -> None:
    async def busy(_db: Database, _work: Work, told: Told) -> Result:
        for number in range(2000):
            await told(number, 2000, "Busy")
        return None

    yard.employ(Kind("busy", busy))
    found = await yard.until(await yard.start("busy"), "done")

    # Claimed, first and last word, ended; a word more for each half second it took.
    assert found.ended_at is not None
    assert found.started_at is not None
    took = (found.ended_at - found.started_at).total_seconds()
    assert found.version <= 5 + took / running.TELL_SECONDS
    assert found.done == 1999
