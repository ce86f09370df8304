"""What two assets that are one thing become, and what one that was two; no I/O."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from inventory.assets import model as assets
from inventory.assets.model import Asset
from inventory.duplicates import model
from inventory.duplicates.model import MOST_SUSPECTS, Moved, Shared
from inventory.history.model import Changes

THEN = datetime(2026, 9, 1, 9, tzinfo=UTC)
NOTHING = Moved([], [], [], [])


def laptop(number: int, **told: Any) -> Asset:
    """A laptop of one school that nothing is known of but what a test says."""
    unknown = (
        *("serial", "site", "building", "room", "order_number", "ordered_on"),
        *("purchased_on", "price_pence", "supplier", "funding_line", "cfr_code"),
        *("warranty_until", "support_until", "expected_years", "replace_on"),
        *("disposed_on", "disposal_method", "disposal_reference"),
    )
    values: dict[str, Any] = {
        **dict.fromkeys(unknown),
        "asset_id": UUID(int=number),
        "school_id": UUID(int=99),
        "school_urn": 900001,
        "la_code": "940",
        "tag": f"LT-{number}",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "L13",
        "status": "in-use",
        "details": {},
        "version": 1,
        "registered_at": THEN,
        "changed_at": THEN,
    }
    return Asset(**{**values, **told})


def changes_of(old: Asset, new: Asset) -> Any:
    """What the history of a merge tells, as it is read back."""
    told = assets.happening("took-in", old, new, model.beside("LT-2", NOTHING)).changes
    return {
        name: {side: _kept(value) for side, value in each.items()}
        for name, each in told.items()
    }


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(
    ("ours", "theirs", "take", "becomes"),
    [
        ({}, {"serial": "A1"}, [], {"serial": "A1"}),
        ({"serial": "A1"}, {}, ["serial"], {"serial": "A1"}),
        ({"serial": "A1"}, {"serial": "B2"}, [], {"serial": "A1"}),
        ({"serial": "A1"}, {"serial": "B2"}, ["serial"], {"serial": "B2"}),
        ({"price_pence": 0}, {"price_pence": 5}, [], {"price_pence": 0}),
        ({"manufacturer": "Unknown"}, {}, [], {"manufacturer": "Lenovo"}),
        ({}, {"manufacturer": "Unknown"}, ["manufacturer"], {"manufacturer": "Lenovo"}),
        ({"room": "1"}, {"building": "B"}, [], {"room": "1", "building": None}),
        (
            {"room": "1"},
            {"building": "B"},
            ["place"],
            {"room": None, "building": "B"},
        ),
        ({}, {"room": "2", "site": "S"}, [], {"room": "2", "site": "S"}),
        (
            {"details": {"memory_gib": 8}},
            {"details": {"memory_gib": 16, "hostname": "x"}},
            [],
            {"details": {"memory_gib": 8, "hostname": "x"}},
        ),
        (
            {"details": {"memory_gib": 8}},
            {"details": {"memory_gib": 16}},
            ["details.memory_gib"],
            {"details": {"memory_gib": 16}},
        ),
        ({}, {"tag": "OTHER", "status": "in-store"}, [], {"status": "in-use"}),
    ],
)
def test_what_the_one_that_is_kept_becomes(
    ours: dict[str, Any], theirs: dict[str, Any], take: list[str], becomes: Any
) -> None:
    kept, duplicate = laptop(1, **ours), laptop(2, **theirs)

    assert model.filled(kept, duplicate, take) == replace(kept, **becomes)


def test_a_split_takes_out_what_the_merge_put_in() -> None:
    kept = laptop(1, supplier="Stone", details={"hostname": "a"})
    duplicate = laptop(
        2, supplier="XMA", purchased_on=date(2026, 1, 2), details={"memory_gib": 8}
    )
    new = model.filled(kept, duplicate, ["supplier"])

    assert model.given_back(new, changes_of(kept, new), is_repaired=False) == (kept, [])


def test_what_changed_since_stays_and_is_said() -> None:
    kept = laptop(1)
    new = model.filled(kept, laptop(2, serial="A1", supplier="XMA"), [])
    now = replace(new, supplier="Stone")

    back, since = model.given_back(now, changes_of(kept, new), is_repaired=False)

    assert back == replace(kept, supplier="Stone")
    assert [(each.name, each.told) for each in since] == [
        ("supplier", "It is Stone now")
    ]


@pytest.mark.parametrize(
    ("is_repaired", "becomes"), [(True, "in-repair"), (False, "in-use")]
)
def test_what_is_being_repaired_itself_stays_so(
    is_repaired: bool, becomes: str
) -> None:
    kept = laptop(1)
    new = model.in_repair(kept)

    told = model.given_back(new, changes_of(kept, new), is_repaired=is_repaired)

    assert told == (replace(kept, status=becomes), [])


def test_a_place_is_given_back_as_one() -> None:
    kept = laptop(1)
    new = model.filled(kept, laptop(2, building="Main", room="9"), [])
    now = replace(new, room="10")

    back, since = model.given_back(now, changes_of(kept, new), is_repaired=False)

    assert back == now
    assert {each.name for each in since} == {"building", "room"}


@pytest.mark.parametrize(
    ("was", "kept_now", "is_repaired", "becomes"),
    [
        ("in-use", "in-store", False, "in-use"),
        ("retired", "in-use", False, "retired"),
        ("in-repair", "in-repair", False, "in-repair"),
        ("in-repair", "in-use", True, "in-use"),
        ("in-repair", "disposed", True, "in-store"),
    ],
)
def test_a_duplicate_is_as_it_was(
    was: Any, kept_now: Any, is_repaired: bool, becomes: str
) -> None:
    kept, duplicate = laptop(1, status=kept_now), laptop(2, status=was)
    gone = model.merged(duplicate, kept)
    told: Changes = {"status": {"before": was, "after": "cancelled"}}

    again = model.split_off(gone, told, kept, is_repaired=is_repaired)

    assert again == replace(duplicate, status=becomes)


def test_what_was_cancelled_before_is_cancelled_still() -> None:
    kept, duplicate = laptop(1), laptop(2, status="cancelled")
    gone = model.merged(duplicate, kept)

    assert model.split_off(gone, {}, kept, is_repaired=True) == duplicate


@pytest.mark.parametrize(
    ("counts", "taken"),
    [
        ([], 0),
        ([2, 2], 2),
        ([MOST_SUSPECTS - 2, 2, 2], 2),
        ([MOST_SUSPECTS - 2, 3, 2], 1),
        ([MOST_SUSPECTS + 1, 2], 1),
    ],
)
def test_no_group_of_suspects_is_cut(counts: list[int], taken: int) -> None:
    shared = [Shared(f"s-{at}", count) for at, count in enumerate(counts)]

    assert model.first_of(shared) == shared[:taken]
