"""Long lists in parts: one statement that grows with a file ends at its time limit."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

AT_ONCE = 1000
"""Rows of one statement: far from `statement_timeout`, and few round trips."""


def in_parts(items: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """Cut a list into parts of `size`, the last one shorter; none of an empty one."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
