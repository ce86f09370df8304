"""An LA's comparison narrowed by phase, size and district, for whom may see it."""

from typing import Any

import pytest

from chassis.auth import Actor
from tests.strategy.world import (
    ANALYST,
    HERE,
    LA,
    LEADER,
    MANAGER,
    PRIMARIES,
    SECONDARIES,
    Call,
    Tell,
    laptops,
    recorded,
)

FILTERS = ("phase=primary", "size=over-1000", "district=Ashby", "phase=ap&size=to-100")


async def told(tell: Tell) -> None:
    """Tell of eight primaries, by turns in two districts, and of four secondaries."""
    for i, school in enumerate(PRIMARIES):
        place = ("Ashby", "Brixworth")[i % 2]
        await tell(recorded(school, pupils=105 + 100 * i, district=place))
    for school in SECONDARIES:
        await tell(recorded(school, pupils=1200, district="Ashby"))
    await tell(*(fact for s in PRIMARIES for fact in laptops(s, 5)))


async def compared(by: Call, query: str) -> dict[str, Any]:
    answer = await by(MANAGER).get(f"/benchmarks?la_code={LA}&{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("query", "schools"),
    [
        ("", 12),
        ("phase=primary", 8),
        ("size=101-to-200", 1),
        ("size=201-to-400", 2),
        ("size=over-1000", 4),
        ("size=to-100", 0),
        ("district=Ashby", 8),
        ("district=Brixworth", 4),
        ("district=ashby", 0),
        ("phase=primary&district=Ashby", 4),
        ("phase=primary&district=Ashby&size=401-to-1000", 2),
    ],
)
async def test_filters_take_only_what_fits_all_of_them(
    by: Call, tell: Tell, query: str, schools: int
) -> None:
    await told(tell)

    found = await compared(by, query)

    assert len(found["schools"]) == schools
    assert found["as_of"] is not None


async def test_the_distribution_is_that_of_the_schools_taken(
    by: Call, tell: Tell
) -> None:
    await told(tell)
    everyone = await compared(by, "")
    few = await compared(by, "phase=primary&district=Ashby")
    first = few["measures"][0]

    assert (everyone["measures"][0]["n"], first["n"]) == (8, 4)
    # The Ashby primaries have 105, 305, 505 and 705 pupils, five laptops each.
    assert first["median"] == (305 + 505) / 2 / 5
    assert first["lower_quartile"] is None
    assert {p for s in few["schools"] for p in s["percentiles"].values()} == {None}


async def test_what_there_is_to_choose_from_does_not_shrink_by_choosing(
    by: Call, tell: Tell
) -> None:
    await told(tell)
    chosen = (await compared(by, "district=Brixworth"))["choices"]

    assert chosen == {
        "phases": ["primary", "secondary"],
        "sizes": ["101-to-200", "201-to-400", "401-to-1000", "over-1000"],
        "districts": ["Ashby", "Brixworth"],
    }


async def test_a_school_that_tells_no_pupils_is_of_no_size(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE, pupils=None))

    assert len((await compared(by, ""))["schools"]) == 1
    assert (await compared(by, "size=to-100"))["schools"] == []


@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("actor", [ANALYST, LEADER], ids=["analyst", "leader"])
async def test_no_filter_opens_an_la_to_whom_it_is_closed(
    by: Call, tell: Tell, actor: Actor, query: str
) -> None:
    await told(tell)
    answer = await by(actor).get(f"/benchmarks?la_code={LA}&{query}")

    assert answer.status_code == 403
    assert "School 9" not in answer.text


@pytest.mark.parametrize("query", FILTERS)
async def test_a_schools_own_comparison_takes_no_filter(
    by: Call, tell: Tell, query: str
) -> None:
    """Else a school could choose peers until one of them stands alone."""
    await told(tell)
    answer = await by(LEADER).get(f"/benchmarks?school={HERE.urn}&{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize("query", FILTERS)
async def test_sums_of_a_region_take_no_filter(
    by: Call, tell: Tell, query: str
) -> None:
    """What an analyst is told is withheld as a whole: nothing narrows it down."""
    await told(tell)
    plain = await by(ANALYST).get("/benchmarks/authorities")
    narrowed = await by(ANALYST).get(f"/benchmarks/authorities?{query}")

    assert narrowed.json() == plain.json()


async def test_percentiles_are_of_the_middle_of_equals(by: Call, tell: Tell) -> None:
    for i, school in enumerate([*PRIMARIES, *SECONDARIES]):
        await tell(recorded(school, pupils=100 if i < 4 else 100 * i))
        await tell(*laptops(school, 10))
    found = await compared(by, "sort=pupils_per_device")
    ranks = [s["percentiles"]["pupils_per_device"] for s in found["schools"]]

    assert ranks[:4] == [round(100 * 2 / 12, 2)] * 4
    assert ranks[4] == round(100 * 4.5 / 12, 2)
    assert ranks[-1] == round(100 * 11.5 / 12, 2)
