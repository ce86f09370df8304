"""Who asks the same at the same moment shares one answer, and one failure."""

import asyncio
from contextlib import suppress

import pytest

from chassis.flights import Flights


class Question:
    """Something dear to answer: it is counted, and waits until it is let go on."""

    def __init__(self) -> None:
        self.asked = 0
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()

    async def answer(self) -> int:
        self.asked += 1
        self.begun.set()
        now = self.asked
        await self.go_on.wait()
        if now == 2:
            raise LookupError("the second time")
        return now


async def test_it_is_worked_out_once_for_all_who_wait_and_anew_for_the_next() -> None:
    flights, question = Flights(), Question()
    waiting = [
        asyncio.create_task(flights.join("figures", question.answer)) for _ in range(20)
    ]
    another = asyncio.create_task(flights.join("schools", question.answer))
    await question.begun.wait()
    question.go_on.set()

    assert await asyncio.gather(*waiting) == [1] * 20
    with pytest.raises(LookupError):
        await another
    assert await flights.join("figures", question.answer) == 3


async def test_who_gives_up_waiting_stops_nobody_elses_answer() -> None:
    flights, question = Flights(), Question()
    first, second = (
        asyncio.create_task(flights.join("figures", question.answer)) for _ in "ab"
    )
    await question.begun.wait()

    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    question.go_on.set()

    assert first.cancelled()
    assert await second == 1


async def test_a_failure_is_everybodys_who_waits_and_nobodys_after() -> None:
    flights, question = Flights(), Question()
    question.go_on.set()
    assert await flights.join("figures", question.answer) == 1

    failed = await asyncio.gather(
        *(flights.join("figures", question.answer) for _ in range(3)),
        return_exceptions=True,
    )

    assert [type(each) for each in failed] == [LookupError] * 3
    assert question.asked == 2
    assert await flights.join("figures", question.answer) == 3
