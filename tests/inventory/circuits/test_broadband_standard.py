"""Whether a school meets the broadband standard: by its phase, its lines and the day.

The rules are those of "Broadband internet standards for schools and colleges" of the
Department for Education: full fibre, the speeds by phase, a back-up line of another
type that takes over.
"""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.broadband.model import beside, standard
from inventory.broadband.model.beside import School, SchoolFilter
from inventory.circuits.model.things import Circuit
from tests.inventory.circuits.lines import DAY, back_up, circuit

MAIN = circuit()
GOOD = (MAIN, back_up(MAIN))
FAST = 1_000_000


def lacks(phase: str | None, *circuits: Circuit, day: date = DAY) -> list[str]:
    return list(standard.judge(phase, circuits, day).lacks)


def with_spare(**changes: Any) -> tuple[Circuit, Circuit]:
    main = circuit(**changes)
    return main, back_up(main)


@pytest.mark.parametrize(
    ("phase", "down", "up"),
    [
        ("primary", 100_000, 30_000),
        ("middle-deemed-primary", 100_000, 30_000),
        ("secondary", FAST, FAST),
        ("middle-deemed-secondary", FAST, FAST),
        ("all-through", FAST, FAST),
        ("16-plus", FAST, FAST),
    ],
)
def test_each_phase_has_its_speeds(phase: str, down: int, up: int) -> None:
    enough = with_spare(down_kbps=down, up_kbps=up)
    slow_down = with_spare(down_kbps=down - 1, up_kbps=up)
    slow_up = with_spare(down_kbps=down, up_kbps=up - 1)

    assert standard.judge(phase, enough, DAY).standing == "met"
    assert lacks(phase, *slow_down) == ["down"]
    assert lacks(phase, *slow_up) == ["up"]


@pytest.mark.parametrize("phase", ["nursery", "special", "alternative-provision", None])
def test_a_phase_that_it_does_not_name_is_not_judged(phase: str | None) -> None:
    verdict = standard.judge(phase, GOOD, DAY)

    assert (verdict.standing, verdict.lacks) == ("not-known", ["phase-not-named"])
    assert verdict.threshold is None


def test_before_its_day_the_standard_asked_nothing() -> None:
    first = min(each.since for each in standard.THRESHOLDS)

    assert lacks("secondary", *GOOD, day=first - timedelta(days=1)) == [
        "phase-not-named"
    ]
    assert standard.threshold_of("secondary", first) is not None


@pytest.mark.parametrize(
    ("technology", "is_fibre"),
    [
        ("full-fibre", True),
        ("leased-line", True),
        ("cable", False),
        ("g-fast", False),
        ("fttc", False),
        ("adsl", False),
        ("fixed-wireless", False),
        ("5g", False),
        ("satellite", False),
        ("other", False),
    ],
)
def test_copper_and_air_are_not_full_fibre(technology: str, is_fibre: bool) -> None:
    assert lacks("secondary", *with_spare(technology=technology)) == (
        [] if is_fibre else ["technology"]
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"tested_on": None, "test_outcome": None}, ["failover-not-tested"]),
        ({"tested_on": DAY - timedelta(days=365)}, []),
        ({"tested_on": DAY - timedelta(days=366)}, ["failover-not-tested"]),
        ({"test_outcome": "failed"}, ["failover-failed"]),
        ({"technology": "leased-line"}, ["back-up-alike"]),
        ({"state": "planned", "live_on": None}, ["no-back-up-line"]),
        ({"state": "ceased", "ceased_on": DAY}, ["no-back-up-line"]),
        ({"live_on": DAY + timedelta(days=1)}, ["no-back-up-line"]),
    ],
)
def test_a_back_up_line_counts_where_it_was_seen_to_take_over(
    changes: dict[str, Any], expected: list[str]
) -> None:
    assert lacks("secondary", MAIN, back_up(MAIN, **changes)) == expected


