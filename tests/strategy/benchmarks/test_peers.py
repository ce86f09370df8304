"""Whose distribution a school is told, and that no few schools can be worked out."""

import itertools
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from chassis.auth import Actor, Grant
from strategy.benchmarks.model import peers, totals
from strategy.benchmarks.model.measures import Figures
from strategy.benchmarks.model.quantiles import MINIMUM_SET
from tests.strategy.world import LA, Call, Known, Tell, laptops, recorded, schools

MANY = schools(12, 900500, LA, "primary")
FEW = [*schools(3, 900600, LA, "special"), *schools(3, 900650, LA, "pru")]


def figures(phase: str, pupils: int, devices: int = 10) -> Figures:
    return Figures(
        *(LA, "North", uuid4(), 900000, "A", phase, None, pupils, devices),
        *(0, 0, 0, 0, 0, 0, None),
    )


async def own(by: Call, school: Known) -> dict[str, Any]:
    leader = Actor("p", "person", (Grant("school-leader", (), (school.school_id,)),))
    answer = await by(leader).get(f"/benchmarks?school={school.urn}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def told(tell: Tell, *groups: list[Known]) -> None:
    for i, school in enumerate(itertools.chain(*groups)):
        await tell(recorded(school, pupils=100 + 10 * i), *laptops(school, 10))


async def test_a_school_is_compared_with_its_phase_where_these_are_enough(
    by: Call, tell: Tell
) -> None:
    await told(tell, MANY, FEW)
    primary, special = await own(by, MANY[0]), await own(by, FEW[0])

    assert primary["spreads"][0]["peers"] == "primary"
    assert primary["measures"][0]["n"] == 12
    assert special["spreads"][0]["peers"] == "all"
    assert special["measures"][0]["n"] == 18


async def test_a_phase_that_would_give_a_small_one_away_is_not_told(
    by: Call, tell: Tell
) -> None:
    await told(tell, MANY, FEW[:3])
    found = await own(by, MANY[0])

    assert found["spreads"][0]["peers"] == "all"
    assert found["measures"][0]["n"] == 15


async def test_the_steps_of_all_are_not_told_beside_those_of_a_phase(
    by: Call, tell: Tell
) -> None:
    await told(tell, MANY, FEW)
    primary, special = await own(by, MANY[0]), await own(by, FEW[0])

    assert sum(primary["spreads"][0]["counts"]) == 12
    assert min(primary["spreads"][0]["counts"]) >= 5
    assert special["spreads"][0]["counts"] is None
    assert special["measures"][0]["median"] is not None


async def test_a_phase_that_shrinks_is_told_no_more(by: Call, tell: Tell) -> None:
    await told(tell, MANY, FEW)
    await tell(*(recorded(s, 2, status="closed") for s in MANY[9:]))
    found = await own(by, MANY[0])

    assert found["spreads"][0]["peers"] == "all"
    assert found["measures"][0]["n"] == 15


SCHOOLS = st.lists(
    st.builds(
        figures,
        st.sampled_from(["primary", "secondary", "special", "pru"]),
        st.integers(0, 2000),
        st.integers(0, 30),
    ),
    max_size=60,
)


@given(SCHOOLS)
def test_nothing_told_leaves_a_few_schools_over(found: list[Figures]) -> None:
    for measure, group in itertools.groupby(peers.told(found), lambda t: t.measure):
        told = {each.peers: each for each in group}
        everyone = told.pop(peers.EVERYONE)
        rest = everyone.summary.n - sum(each.summary.n for each in told.values())

        assert all(each.summary.n >= MINIMUM_SET for each in told.values()), measure
        if told:
            assert rest == 0 or rest >= totals.MINIMUM_SCHOOLS
            assert everyone.spread is None


@given(st.lists(st.floats(0, 1e6) | st.integers(0, 5), max_size=80))
def test_each_step_holds_five_or_more_and_every_school_is_in_one(
    values: list[float],
) -> None:
    spread = peers.steps(values)
    if spread is None:
        return

    assert min(spread.counts) >= totals.MINIMUM_SCHOOLS
    assert sum(spread.counts) == len(values)
    assert list(spread.bounds) == sorted(set(spread.bounds))
    assert spread.bounds[0] <= min(values) + 1e-3
    assert spread.bounds[-1] >= max(values) - 1e-3
    assert len(spread.counts) <= peers.MOST_STEPS + 1
