"""Circuits as tests make them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from inventory.circuits.model.things import Circuit
from tests.inventory.stock.stocked import ago
from tests.inventory.world import HERE

DAY = date(2026, 9, 1)
_SCHOOL = UUID("0199aaaa-0000-7000-8000-000000000001")
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def circuit(**changes: Any) -> Circuit:
    """A live main line that a secondary school meets the standard by."""
    usual = Circuit(
        circuit_id=uuid4(),
        la_code="990",
        school_id=_SCHOOL,
        school_urn=100_001,
        school_name="School",
        reference="FTIP 1",
        role="main",
        backs=None,
        backs_reference=None,
        provider="BT",
        technology="leased-line",
        down_kbps=1_000_000,
        up_kbps=1_000_000,
        is_contended=False,
        starts_on=None,
        ends_on=None,
        notice_on=None,
        monthly_pence=None,
        cfr_code="E20A",
        note=None,
        state="live",
        live_on=date(2024, 9, 1),
        ceased_on=None,
        version=1,
        added_at=_MOMENT,
        changed_at=_MOMENT,
        measurements=0,
        measured_at=None,
        measured_down_kbps=None,
        measured_up_kbps=None,
        tested_on=None,
        test_outcome=None,
        supplier_id=None,
        desk_phone=None,
        desk_email=None,
        account_number=None,
    )
    return replace(usual, **changes)


def back_up(main: Circuit, **changes: Any) -> Circuit:
    """A live back-up line that took over lately."""
    usual: dict[str, Any] = {
        "role": "back-up",
        "backs": main.circuit_id,
        "reference": "4G 1",
        "technology": "4g",
        "down_kbps": 30_000,
        "up_kbps": 10_000,
        "tested_on": DAY - timedelta(days=30),
        "test_outcome": "passed",
    }
    return circuit(**{**usual, **changes})


def line(**changes: Any) -> dict[str, Any]:
    """What is sent to add a line."""
    return {
        "school_urn": HERE.urn,
        "reference": f"FTIP {uuid4().hex[:8]}",
        "provider": "Openreach Business",
        "technology": "full-fibre",
        "down_kbps": 1_000_000,
        "up_kbps": 200_000,
        "live_on": ago(400),
        **changes,
    }


async def added(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/circuits", json=line(**changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def pair(client: httpx.AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
    """Add a main line and the line that backs it."""
    main = await added(client)
    spare = await added(
        client,
        role="back-up",
        backs=main["circuit_id"],
        technology="4g",
        down_kbps=30_000,
        up_kbps=10_000,
    )
    return main, spare


def where(told: dict[str, Any], part: str = "") -> str:
    return f"/circuits/{told['circuit_id']}{part}"


def measured(minutes: int, down: int, up: int, **more: Any) -> dict[str, Any]:
    """A measurement of so many minutes ago."""
    moment = datetime.now(UTC) - timedelta(minutes=minutes)
    return {
        "measured_at": moment.isoformat(timespec="seconds"),
        "down_kbps": down,
        "up_kbps": up,
        **more,
    }
