"""One school beside the distribution of its LA: its own figures, nobody else's."""

from typing import Any

import psycopg
import pytest

from chassis import auth, db
from chassis.auth import Actor, Grant
from chassis.testing.databases import ServiceDatabase
from strategy.benchmarks import store
from strategy.benchmarks.model import comparison
from tests.strategy.world import (
    ANALYST,
    FAR_AWAY,
    HERE,
    LA,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    PRIMARIES,
    SECONDARIES,
    STAFF,
    TECHNICIAN,
    Call,
    Known,
    Tell,
    county,
    recorded,
)


async def own(by: Call, actor: Actor, school: Known) -> dict[str, Any]:
    answer = await by(actor).get(f"/benchmarks?school={school.urn}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_leader_and_the_la_see_the_same_standing(by: Call, tell: Tell) -> None:
    await tell(*county())
    answer = await by(MANAGER).get(f"/benchmarks?la_code={LA}")
    everyone = answer.json()

    for school in (HERE, PRIMARIES[5], SECONDARIES[3]):
        leader = auth.Actor(
            "p", "person", (Grant("school-leader", (), (school.school_id,)),)
        )
        found = await own(by, leader, school)
        beside = next(s for s in everyone["schools"] if s["school_urn"] == school.urn)
        assert found["school"] == {**beside, "percentiles": None}
        assert found["school"]["school_urn"] == school.urn
        assert found["measures"] == everyone["measures"]
        assert found["as_of"] == everyone["as_of"]
        assert found["la_code"] == LA


async def test_no_other_school_is_in_the_answer(by: Call, tell: Tell) -> None:
    await tell(*county())
    answer = await by(TECHNICIAN).get(f"/benchmarks?school={HERE.urn}")

    for other in [*PRIMARIES[1:], *SECONDARIES, *FAR_AWAY]:
        assert str(other.urn) not in answer.text
        assert str(other.school_id) not in answer.text


async def test_among_few_peers_not_even_the_median_is_told(
    by: Call, tell: Tell
) -> None:
    await tell(*(fact for fact in county() if fact.la_code != LA))
    far = auth.Actor(
        "p", "person", (Grant("school-leader", (), (FAR_AWAY[0].school_id,)),)
    )
    measure = (await own(by, far, FAR_AWAY[0]))["measures"][0]

    assert measure["n"] == 3
    assert measure["median"] is None
    assert measure["lower_quartile"] is None


@pytest.mark.parametrize(
    ("actor", "school", "status"),
    [
        (LEADER, HERE, 200),
        (TECHNICIAN, HERE, 200),
        (MANAGER, HERE, 200),
        (LEADER, NEXT_DOOR, 404),
        (MANAGER, FAR_AWAY[0], 404),
        (STAFF, HERE, 403),
        (ANALYST, HERE, 404),
    ],
)
async def test_who_may_see_a_schools_standing(
    by: Call, tell: Tell, actor: Actor, school: Known, status: int
) -> None:
    await tell(*(recorded(each) for each in (HERE, NEXT_DOOR, FAR_AWAY[0])))
    answer = await by(actor).get(f"/benchmarks?school={school.urn}")

    assert answer.status_code == status


async def test_a_leader_here_who_teaches_next_door_leads_only_here(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE), recorded(NEXT_DOOR))
    both = Actor(
        "p",
        "person",
        (
            Grant("school-leader", school_ids=(HERE.school_id,)),
            Grant("staff", school_ids=(NEXT_DOOR.school_id,)),
        ),
    )
    here = await by(both).get(f"/benchmarks?school={HERE.urn}")
    next_door = await by(both).get(f"/benchmarks?school={NEXT_DOOR.urn}")

    assert (here.status_code, next_door.status_code) == (200, 403)


async def test_an_unknown_a_foreign_and_a_closed_school_are_refused_alike(
    by: Call, tell: Tell
) -> None:
    await tell(recorded(HERE, status="closed"), recorded(NEXT_DOOR))
    client = by(LEADER)
    answers = [
        await client.get(f"/benchmarks?school={urn}")
        for urn in (HERE.urn, NEXT_DOOR.urn, 999999)
    ]

    assert {a.status_code for a in answers} == {404}
    assert len({a.json()["detail"] for a in answers}) == 1


async def test_a_school_scope_reads_the_distribution_and_no_row_of_a_neighbour(
    tell: Tell, rows: ServiceDatabase
) -> None:
    """What row-level security shows, whatever the service would ask for."""
    await tell(*county())
    database = db.Database(rows.app, 1, "test")
    await database.open()
    access = auth.Access(read=comparison.SCHOOL_READERS)
    async with database.read(LEADER, access) as tx:
        figures = await store.list_figures(tx, LA)
        here = await store.list_told(tx, LA)
        elsewhere = await store.list_told(tx, "941")
        totals = await store.list_totals(tx, [LA, "941"])
    await database.close()

    assert [f.school_urn for f in figures] == [HERE.urn]
    assert here
    assert (elsewhere, totals) == ([], [])


async def test_no_scope_reads_nothing_at_all(tell: Tell, rows: ServiceDatabase) -> None:
    await tell(*county())
    tables = (
        *("school", "device_count", "device_month", "open_ticket_count"),
        *("ticket_month", "asset", "ticket", "authority"),
    )
    with psycopg.connect(rows.app) as nobody:
        for table in (*tables, "distribution", "phase_total"):
            found = nobody.execute(f"SELECT count(*) FROM {table}").fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]  # noqa: S608
            assert found == (0,), table
