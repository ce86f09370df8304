"""Licences as tests make them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from inventory.licences.model.things import Licence
from tests.inventory.stock.stocked import ago
from tests.inventory.world import HERE

DAY = date(2026, 9, 1)
TITLE = UUID("0199cccc-0000-7000-8000-000000000001")
ADOBE = {"publisher": "Adobe", "name": "Adobe Acrobat Pro"}
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def held(**changes: Any) -> Licence:
    """A perpetual licence of an LA for ten devices."""
    usual = Licence(
        licence_id=uuid4(),
        la_code="990",
        school_id=None,
        school_urn=None,
        school_name=None,
        title_id=TITLE,
        publisher="Adobe",
        name="Adobe Acrobat Pro",
        release=None,
        measure="seats",
        seats=10,
        term="perpetual",
        starts_on=None,
        ends_on=None,
        notice_on=None,
        price_pence=None,
        cfr_code="E20D",
        supplier=None,
        reference=None,
        note=None,
        counted=None,
        counted_on=None,
        version=1,
        added_at=_MOMENT,
        changed_at=_MOMENT,
        supplier_id=None,
        desk_phone=None,
        desk_email=None,
        account_number=None,
    )
    return replace(usual, **changes)


def licence(**changes: Any) -> dict[str, Any]:
    """What is sent to write down a subscription of HERE for two devices."""
    return {
        "school_urn": HERE.urn,
        **ADOBE,
        "measure": "seats",
        "seats": 2,
        "term": "subscription",
        "starts_on": ago(100),
        "ends_on": ago(-200),
        **changes,
    }


def of_authority(**changes: Any) -> dict[str, Any]:
    return licence(**{"school_urn": None, "la_code": HERE.la_code, **changes})


async def bought(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/licences", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def where(told: dict[str, Any]) -> str:
    return f"/licences/{told['licence_id']}"
