"""When post is written, and when sending is tried again: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.mail import model

SUMMER_EVENING = datetime(2026, 7, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (SUMMER_EVENING, datetime(2026, 7, 2, 6, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 6, 59, tzinfo=UTC), datetime(2026, 1, 5, 7, tzinfo=UTC)),
        (datetime(2026, 1, 5, 7, 0, tzinfo=UTC), datetime(2026, 1, 6, 7, tzinfo=UTC)),
        # The clocks go back in the night of 25 October.
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_a_days_post_is_written_at_seven_by_the_clock_in_england(
    now: datetime, then: datetime
) -> None:
    assert model.next_digest(now) == then


def test_every_pause_is_longer_until_nobody_tries_again() -> None:
    said = [
        model.after_failure("451", attempts, SUMMER_EVENING)
        for attempts in range(1, len(model.PAUSES) + 2)
    ]
    waited = [each.next_attempt_at for each in said[:-1]]

    assert waited == sorted(set(waited), key=lambda at: at or SUMMER_EVENING)
    assert [each.ending for each in said] == [None] * len(model.PAUSES) + ["given-up"]


def test_what_happened_long_ago_is_no_news() -> None:
    assert model.is_news(SUMMER_EVENING - timedelta(hours=23), SUMMER_EVENING)
    assert not model.is_news(SUMMER_EVENING - timedelta(hours=25), SUMMER_EVENING)
