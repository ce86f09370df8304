"""Agreements as tests make them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from servicedesk.agreements.model.things import Agreement
from tests.servicedesk.world import HERE

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING: list[int | None] = [None, None, None, None]
TARGETS = [
    {"priority": 1, "response_minutes": 60, "update_minutes": 120, "fix_minutes": 240},
    {"priority": 3, "response_minutes": 240, "fix_minutes": 1440},
]
RBC = {
    "name": "Eastern Regional Broadband",
    "account_reference": "ERB-940",
    "email": "desk@rbc.example",
    "phone": "01632 960000",
}


def day(days: int) -> str:
    """Say which day it is so many days from today."""
    return (datetime.now(UTC).date() + timedelta(days)).isoformat()


def held(**changes: Any) -> Agreement:
    """What an LA promises to all of its schools, from 2026 on."""
    usual = Agreement(
        agreement_id=uuid4(),
        la_code="940",
        school_id=None,
        school_urn=None,
        kind="school",
        holder="authority",
        name="ICT support for schools",
        supplier_name=None,
        supplier_account=None,
        supplier_email=None,
        supplier_phone=None,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        notice_days=None,
        renews="none",
        service_credit="",
        is_managed_service=False,
        response_minutes=NOTHING,
        update_minutes=NOTHING,
        fix_minutes=NOTHING,
        version=1,
        added_at=_MOMENT,
        changed_at=_MOMENT,
    )
    return replace(usual, **changes)


def said(**changes: Any) -> dict[str, Any]:
    """What is sent to write an agreement anew."""
    return {
        "name": "ICT support for schools",
        "starts_on": day(-100),
        "targets": TARGETS,
        **changes,
    }


def for_all(**changes: Any) -> dict[str, Any]:
    """What an LA promises to all of its schools."""
    return said(**{"kind": "school", "la_code": HERE.la_code, **changes})


def internal(**changes: Any) -> dict[str, Any]:
    """What the team of HERE promises to its school."""
    kind = {"kind": "internal", "school_urn": HERE.urn, "name": "Our own technician"}
    return said(**{**kind, **changes})


def with_supplier(**changes: Any) -> dict[str, Any]:
    """What a supplier promises to all of an LA's schools."""
    kind = {"kind": "supplier", "supplier": RBC, "name": "Broadband"}
    return said(**{**kind, "la_code": HERE.la_code, **changes})


def of_school(**changes: Any) -> dict[str, Any]:
    """What a supplier promises to HERE alone."""
    place = {"la_code": None, "school_urn": HERE.urn, "name": "Printers"}
    return with_supplier(**{**place, **changes})


async def agreed(client: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """Write an agreement down, and return it as answered."""
    answer = await client.post("/agreements", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def where(told: dict[str, Any]) -> str:
    return f"/agreements/{told['agreement_id']}"
