"""The one rule of how healthy an estate is, as docs/entities/estate.md says it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inventory.estate.model import schools, summing
from inventory.estate.model.health import health
from inventory.estate.model.kit import Clock, Figures, Group
from inventory.estate.model.schools import Counted

_TODAY = date(2026, 11, 29)
NEW = Figures(assets=10, lasting=10, dated=10, physical=10)


@pytest.mark.parametrize(
    ("kit", "figure", "band"),
    [
        (NEW, 100, "good"),
        (replace(NEW, past_life=5), 75, "good"),
        # 100 - 50 * 5/10 - 20 * 1/20 is 74.
        (replace(NEW, past_life=5, gaps=1, physical=20), 74, "fair"),
        (replace(NEW, past_life=10), 50, "fair"),
        (replace(NEW, past_life=10, out_of_warranty=1, warranted=10), 48, "poor"),
        (replace(NEW, unseen=3, reporting=4), 93, "good"),
        (
            replace(
                NEW,
                past_life=10,
                out_of_warranty=2,
                warranted=2,
                unseen=1,
                reporting=1,
                gaps=10,
            ),
            *(0, "poor"),
        ),
        # Of 10 with an expected life, 5 are dated: just enough; 4 are too few.
        (replace(NEW, dated=5), 100, "good"),
        (replace(NEW, dated=4), None, "too-little-known"),
        # Nothing but virtual machines, whose age says nothing.
        (Figures(assets=3), None, "too-little-known"),
        (Figures(), None, "no-kit"),
    ],
)
def test_points_are_lost_by_age_cover_silence_and_gaps(
    kit: Figures, figure: int | None, band: str
) -> None:
    found = health(kit)

    assert (found.figure, found.band) == (figure, band)


def test_a_share_is_of_what_is_known() -> None:
    found = health(replace(NEW, past_life=1, dated=8, unseen=2, reporting=3))

    assert found.past_life == 12.5
    assert found.unseen == 66.7
    assert found.out_of_warranty is None
    assert found.gaps == 0


def test_the_rooms_beyond_the_twelfth_are_told_in_sums() -> None:
    rooms = [
        Group(counted="room", name=f"Room {at:02}", assets=at) for at in range(1, 16)
    ]
    nowhere = Group(counted="room", name=None, assets=9, no_room=7)
    empty = Group(counted="room", name="Store", number=4)

    told = summing.estate([*rooms, nowhere, empty], as_of=_TODAY, by_room=True).by_room

    assert told is not None
    assert [each.room for each in told.rooms[:2]] == ["Room 15", "Room 14"]
    assert len(told.rooms) == 12
    assert (told.other_rooms, told.other_assets, told.no_room) == (3, 1 + 2 + 3, 7)


def test_nothing_counted_is_an_estate_of_nothing() -> None:
    told = summing.estate([], as_of=_TODAY, by_room=False)

    assert told.figures == Figures()
    assert [each.assets for each in told.by_age] == [0] * 9
    assert told.health.band == "no-kit"
    assert told.by_room is None


@pytest.mark.parametrize(
    ("days", "years"),
    [(None, None), (0, 0), (-3, 0), (182, 0.5), (365.25, 1), (1461, 4), (1480, 4.1)],
)
def test_a_median_age_is_in_years_to_one_place(
    days: float | None, years: float | None
) -> None:
    row = Counted(school_urn=900001, median_days=days)

    assert schools.school(row).median_age == years


@pytest.mark.parametrize(
    ("now", "today"),
    [
        # Past midnight in summer it is a day later in England than by UTC.
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_a_day_is_that_of_england(now: datetime, today: date) -> None:
    assert Clock(now).today == today


def test_a_week_begins_at_midnight_whatever_the_clocks_did_meanwhile() -> None:
    clock = Clock(datetime(2026, 10, 28, 12, tzinfo=UTC))

    assert clock.since == datetime(2026, 10, 20, 23, tzinfo=UTC)
