"""A long list in parts is the list."""

from hypothesis import given
from hypothesis import strategies as st

from chassis.parts import in_parts


@given(st.lists(st.integers()), st.integers(1, 7))
def test_parts_are_the_list_and_none_is_empty_or_too_long(
    items: list[int], size: int
) -> None:
    parts = list(in_parts(items, size))

    assert [each for part in parts for each in part] == items
    assert all(1 <= len(part) <= size for part in parts)
    assert len(parts) == -(-len(items) // size)
