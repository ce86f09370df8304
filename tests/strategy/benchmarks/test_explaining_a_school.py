"""What a school's figures are made of: its devices by age, its tickets by month."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.auth import Actor
from tests.strategy.world import (
    ANALYST,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    STAFF,
    TECHNICIAN,
    Call,
    Known,
    Tell,
    asset_said,
    recorded,
    ticket_said,
)


async def facts(by: Call) -> dict[str, Any]:
    answer = await by(LEADER).get(f"/benchmarks/facts?school={HERE.urn}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_devices_are_counted_by_category_and_year(by: Call, tell: Tell) -> None:
    await tell(
        recorded(HERE),
        *(asset_said(HERE, purchased_on=date(2024, m, 2)) for m in (3, 9)),
        asset_said(HERE, category="tablet", purchased_on=None),
        asset_said(HERE, category="server", purchased_on=date(2024, 1, 1)),
        asset_said(NEXT_DOOR),
    )

    assert (await facts(by))["devices"] == [
        {"category": "tablet", "bought_in": None, "devices": 1},
        {"category": "laptop", "bought_in": 2024, "devices": 2},
    ]


async def test_tickets_are_counted_by_month_and_the_open_ones_by_priority(
    by: Call, tell: Tell
) -> None:
    now = datetime.now(UTC)
    await tell(
        recorded(HERE),
        *(ticket_said(HERE, opened_at=now, priority=p) for p in (1, 3, 3)),
        ticket_said(HERE, opened_at=now, resolved_at=now, status="resolved"),
        ticket_said(NEXT_DOOR, opened_at=now),
    )
    found = await facts(by)

    assert [(m["opened"], m["resolved"]) for m in found["months"]] == [(4, 1)]
    assert found["open_tickets"] == [
        {"priority": 1, "tickets": 1},
        {"priority": 3, "tickets": 2},
    ]


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
async def test_who_may_see_what_a_schools_figures_are_made_of(
    by: Call, tell: Tell, actor: Actor, school: Known, status: int
) -> None:
    await tell(*(recorded(each) for each in (HERE, NEXT_DOOR, FAR_AWAY[0])))
    answer = await by(actor).get(f"/benchmarks/facts?school={school.urn}")

    assert answer.status_code == status
