"""First in, first out, beside a reference that takes one thing at a time."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.stock.model import fifo
from inventory.stock.model.fifo import Draw, Lot, StockShort
from tests.inventory.stock.reference import Slow

FIRST = date(2026, 1, 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("came"),
            st.integers(0, 5),
            st.integers(1, 8),
            st.integers(0, 5_000),
        ),
        st.tuples(st.just("used"), st.integers(1, 12)),
        st.tuples(st.just("undone"), st.integers(0, 30)),
    ),
    max_size=40,
)


def moved(lots: dict[UUID, Lot], drawn: list[Draw]) -> None:
    for each in drawn:
        lot = lots[each.line_id]
        lots[each.line_id] = replace(lot, remaining=lot.remaining - each.quantity)


@given(STEPS)
def test_the_cost_is_that_of_taking_one_thing_at_a_time(
    steps: list[tuple[object, ...]],
) -> None:
    slow, lots, uses = Slow(), dict[UUID, Lot](), dict[int, list[Draw]]()
    for number, step in enumerate(steps):
        match step:
            case ("came", int(day), int(quantity), int(price)):
                line_id = UUID(int=number)
                came_on = FIRST + timedelta(days=day)
                lots[line_id] = Lot(line_id, came_on, quantity, price)
                slow.receive(number, day, quantity, price)
            case ("used", int(quantity)):
                there = sum(lot.remaining for lot in lots.values())
                expected = slow.use(number, quantity)
                if expected is None:
                    with pytest.raises(StockShort) as refused:
                        fifo.draw(lots.values(), quantity)
                    said = {"on_hand": there, "asked": quantity}
                    assert refused.value.members == said
                    continue
                uses[number] = fifo.draw(lots.values(), quantity)
                assert fifo.cost_of(uses[number]) == expected
                moved(lots, uses[number])
            case ("undone", int(which)) if uses:
                name = sorted(uses)[which % len(uses)]
                back = fifo.put_back(uses.pop(name))
                assert fifo.cost_of(back) == -slow.undo(name)
                moved(lots, back)
            case _:
                continue
        left = sum(lot.remaining * lot.unit_price_pence for lot in lots.values())
        assert left == slow.value
        assert all(lot.remaining >= 0 for lot in lots.values())


@pytest.mark.parametrize(
    ("on_hand", "asked", "says"),
    [
        (0, 1, "1 are asked for, and none is there now: nothing was taken"),
        (1, 2, "2 are asked for, and 1 is there now: nothing was taken"),
        (2, 1_200, "1,200 are asked for, and 2 are there now: nothing was taken"),
    ],
)
def test_what_is_short_says_what_is_there(on_hand: int, asked: int, says: str) -> None:
    lots = [Lot(UUID(int=1), FIRST, on_hand, 100)]

    with pytest.raises(StockShort) as refused:
        fifo.draw(lots, asked)

    assert refused.value.detail == says


def test_of_one_day_the_line_that_was_written_down_first_goes_first() -> None:
    later, sooner = (
        Lot(UUID(int=2), FIRST, 1, 700),
        Lot(UUID(int=1), FIRST, 1, 500),
    )

    assert fifo.draw([later, sooner], 1) == [Draw(UUID(int=1), 1, 500)]
