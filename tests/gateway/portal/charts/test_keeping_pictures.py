"""The process that draws: asked once for a picture, ended when it fails, begun anew."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psutil
import pytest

from gateway.portal.charts.model import Bar, Bars, ChartNotDrawn, Picture
from gateway.portal.charts.service import Drawing

WORKER = "gateway.portal.charts.worker"


def picture(title: str = "Pupils per device", bars: int = 3) -> Picture:
    return Picture(
        Bars(title, "words", "schools", title, [Bar("A", i + 1) for i in range(bars)])
    )


@asynccontextmanager
async def ended(drawing: Drawing) -> AsyncGenerator[Drawing]:
    """A drawing that is not warmed up first, and leaves no process behind."""
    yield drawing
    await drawing.close()
    assert workers() == []


_STRANGERS: set[int] = set()


@pytest.fixture(autouse=True)
def strangers() -> None:
    """Leave aside the processes that a gateway of other tests has begun."""
    _STRANGERS.clear()
    _STRANGERS.update(worker.pid for worker in workers())


def workers() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if child.pid not in _STRANGERS and is_worker(child)
    ]


def is_worker(child: psutil.Process) -> bool:
    """Whether a process draws; one may end while it is looked at."""
    try:
        alive = child.status() != psutil.STATUS_ZOMBIE
        return alive and WORKER in child.cmdline()
    except psutil.NoSuchProcess:
        return False


async def test_equal_pictures_are_drawn_once() -> None:
    async with ended(Drawing()) as drawing:
        first, *rest = await asyncio.gather(*(drawing.svg(picture()) for _ in range(4)))
        other = await drawing.svg(picture("Open tickets"))

    assert all(each is first for each in rest)
    assert "Open tickets" in other


async def test_what_is_kept_has_a_bound() -> None:
    async with ended(Drawing(kept_bytes=1)) as drawing:
        first = await drawing.svg(picture())
        second = await drawing.svg(picture())

    assert len(first) == len(second)
    assert first is not second


async def test_the_process_is_told_no_secret_and_ends_with_its_reader() -> None:
    async with ended(Drawing()) as drawing:
        await drawing.svg(picture())
        (worker,) = workers()

        assert "PATH" not in worker.environ()


async def test_a_killed_process_costs_one_picture_at_most() -> None:
    async with ended(Drawing()) as drawing:
        await drawing.svg(picture())
        (worker,) = workers()
        worker.kill()
        try:
            await drawing.svg(picture("Another"))
        except ChartNotDrawn:
            assert workers() == []

        assert "Another" in await drawing.svg(picture("Another"))


async def test_one_that_takes_too_long_is_given_up() -> None:
    async with ended(Drawing(seconds=0.001)) as drawing:
        with pytest.raises(ChartNotDrawn):
            await drawing.svg(picture(bars=2000))

        assert workers() == []


async def test_what_cannot_be_drawn_leaves_room_for_what_can() -> None:
    async with ended(Drawing()) as drawing:
        with pytest.raises(ChartNotDrawn):
            await drawing.svg(picture(bars=0))

        assert "Pupils" in await drawing.svg(picture())


async def test_more_than_may_wait_are_refused_at_once() -> None:
    async with ended(Drawing(waiting=2)) as drawing:
        asked = [drawing.svg(picture(f"Chart {i}")) for i in range(5)]
        told = await asyncio.gather(*asked, return_exceptions=True)

    refused = [each for each in told if isinstance(each, ChartNotDrawn)]
    assert len(refused) == 3
