"""Measures that need months: the age of devices, a year's tickets, days to resolve."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from contracts import inventory, servicedesk
from tests.strategy.world import (
    HERE,
    LA,
    MANAGER,
    NEXT_DOOR,
    Call,
    Tell,
    asset_said,
    laptops,
    recorded,
    ticket_said,
)

NOW = datetime.now(UTC)


def months_ago(months: int) -> date:
    """The middle of a month: no test depends on today's day of it."""
    at = NOW.year * 12 + NOW.month - 1 - months
    return date(at // 12, at % 12 + 1, 15)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def figures(by: Call, school: int = HERE.urn) -> dict[str, Any]:
    answer = await by(MANAGER).get(f"/benchmarks?la_code={LA}")
    found: dict[str, Any] = next(
        s for s in answer.json()["schools"] if s["school_urn"] == school
    )
    return found


@pytest.mark.parametrize(
    ("months", "aged"), [(0, 0), (59, 0), (60, 0), (61, 1), (200, 1)]
)
async def test_a_device_is_aged_after_five_years(
    by: Call, tell: Tell, months: int, aged: int
) -> None:
    await tell(recorded(HERE), asset_said(HERE, purchased_on=months_ago(months)))
    found = await figures(by)

    assert (found["dated_devices"], found["aged_devices"]) == (1, aged)
    assert found["devices_past_five_years"] == 100.0 * aged


async def test_a_device_without_its_date_is_in_no_share(by: Call, tell: Tell) -> None:
    await tell(recorded(HERE), asset_said(HERE, purchased_on=None))
    bare = await figures(by)
    await tell(asset_said(HERE, purchased_on=months_ago(100)))
    found = await figures(by)

    assert (bare["devices"], bare["devices_past_five_years"]) == (1, None)
    assert (found["devices"], found["devices_past_five_years"]) == (2, 100.0)


async def test_what_changes_of_a_device_moves_its_count(by: Call, tell: Tell) -> None:
    laptop = uuid4()
    old: dict[str, Any] = {"entity_id": laptop, "purchased_on": months_ago(100)}
    await tell(recorded(HERE), recorded(NEXT_DOOR), asset_said(HERE, **old))
    new = {**old, "purchased_on": months_ago(1), "entity_version": 2}
    await tell(asset_said(HERE, inventory.AssetChanged, **new))
    dated_anew = await figures(by)
    moved = {**new, "entity_version": 3}
    await tell(asset_said(NEXT_DOOR, inventory.AssetMoved, **moved))
    gone, came = await figures(by), await figures(by, NEXT_DOOR.urn)
    retired = {**new, "entity_version": 4, "status": "retired"}
    await tell(asset_said(NEXT_DOOR, inventory.AssetRetired, **retired))
    after = await figures(by, NEXT_DOOR.urn)

    assert (dated_anew["dated_devices"], dated_anew["aged_devices"]) == (1, 0)
    assert (gone["dated_devices"], came["dated_devices"]) == (0, 1)
    assert (after["dated_devices"], after["devices"]) == (0, 0)


async def test_a_year_is_this_month_and_the_eleven_before(by: Call, tell: Tell) -> None:
    opened = [ticket_said(HERE, opened_at=moment(months_ago(m))) for m in (0, 11, 12)]
    await tell(recorded(HERE), *laptops(HERE, 4), *opened)
    found = await figures(by)

    assert found["opened_in_year"] == 2
    assert found["tickets_a_year_per_100_devices"] == 50.0


async def test_days_to_resolve_are_those_of_what_was_resolved_in_the_year(
    by: Call, tell: Tell
) -> None:
    then = moment(months_ago(3))
    settled = [
        ticket_said(
            HERE,
            servicedesk.TicketResolved,
            status="resolved",
            opened_at=then - timedelta(days=days),
            resolved_at=then,
        )
        for days in (1, 4)
    ]
    await tell(recorded(HERE), *settled, ticket_said(HERE))
    found = await figures(by)

    assert found["resolved_in_year"] == 2
    assert found["days_to_resolve"] == 2.5


async def test_a_reopened_ticket_was_not_resolved(by: Call, tell: Tell) -> None:
    then, ticket = moment(months_ago(1)), uuid4()
    said: dict[str, Any] = {"entity_id": ticket, "opened_at": then - timedelta(days=1)}
    resolved = {**said, "resolved_at": then, "status": "resolved", "entity_version": 2}
    await tell(recorded(HERE), ticket_said(HERE, **said))
    await tell(ticket_said(HERE, servicedesk.TicketResolved, **resolved))
    once = await figures(by)
    again = {**said, "entity_version": 3, "status": "open"}
    await tell(ticket_said(HERE, servicedesk.TicketReopened, **again))
    found = await figures(by)

    assert (once["resolved_in_year"], once["days_to_resolve"]) == (1, 1.0)
    assert (found["resolved_in_year"], found["days_to_resolve"]) == (0, None)
    assert (found["opened_in_year"], found["open_tickets"]) == (1, 1)
