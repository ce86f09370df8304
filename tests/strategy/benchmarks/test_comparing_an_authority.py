"""The LA's comparison: every open school, its figures, its quarter."""

from typing import Any

import pytest

from chassis.auth import Actor
from contracts import inventory, servicedesk
from tests.strategy.world import (
    ANALYST,
    FAR_AWAY,
    FAR_LEADER,
    HERE,
    LA,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    SECONDARIES,
    STAFF,
    Call,
    Tell,
    asset_said,
    county,
    laptops,
    recorded,
    ticket_said,
    tickets,
)

HERE_URN = HERE.urn


async def compared(by: Call, query: str = "") -> dict[str, Any]:
    answer = await by(MANAGER).get(f"/benchmarks?la_code={LA}&{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def of(comparison: dict[str, Any], urn: int) -> dict[str, Any]:
    return next(s for s in comparison["schools"] if s["school_urn"] == urn)


async def test_a_school_has_its_ratios_and_the_la_its_distribution(
    by: Call, tell: Tell
) -> None:
    await tell(*county())
    found = await compared(by)

    assert len(found["schools"]) == 12
    assert found["as_of"] is not None
    here = of(found, HERE.urn)
    assert (here["pupils"], here["devices"], here["open_tickets"]) == (210, 10, 0)
    assert here["pupils_per_device"] == 21.0
    assert here["open_tickets_per_100_devices"] == 0.0
    assert here["quartiles"]["pupils_per_device"] == 4
    assert here["quartiles"]["open_tickets_per_100_devices"] == 1
    assert here["percentiles"]["pupils_per_device"] == round(100 * 11.5 / 12, 2)
    per_device = found["measures"][0]
    assert per_device["n"] == 12
    assert per_device["direction"] == "low"
    assert "desktops, laptops and tablets" in per_device["formula"]
    # 210 / 15 and 210 / 16 stand either side of the middle.
    assert per_device["median"] == round((210 / 15 + 210 / 16) / 2, 2)


async def test_without_devices_there_is_no_ratio_and_no_quarter(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE), *tickets(HERE, 3))
    here = of(await compared(by), HERE.urn)

    assert (here["devices"], here["open_tickets"]) == (0, 3)
    assert here["pupils_per_device"] is None
    assert here["open_tickets_per_100_devices"] is None
    assert set(here["quartiles"].values()) == {None}


async def test_a_school_that_tells_no_pupils_has_no_pupils_per_device(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE, pupils=None), *laptops(HERE, 2), *tickets(HERE, 1))
    here = of(await compared(by), HERE.urn)

    assert here["pupils"] is None
    assert here["pupils_per_device"] is None
    assert here["open_tickets_per_100_devices"] == 50.0


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("open", True),
        ("open-proposed-to-close", True),
        ("proposed-to-open", False),
        ("closed", False),
    ],
)
async def test_only_open_schools_are_compared(
    by: Call, tell: Tell, status: str, *, shown: bool
) -> None:
    await tell(recorded(HERE, status=status), recorded(NEXT_DOOR))
    urns = {s["school_urn"] for s in (await compared(by))["schools"]}

    assert urns == {NEXT_DOOR.urn} | ({HERE.urn} if shown else set())


async def test_too_few_peers_have_a_median_but_no_quarters(
    by: Call, tell: Tell
) -> None:
    await tell(*county())
    found = await compared(by, "phase=primary")

    assert len(found["schools"]) == 8
    measure = found["measures"][0]
    assert (measure["n"], measure["lower_quartile"]) == (8, None)
    assert measure["median"] is not None
    assert {q for s in found["schools"] for q in s["quartiles"].values()} == {None}


@pytest.mark.parametrize(
    "column",
    [
        *("name", "pupils_per_device", "open_tickets_per_100_devices"),
        *("devices_past_five_years", "tickets_a_year_per_100_devices"),
    ],
)
async def test_schools_sort_by_a_column_both_ways_unknown_last(
    by: Call, tell: Tell, column: str
) -> None:
    bare = SECONDARIES[0]
    known = [s for s in county() if s.school_id != bare.school_id]
    await tell(*known, recorded(bare, name="Bare School"))
    up = [s[column] for s in (await compared(by, f"sort={column}"))["schools"]]
    down = [s[column] for s in (await compared(by, f"sort=-{column}"))["schools"]]

    if column != "name":
        assert (up.pop(), down.pop()) == (None, None)
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


async def test_only_devices_in_the_schools_hands_count(by: Call, tell: Tell) -> None:
    await tell(
        recorded(HERE),
        *(asset_said(HERE, category=c) for c in ("desktop", "laptop", "tablet")),
        *(asset_said(HERE, category=c) for c in ("server", "printer", "hologram")),
        asset_said(HERE, inventory.AssetRetired, status="retired"),
        asset_said(HERE, status="in-repair"),
    )
    assert of(await compared(by), HERE.urn)["devices"] == 4


async def test_only_unsettled_tickets_count(by: Call, tell: Tell) -> None:
    statuses = ("open", "in-progress", "waiting", "resolved", "closed")
    await tell(
        recorded(HERE),
        *(ticket_said(HERE, servicedesk.TicketChanged, status=s) for s in statuses),
    )
    assert of(await compared(by), HERE.urn)["open_tickets"] == 3


async def test_an_la_that_nothing_was_told_of_is_empty(by: Call) -> None:
    found = await compared(by)

    assert (found["as_of"], found["schools"]) == (None, [])
    assert {m["n"] for m in found["measures"]} == {0}


@pytest.mark.parametrize(
    ("actor", "la_code", "status"),
    [
        (MANAGER, LA, 200),
        (MANAGER, "941", 404),
        (MANAGER, "999", 404),
        (LEADER, LA, 403),
        (STAFF, LA, 403),
        (FAR_LEADER, LA, 404),
        (ANALYST, LA, 403),
    ],
    ids=[
        "its manager",
        "another LA",
        "no such LA",
        "a leader in it",
        "staff in it",
        "a leader elsewhere",
        "an analyst sees sums only",
    ],
)
async def test_who_may_see_every_school_of_an_la(
    by: Call, tell: Tell, actor: Actor, la_code: str, status: int
) -> None:
    await tell(recorded(HERE), recorded(FAR_AWAY[0]))
    answer = await by(actor).get(f"/benchmarks?la_code={la_code}")

    assert answer.status_code == status
    if status != 200:
        assert "School 9" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        f"?la_code={LA}&school={HERE_URN}",
        "?la_code=94",
        "?la_code=94%00",
        "?school=1",
        "?school=99999999999999999999",
        f"?la_code={LA}&sort=colour",
        f"?la_code={LA}&phase=toaster",
        f"?la_code={LA}&size=huge",
        f"?la_code={LA}&district=",
    ],
)
async def test_a_query_that_means_nothing_is_a_problem(by: Call, query: str) -> None:
    answer = await by(MANAGER).get(f"/benchmarks{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_answer_that_is_held_already_is_not_sent_again(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE))
    where, client = f"/benchmarks?la_code={LA}", by(MANAGER)
    tag = (await client.get(where)).headers["etag"]
    same = await client.get(where, headers={"if-none-match": f'"x", {tag}'})
    await tell(*laptops(HERE, 1))
    other = await client.get(where, headers={"if-none-match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert other.headers["etag"] != tag
