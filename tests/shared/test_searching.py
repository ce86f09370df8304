"""Patterns of what is typed: which texts they take in, and which they leave out."""

import re

import pytest

from chassis import searching


def is_near(typed: str, text: str) -> bool:
    """Ask Python what the database is asked; it reads these patterns alike."""
    near = searching.near(typed)
    assert near is not None
    likely = any(
        pattern.strip("%").replace("\\", "") in text for pattern in near.likely
    )
    assert likely or not all(re.search(each, text) for each in near.certain)
    return likely and all(re.search(each, text) for each in near.certain)


@pytest.mark.parametrize(
    "typed",
    [
        "latitude",
        *("katitude", "latixude", "latitudr"),
        *("atitude", "lattude", "latitud"),
        *("llatitude", "latiitude", "latitude5"),
        *("altitude", "laittude", "lattiude", "latitued"),
        "LATITUED del",
    ],
)
def test_one_slip_in_a_word_is_forgiven_wherever_it_is(typed: str) -> None:
    assert is_near(typed, "lt-1 dell latitude 3420 5cg123 library")


@pytest.mark.parametrize(
    "typed", ["katitudr", "ltitudr", "latitude 4320x", "lattude x"]
)
def test_two_slips_in_a_word_are_not(typed: str) -> None:
    assert not is_near(typed, "lt-1 dell latitude 3420 5cg123 library")


def test_a_short_word_is_taken_as_it_stands() -> None:
    assert is_near("lt-", "lt-1 dell")
    assert not is_near("lx-", "lt-1 dell")


@pytest.mark.parametrize("typed", ["100%_off", "a.c*d", "(unclosed", "[x-", "\\d+\\"])
def test_what_a_pattern_would_take_for_a_sign_stands_for_itself(typed: str) -> None:
    assert is_near(typed, f"the {typed} thing")
    assert not is_near(typed, "quite another thing")


def test_nothing_typed_asks_for_nothing() -> None:
    assert searching.near(None) is None
    assert searching.near("  ") is None
    assert searching.patterns(" ") is None
