"""The bound on what one service is asked at once."""

import asyncio

import pytest

from gateway.proxy.capacity import Capacity, Overloaded


async def hold(
    capacity: Capacity, until: asyncio.Event, order: list[int], n: int
) -> None:
    async with capacity.slot():
        order.append(n)
        await until.wait()


async def started(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_the_newest_waiting_goes_first() -> None:
    capacity, order = Capacity(1, 5, 1), []
    gates = [asyncio.Event() for _ in range(4)]
    tasks = []
    for n, gate in enumerate(gates):
        tasks.append(asyncio.create_task(hold(capacity, gate, order, n)))
        await started(3)
    for gate in gates:
        gate.set()
    await asyncio.gather(*tasks)

    assert order == [0, 3, 2, 1]


async def test_a_full_queue_turns_the_oldest_away() -> None:
    capacity, order, gate = Capacity(1, 1, 1), [], asyncio.Event()
    first = asyncio.create_task(hold(capacity, gate, order, 0))
    await started(3)
    old = asyncio.create_task(hold(capacity, gate, order, 1))
    await started(3)
    new = asyncio.create_task(hold(capacity, gate, order, 2))
    with pytest.raises(Overloaded):
        await old
    gate.set()
    await asyncio.gather(first, new)

    assert order == [0, 2]


async def test_no_slot_is_ever_lost() -> None:
    """After timeouts and cancellations every slot can be had again."""
    capacity, order, gate = Capacity(2, 50, 0.01), [], asyncio.Event()
    tasks = [asyncio.create_task(hold(capacity, gate, order, n)) for n in range(40)]
    await started(5)
    for task in tasks[10:20]:
        task.cancel()
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    again = [asyncio.create_task(hold(capacity, gate, order, n)) for n in range(2)]

    await asyncio.wait_for(asyncio.gather(*again), 1)
