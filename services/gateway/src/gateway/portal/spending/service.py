"""Asks inventory for what consumables cost."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.consumables.service import PATH
from gateway.portal.spending.schemas import Spend
from gateway.portal.visit import service as visit

_SPEND = TypeAdapter(Spend)


async def get_spend(
    upstream: Upstream, place: Mapping[str, str | int | None], category: str
) -> Spend:
    params = visit.given({**place, "category": category})
    return await visit.fetch(upstream, "inventory", f"{PATH}/spend", _SPEND, params)
