"""How a release is supported on a day: each state, and the day on either side of it."""

from datetime import date

import pytest

from inventory.lifecycle.model.releases import (
    UNKNOWN,
    Release,
    State,
    Support,
    Until,
    state_of,
    support_of,
)

DAY = date(2026, 11, 29)
BEFORE, AFTER = date(2026, 11, 28), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("active", "security", "state"),
    [
        (AFTER, AFTER, "supported"),
        (None, AFTER, "supported"),
        (False, AFTER, "supported"),
        (DAY, DAY, "supported"),
        (BEFORE, DAY, "security-only"),
        (True, AFTER, "security-only"),
        (BEFORE, False, "security-only"),
        (None, False, "no-end-announced"),
        (False, False, "no-end-announced"),
        (AFTER, False, "no-end-announced"),
        (BEFORE, BEFORE, "ended"),
        (None, True, "ended"),
        (AFTER, BEFORE, "ended"),
        (BEFORE, None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_a_state_follows_from_the_ends(
    active: Until, security: Until, state: State
) -> None:
    release = Release("windows", "x", active_until=active, security_until=security)

    assert state_of(release, DAY) == state


@pytest.mark.parametrize(
    ("product", "extended", "state"),
    [
        ("debian", AFTER, "security-only"),
        ("debian", DAY, "security-only"),
        ("debian", BEFORE, "ended"),
        ("debian", None, "ended"),
        # What has to be bought is told, and does not count.
        ("windows", AFTER, "ended"),
    ],
)
def test_an_extension_counts_where_everybody_has_it(
    product: str, extended: Until, state: State
) -> None:
    release = Release(product, "12", security_until=BEFORE, extended_until=extended)

    assert state_of(release, DAY) == state


def test_an_extension_that_is_bought_is_told_beside_the_state() -> None:
    release = Release("windows", "10-22h2", None, None, BEFORE, BEFORE, AFTER)

    assert support_of([release], DAY) == Support(
        "windows", "10-22h2", "ended", BEFORE, AFTER
    )


def test_one_of_several_releases_is_in_the_state_that_all_have() -> None:
    ended = Release("windows", "a", security_until=BEFORE)
    ended_too = Release("windows", "b", security_until=date(2020, 1, 1))
    lasting = Release("windows", "c", security_until=AFTER)

    assert support_of([ended, ended_too], DAY) == Support("windows", None, "ended")
    assert support_of([ended, lasting], DAY) == Support("windows", None, "unknown")
    assert support_of([], DAY) == UNKNOWN


def test_several_that_end_on_one_day_have_that_day() -> None:
    found = [Release("windows", each, security_until=AFTER) for each in "ab"]

    assert support_of(found, DAY) == Support("windows", None, "supported", AFTER)
