"""The fields of a kind of kit: which values are right, and what is said of others."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.kinds.model import fields, own
from inventory.kinds.model.categories import CATEGORIES
from inventory.kinds.model.fields import Field

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
KNOWN = fields.by_name(
    [
        Field("name", "Name", "text"),
        Field("count", "Count", "whole", highest=10),
        Field("size", "Size", "decimal", "GiB", lowest=1, highest=10),
        Field("on", "Day", "date"),
        Field("good", "Good", "yes-no"),
        Field("kind", "Kind", "choice", choices=("Old", "New")),
    ]
)


@pytest.mark.parametrize(
    ("name", "told", "kept"),
    [
        ("name", "  printing ", "printing"),
        ("count", 3.0, 3),
        ("size", 7.5, 7.5),
        ("on", "2026-02-28", "2026-02-28"),
        ("good", False, False),
        ("kind", " new", "New"),
        ("kind", None, None),
    ],
)
def test_a_right_value_is_kept_in_one_form(name: str, told: object, kept: Any) -> None:
    assert fields.checked(KNOWN, {name: told}, "/d") == ({name: kept}, [])


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("name", "", "Give one line of 1 to 200 characters"),
        ("name", "two\nlines", "Give one line of 1 to 200 characters"),
        ("count", 2.5, "Give a whole number from 0 to 10"),
        ("count", True, "Give a whole number from 0 to 10"),
        ("count", "3", "Give a whole number from 0 to 10"),
        pytest.param(
            *("count", 10**400, "Give a whole number from 0 to 10"), id="huge"
        ),
        ("size", 0.5, "Give a number (GiB) from 1 to 10"),
        ("size", float("nan"), "Give a number (GiB) from 1 to 10"),
        ("on", "2026-02-30", "Give a real date, like 2026-09-01"),
        ("good", "yes", "Say true or false"),
        ("kind", "odd", "Choose one of: Old, New"),
        (
            "colour",
            "red",
            (
                "This kind of kit has no such field; "
                "it has: count, good, kind, name, on, size"
            ),
        ),
    ],
)
def test_a_wrong_value_is_pointed_at(name: str, told: object, said: str) -> None:
    kept, [fault] = fields.checked(KNOWN, {name: told}, "/details")

    assert kept == {}
    assert (fault.pointer, fault.detail) == (f"/details/{name}", said)


@given(st.sampled_from(sorted(KNOWN)), JSON)
def test_any_json_is_kept_or_refused_and_what_is_kept_is_kept_again(
    name: str, told: object
) -> None:
    kept, faults = fields.checked(KNOWN, {name: told}, "/d")

    assert len(kept) + len(faults) == 1
    assert fields.checked(KNOWN, kept, "/d") == (kept, [])


def test_every_kind_has_fields_of_its_own_that_can_hold_something() -> None:
    assert set(own.FIELDS) == set(CATEGORIES)
    for known in own.FIELDS.values():
        assert known
        for name, field in known.items():
            assert name == field.name
            assert (field.form == "choice") == bool(field.choices), name
            assert field.lowest < field.highest
