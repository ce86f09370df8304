"""Turns and promises: whose clock ran for how long, and what is due when."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from servicedesk.agreements.model import Targets
from servicedesk.clocks.model.states import Due
from servicedesk.clocks.model.telling import Clock, clocks
from tests.servicedesk.clocks.life import (
    HOUR,
    QUARTER,
    TARGETS,
    Life,
    Unwritten,
    ran_for,
    utc,
)

# A Monday in term: the doors are open from 8 to 16, by the clocks of London.
MONDAY = utc("2025-11-03T09:00")
LIVES = 400


def test_what_is_due_first_is_the_answer() -> None:
    life = Life(MONDAY).opened()

    assert life.last is not None
    assert life.last.due == Due(utc("2025-11-03T10:00"), "response")


def test_after_the_answer_the_next_word_is_due_and_then_the_mend() -> None:
    life = Life(MONDAY).opened()

    life.then(utc("2025-11-03T09:30"))
    assert life.last is not None
    assert life.last.due == Due(utc("2025-11-03T13:00"), "update")

    life.then(utc("2025-11-03T15:00"), tells=True)
    # Eight hours from Monday at 9 are over on Tuesday at 9: before four more hours.
    assert life.last.due == Due(utc("2025-11-04T09:00"), "fix")


def test_a_wait_over_a_weekend_gives_back_no_more_than_it_took() -> None:
    friday = utc("2025-11-07T15:00")
    life = Life(friday).opened()

    life.then(utc("2025-11-07T15:30"), waits_for="requester")
    assert life.last is not None
    assert life.last.due == Due()
    life.then(utc("2025-11-10T10:30"), waits_for=None)

    # Half an hour ran on Friday; seven and a half are left from Monday at 10.30.
    fixes = [c for c in told(life, utc("2025-11-10T10:30")) if c.measure == "fix"]
    assert [c.taken_seconds for c in fixes] == [HOUR // 2]
    assert [c.due_at for c in fixes] == [utc("2025-11-11T10:00")]
    assert [turn.worked_seconds for turn in life.turns] == [1_800, 3 * HOUR, None]


def test_each_party_has_a_clock_of_its_own() -> None:
    life = Life(MONDAY).opened()
    life.then(utc("2025-11-03T10:00"), party="la")
    life.then(utc("2025-11-03T14:00"), party="supplier")
    life.then(utc("2025-11-04T15:00"), party="la")

    taken = {
        (clock.party, clock.measure): clock.taken_seconds
        for clock in told(life, utc("2025-11-04T16:00"))
        if clock.measure == "fix"
    }
    assert taken == {
        ("school", "fix"): HOUR,
        ("la", "fix"): 4 * HOUR + HOUR,
        ("supplier", "fix"): 2 * HOUR + 7 * HOUR,
    }


def test_handing_on_answers_for_who_hands_on_and_not_for_who_gets_it() -> None:
    life = Life(MONDAY).opened().then(utc("2025-11-03T09:45"), party="la")

    states = {
        clock.party: clock.state
        for clock in told(life, utc("2025-11-03T09:50"))
        if clock.measure == "response"
    }
    assert states == {"school": "kept", "la": "running"}


def test_what_the_requester_does_is_no_answer() -> None:
    life = Life(MONDAY).opened().then(utc("2025-11-03T09:15"), answers=False)

    assert [p.responded_at for p in life.promises.values()] == [None]


def test_a_mend_in_time_is_kept_and_a_late_one_missed() -> None:
    kept = Life(MONDAY).opened().then(utc("2025-11-04T09:00"), is_settled=True)
    missed = Life(MONDAY).opened().then(utc("2025-11-04T09:01"), is_settled=True)

    assert fix_state(kept) == "kept"
    assert fix_state(missed) == "missed"
    assert kept.last is not None
    assert kept.last.due == Due()


def test_a_ticket_that_is_opened_anew_goes_on_where_its_clock_stood() -> None:
    life = Life(MONDAY).opened().then(utc("2025-11-03T11:00"), is_settled=True)

    life.then(utc("2025-11-10T11:00"), is_settled=False)

    assert life.last is not None
    fix = [c for c in told(life, utc("2025-11-10T12:00")) if c.measure == "fix"]
    assert [c.taken_seconds for c in fix] == [3 * HOUR]
    assert [c.due_at for c in fix] == [utc("2025-11-11T09:00")]


def test_more_pressing_is_promised_anew_and_what_ran_stays() -> None:
    life = Life(MONDAY).opened().then(utc("2025-11-03T10:30"), tells=True)

    life.then(utc("2025-11-03T11:00"), priority=1)

    [promise] = life.promises.values()
    assert promise.priority == 1
    assert promise.responded_in == HOUR * 3 // 2


LATER = Targets(UUID(int=7), None, None, 1 * HOUR)
"""What an agreement promises that was made meanwhile."""


@pytest.mark.parametrize(
    "became",
    [
        [{"waits_for": "parts"}, {"waits_for": None}],
        [{"party": "la"}, {"party": "school"}],
        [{"is_settled": True}, {"is_settled": False}],
    ],
    ids=["waited", "handed back", "reopened"],
)
def test_a_later_agreement_changes_nothing_of_what_was_promised(
    became: list[dict[str, Any]],
) -> None:
    life = Life(MONDAY).opened()

    for hour, now in enumerate(became, 10):
        life.then(utc(f"2025-11-03T{hour}:00"), **now, targets=LATER)

    assert life.promises["school", None].fix == TARGETS["school"].fix


@pytest.mark.parametrize("targets", [LATER, None], ids=["another", "none"])
def test_at_another_priority_it_is_as_is_promised_for_that(
    targets: Targets | None,
) -> None:
    life = Life(MONDAY).opened()

    life.then(utc("2025-11-03T11:00"), priority=4, targets=targets)

    promise = life.promises["school", None]
    assert promise.priority == 4
    assert promise.fix == (targets.fix if targets else None)
    assert life.last is not None
    assert (life.last.due == Due()) == (targets is None)


def test_a_priority_that_changed_elsewhere_is_promised_anew_on_the_way_back() -> None:
    life = Life(MONDAY).opened().then(utc("2025-11-03T10:00"), party="la")
    life.then(utc("2025-11-03T11:00"), priority=1)

    life.then(utc("2025-11-03T12:00"), party="school", targets=LATER)

    assert life.promises["school", None].fix == LATER.fix


def test_who_promised_nothing_at_first_promises_nothing_after_a_wait() -> None:
    life = Life(MONDAY).opened()
    life.then(utc("2025-11-03T10:00"), party="la", targets=None)
    life.then(utc("2025-11-03T11:00"), waits_for="parts", targets=LATER)

    life.then(utc("2025-11-03T12:00"), waits_for=None, targets=LATER)

    assert ("la", None) not in life.promises


def test_what_was_used_up_is_late_from_when_it_comes_back() -> None:
    life = Life(MONDAY).opened()
    life.then(utc("2025-11-05T09:00"), party="la")
    life.then(utc("2025-11-06T09:00"), party="school")

    [fix] = [
        c
        for c in told(life, utc("2025-11-06T09:30"))
        if (c.party, c.measure) == ("school", "fix")
    ]
    assert (fix.state, fix.due_at) == ("missed", utc("2025-11-06T09:00"))


def test_without_terms_nothing_is_due_and_nothing_is_guessed() -> None:
    life = Life(MONDAY, times=Unwritten()).opened()
    life.then(utc("2025-11-03T11:00"), party="la")

    assert life.last is not None
    assert life.last.due == Due()
    assert [turn.worked_seconds for turn in life.turns] == [None, None]
    assert {clock.due_at for clock in told(life, utc("2025-11-04T11:00"))} == {None}


@pytest.mark.parametrize("seed", range(LIVES))
def test_random_lives_count_as_a_walk_by_quarters_of_an_hour(seed: int) -> None:
    life, until = lived(random.Random(seed))

    for clock in told(life, until):
        if clock.measure != "fix":
            continue
        walked = ran_for(life.turns, clock.party, until)
        assert clock.taken_seconds == walked
        assert (clock.state == "missed") == (walked > clock.target_seconds)
        if clock.due_at is not None and walked < clock.target_seconds:
            # By then, and not a quarter of an hour before, the time is used up.
            late, early = clock.due_at, clock.due_at - QUARTER
            assert ran_for(life.turns, clock.party, late) == clock.target_seconds
            assert ran_for(life.turns, clock.party, early) < clock.target_seconds


def test_turns_follow_each_other_without_a_gap() -> None:
    for seed in range(LIVES):
        life, _ = lived(random.Random(seed))
        for earlier, later in zip(life.turns, life.turns[1:], strict=False):
            assert later.number == earlier.number + 1
            assert earlier.ended_at is not None
            assert earlier.ended_at <= later.began_at


def lived(chance: random.Random) -> tuple[Life, datetime]:
    """Lead a ticket through a random life; return it with a moment after its last."""
    at = MONDAY + QUARTER * chance.randrange(0, 4 * 24 * 14)
    life = Life(at, party=chance.choice(["school", "la"])).opened()
    for now in steps(chance):
        at += QUARTER * chance.randrange(1, 4 * 24 * 5)
        life.then(at, tells=chance.random() < 0.5, **now)
    return life, at + QUARTER * chance.randrange(0, 4 * 24 * 3)


def steps(chance: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(chance.randrange(0, 8)):
        yield chance.choice(
            [
                {"party": "school"},
                {"party": "la"},
                {"party": "supplier"},
                {"waits_for": "requester"},
                {"waits_for": "parts"},
                {"waits_for": None},
                {"waits_for": None, "is_settled": True},
                {"is_settled": False},
                {},
            ]
        )


def told(life: Life, now: datetime) -> list[Clock]:
    return clocks(list(life.promises.values()), life.turns, life.times, now)


def fix_state(life: Life) -> str:
    [fix] = [c for c in told(life, MONDAY + timedelta(days=30)) if c.measure == "fix"]
    return fix.state
