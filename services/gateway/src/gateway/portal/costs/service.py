"""Asks inventory what kit costs, and tells it what electricity costs."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.costs.schemas import AssetCost, Costs, Tariff
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/costs"
TARIFFS = "/api/inventory/v1/tariffs"
Of = Mapping[str, str | int]
"""Which school or LA: `school` or `la_code`."""
_COSTS = TypeAdapter(Costs)
_ASSET = TypeAdapter(AssetCost)
_TARIFF = TypeAdapter(Tariff)


async def get_costs(upstream: Upstream, of: Of, category: str) -> Costs:
    """Read what the kit of a school or an LA has cost to own."""
    params = visit.given({**of, "category": category})
    return await visit.fetch(upstream, "inventory", PATH, _COSTS, params)


async def get_asset_cost(upstream: Upstream, asset_id: UUID) -> AssetCost:
    path = f"/api/inventory/v1/assets/{asset_id}/cost"
    return await visit.fetch(upstream, "inventory", path, _ASSET)


async def get_tariff(upstream: Upstream, of: Of) -> Tariff:
    return await visit.fetch(upstream, "inventory", TARIFFS, _TARIFF, of)


async def set_price(
    upstream: Upstream, of: Of, starts_on: date, pence_per_mwh: int | None
) -> None:
    """Say what electricity costs from a day on; None says nothing from it any more."""
    names = {"school": "school_urn", "la_code": "la_code"}
    body = {
        **{names[name]: value for name, value in of.items()},
        "starts_on": starts_on.isoformat(),
        "pence_per_mwh": pence_per_mwh,
    }
    asked = visit.Change("PUT", "inventory", TARIFFS, body)
    await visit.change(upstream, asked, _TARIFF)
