"""Sums by LA and phase: no small group is told, nor can one be worked out."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.auth import Actor
from chassis.testing.identities import at_la
from strategy.benchmarks.model import totals
from tests.strategy.world import (
    ANALYST,
    FAR_AWAY,
    LA,
    LEADER,
    MANAGER,
    OTHER_LA,
    STAFF,
    Call,
    Tell,
    county,
    laptops,
    recorded,
    schools,
    tickets,
)

SPECIALS = schools(6, 900400, LA, "special")


async def summed(by: Call, actor: Actor) -> dict[str, dict[str, Any]]:
    answer = await by(actor).get("/benchmarks/authorities")
    assert answer.status_code == 200, answer.text
    return {la["la_code"]: la for la in answer.json()["authorities"]}


async def test_an_analyst_sees_the_sums_of_the_region(by: Call, tell: Tell) -> None:
    await tell(*county(), *(recorded(s) for s in SPECIALS), *laptops(SPECIALS[0], 7))
    here = (await summed(by, ANALYST))[LA]

    assert here["la_name"] == "North Ashire"
    total = here["total"]
    assert (total["schools"], total["pupils"]) == (18, 18 * 210)
    assert total["devices"] == sum(10 + i for i in range(12)) + 7
    assert total["open_tickets"] == sum(range(12))
    assert total["pupils_per_device"] == round(18 * 210 / total["devices"], 2)


async def test_a_small_group_takes_the_next_smallest_with_it(
    by: Call, tell: Tell
) -> None:
    await tell(*county(), *(recorded(s) for s in SPECIALS))
    phases = {p["phase"]: p for p in (await summed(by, ANALYST))[LA]["phases"]}

    assert phases["primary"]["schools"] == 8
    assert phases["secondary"]["withheld"]
    assert phases["special"]["withheld"]
    assert phases["special"]["pupils"] is None


async def test_an_la_of_few_schools_tells_nothing(by: Call, tell: Tell) -> None:
    await tell(*county())
    far = (await summed(by, ANALYST))[OTHER_LA]

    assert far["total"]["withheld"]
    assert [p["withheld"] for p in far["phases"]] == [True]


async def test_no_school_is_named_in_the_sums(by: Call, tell: Tell) -> None:
    await tell(*county())
    answer = await by(ANALYST).get("/benchmarks/authorities")

    assert "School 9" not in answer.text
    assert str(FAR_AWAY[0].school_id) not in answer.text


async def test_each_sees_the_las_of_their_own_grants(by: Call, tell: Tell) -> None:
    await tell(*county())

    assert set(await summed(by, MANAGER)) == {LA}
    assert set(await summed(by, ANALYST)) == {LA, OTHER_LA}
    assert set(await summed(by, at_la("regional-analyst", "942"))) == set()


@pytest.mark.parametrize("actor", [LEADER, STAFF])
async def test_a_role_in_a_school_sees_no_sums(by: Call, actor: Actor) -> None:
    answer = await by(actor).get("/benchmarks/authorities")

    assert answer.status_code == 403


async def test_a_phase_whose_last_school_closes_is_told_no_more(
    by: Call, tell: Tell
) -> None:
    await tell(*county(), *tickets(FAR_AWAY[0], 1))
    await tell(*(recorded(s, 2, status="closed") for s in FAR_AWAY))

    assert set(await summed(by, ANALYST)) == {LA, OTHER_LA}
    assert (await summed(by, ANALYST))[OTHER_LA]["phases"] == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)))
def test_no_small_group_is_told_or_left_over_by_subtraction(
    sizes: dict[str, int],
) -> None:
    told = totals.told_phases(sizes)
    hidden = sizes.keys() - told

    assert all(sizes[phase] >= totals.MINIMUM_SCHOOLS for phase in told)
    if sum(sizes.values()) < totals.MINIMUM_SCHOOLS:
        assert not told
        return
    # With the total told, any sum of told groups may be taken from it; the smallest
    # rest is what none of the told groups covers.
    for count in range(len(told) + 1):
        for taken in itertools.combinations(sorted(told), count):
            rest = sizes.keys() - set(taken)
            schools_left = sum(sizes[phase] for phase in rest)
            assert not rest or schools_left >= totals.MINIMUM_SCHOOLS
    assert len(hidden) != 1 or not told


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)))
def test_no_more_is_withheld_than_must_be(sizes: dict[str, int]) -> None:
    if all(size >= totals.MINIMUM_SCHOOLS for size in sizes.values()):
        assert totals.told_phases(sizes) == sizes.keys()
