"""Ids that are made before a row is."""

import time

from chassis import ids


def test_they_are_of_version_7_and_in_the_order_of_time() -> None:
    before = time.time_ns() // 1_000_000
    first = ids.uuid7()
    while time.time_ns() // 1_000_000 <= first.int >> 80:
        pass
    second = ids.uuid7()

    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert before <= first.int >> 80 < second.int >> 80
    assert first < second


def test_no_two_are_one() -> None:
    assert len({ids.uuid7() for _ in range(10_000)}) == 10_000
