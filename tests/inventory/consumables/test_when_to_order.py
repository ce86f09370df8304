"""When a consumable runs out, when to order it, and how much."""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.consumables.model import reorder
from inventory.consumables.model.things import Consumable

TODAY = date(2026, 11, 27)
MOMENT = datetime(2026, 9, 1, tzinfo=UTC)


def kept(**changes: Any) -> Consumable:
    """A toner of which 73 were used in a year: one in five days."""
    values: dict[str, Any] = {
        "consumable_id": UUID(int=1),
        "la_code": "940",
        "school_id": UUID(int=2),
        "school_urn": 900001,
        "school_name": "Oak",
        "name": "Toner",
        "site": None,
        "code": None,
        "category": "toner",
        "unit": "each",
        "fits": [],
        "lead_time_days": 10,
        "minimum": 1,
        "is_stocked": True,
        "on_hand": 10,
        "on_order": 0,
        "counted_on": None,
        "version": 1,
        "added_at": MOMENT,
        "changed_at": MOMENT,
        "used": 73,
        "first_received_on": date(2020, 1, 1),
        "value_pence": 0,
        "price_pence": 5_000,
        "supplier": None,
        "ordered_on": None,
    }
    return Consumable(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"on_hand": 4}, "ok"),
        ({"on_hand": 3}, "order-now"),
        ({"on_hand": 3, "on_order": 1}, "on-order"),
        ({"on_hand": 1, "on_order": 2}, "order-now"),
        ({"on_hand": 0, "on_order": 9}, "out"),
        ({"on_hand": 0, "is_stocked": False}, "not-stocked"),
        ({"on_hand": 1, "used": 0, "minimum": 0}, "ok"),
        ({"on_hand": 1, "used": 0, "minimum": 1}, "order-now"),
        ({"on_hand": 1, "used": 0, "first_received_on": None, "minimum": 0}, "ok"),
    ],
    ids=str,
)
def test_how_it_stands(changes: dict[str, Any], state: str) -> None:
    assert reorder.forecast(kept(**changes), TODAY).state == state


@pytest.mark.parametrize(
    ("held_for", "basis", "days"),
    [
        (400, "year", 365),
        (364, "year", 365),
        (363, "since-first-line", 364),
        (28, "since-first-line", 29),
        (27, "four-weeks", 28),
        (0, "four-weeks", 28),
    ],
)
def test_over_which_days_the_rate_is_said(held_for: int, basis: str, days: int) -> None:
    first = TODAY - timedelta(days=held_for)

    found = reorder.forecast(kept(first_received_on=first), TODAY)

    assert (found.basis, found.over_days) == (basis, days)


def test_without_a_line_there_is_no_rate() -> None:
    found = reorder.forecast(kept(first_received_on=None, used=0), TODAY)

    assert (found.basis, found.over_days, found.runs_out_on) == ("none", 0, None)
    assert found.reorder_point == 1


@pytest.mark.parametrize(
    ("on_hand", "used", "runs_out"),
    [
        (10, 73, TODAY + timedelta(days=50)),
        (0, 73, TODAY),
        (0, 0, TODAY),
        (10, 0, None),
        (10, 1, TODAY + timedelta(days=3650)),
        (11, 1, None),
        (5, -2, None),
    ],
)
def test_when_it_runs_out(on_hand: int, used: int, runs_out: date | None) -> None:
    found = reorder.forecast(kept(on_hand=on_hand, used=used), TODAY)

    assert found.runs_out_on == runs_out


def test_the_next_order_is_a_sum() -> None:
    stock = [
        kept(on_hand=2, on_order=0),
        kept(on_hand=9, name="Enough of it"),
        kept(on_hand=1, name="Another", price_pence=None),
        kept(on_hand=0, name="No longer kept", is_stocked=False),
    ]

    found = reorder.next_order([reorder.told(each, TODAY) for each in stock], TODAY, 3)

    assert [each.name for each in found.items] == ["Another", "Toner"]
    toner = found.items[1]
    # Three of the ten months of a year in which 73 were used; 2 until it comes; 1 kept.
    assert (toner.months_use, toner.lead_time_use, toner.minimum) == (22, 2, 1)
    assert (toner.quantity, toner.cost_pence) == (23, 115_000)
    assert (found.cost_pence, found.unpriced) == (115_000, 1)


@given(
    used=st.integers(0, 5_000),
    lead=st.integers(0, 365),
    minimum=st.integers(0, 50),
    on_hand=st.integers(0, 500),
    on_order=st.integers(0, 500),
    held_for=st.integers(0, 2_000),
    months=st.integers(1, 20),
)
def test_what_is_suggested_covers_what_was_asked(
    *,
    used: int,
    lead: int,
    minimum: int,
    on_hand: int,
    on_order: int,
    held_for: int,
    months: int,
) -> None:
    first = TODAY - timedelta(days=held_for)
    stock = {"used": used, "lead_time_days": lead, "minimum": minimum}
    there = {"on_hand": on_hand, "on_order": on_order, "first_received_on": first}

    told = reorder.told(kept(**stock, **there), TODAY)
    found = reorder.suggested(told, months)

    days = min(max(held_for + 1, 28), 365)
    assert told.forecast.reorder_point == minimum + ceil(used * lead / days)
    wanted = minimum + used * lead / days + used * 365 * months / (10 * days)
    after = on_hand + on_order + found.quantity
    assert after >= wanted - 1e-6
    # And by no more than the two parts that are rounded up, but where it is there.
    assert found.quantity == 0 or after < wanted + 2