@pytest.mark.parametrize(
    ("circuits", "why"),
    [
        ([], "nothing-recorded"),
        ([circuit(state="ceased", ceased_on=DAY)], "nothing-recorded"),
        ([circuit(state="planned", live_on=None)], "no-main-line"),
        ([back_up(MAIN)], "no-main-line"),
    ],
)
def test_what_nobody_wrote_down_is_not_known(circuits: list[Circuit], why: str) -> None:
    verdict = standard.judge("primary", circuits, DAY)

    assert (verdict.standing, verdict.lacks) == ("not-known", [why])


def test_of_several_lines_the_one_that_comes_nearest_counts() -> None:
    slow = circuit(technology="fttc", down_kbps=76_000, up_kbps=19_000)
    tried, untried = back_up(MAIN), back_up(MAIN, tested_on=None, test_outcome=None)

    for order in permutations([slow, MAIN, tried, untried]):
        verdict = standard.judge("secondary", order, DAY)

        assert (verdict.standing, verdict.lacks) == ("met", [])
        assert (verdict.main_id, verdict.back_up_id) == (
            MAIN.circuit_id,
            tried.circuit_id,
        )


@pytest.mark.parametrize(
    ("down", "up", "expected"),
    [
        (FAST, FAST, []),
        (None, None, []),
        (FAST - 1, FAST, ["measured-down"]),
        (640_000, 320_000, ["measured-down", "measured-up"]),
    ],
)
def test_measurements_contradict_a_contract_and_do_not_decide(
    down: int | None, up: int | None, expected: list[str]
) -> None:
    main, spare = with_spare(measured_down_kbps=down, measured_up_kbps=up)

    verdict = standard.judge("secondary", [main, spare], DAY)

    assert (verdict.standing, verdict.contradictions) == ("met", expected)


def test_what_is_too_slow_by_contract_is_no_contradiction() -> None:
    main, spare = with_spare(down_kbps=500_000, measured_down_kbps=400_000)

    verdict = standard.judge("secondary", [main, spare], DAY)

    assert (verdict.lacks, verdict.contradictions) == (["down"], [])


@given(
    st.integers(1, 2_000_000),
    st.integers(1, 2_000_000),
    st.integers(0, 1_000_000),
    st.sampled_from(["primary", "secondary"]),
)
def test_a_faster_line_never_lacks_more(
    down: int, up: int, more: int, phase: str
) -> None:
    slow = with_spare(down_kbps=down, up_kbps=up)
    fast = with_spare(down_kbps=down + more, up_kbps=up + more)

    assert set(lacks(phase, *fast)) <= set(lacks(phase, *slow))


def test_schools_are_told_beside_each_other_and_narrowed() -> None:
    met = School(MAIN.school_id, "990", 100_001, "Ash", "secondary")
    bare = School(circuit().circuit_id, "990", 100_002, "Birch", "primary")
    circuits = [
        circuit(
            circuit_id=MAIN.circuit_id,
            ends_on=DAY + timedelta(days=9),
            monthly_pence=40_000,
            measured_down_kbps=1,
        ),
        back_up(MAIN, ends_on=DAY - timedelta(days=9), monthly_pence=2_500),
        circuit(state="ceased", ceased_on=DAY, monthly_pence=9, ends_on=DAY),
    ]

    def names(**asked: Any) -> list[str]:
        found = beside.beside([met, bare], circuits, SchoolFilter(**asked), DAY)
        return [each.school_name for each in found]

    assert names() == ["Ash", "Birch"]
    assert names(standing="met") == ["Ash"]
    assert names(standing="not-known") == ["Birch"]
    assert names(lack="nothing-recorded") == ["Birch"]
    assert names(is_contradicted=True) == ["Ash"]
    assert names(is_contradicted=False) == ["Birch"]
    [told, _] = beside.beside([met, bare], circuits, SchoolFilter(), DAY)
    assert (told.circuits, told.monthly_pence) == (2, 42_500)
    assert told.ends_on == DAY + timedelta(days=9)
