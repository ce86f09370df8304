"""Asks inventory what kit is worth."""

from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.depreciation.schemas import BookValue, Schedule
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/depreciation"
_BOOK_VALUE = TypeAdapter(BookValue)
_SCHEDULE = TypeAdapter(Schedule)


async def get_book_value(
    upstream: Upstream, place: dict[str, int | str], category: str, begins: str
) -> BookValue:
    """Read what the kit of a school or an LA is worth; `place` names which."""
    params = visit.given({**place, "category": category, "year_begins": begins})
    return await visit.fetch(upstream, "inventory", PATH, _BOOK_VALUE, params)


async def get_schedule(upstream: Upstream, asset_id: UUID, begins: str) -> Schedule:
    path = f"/api/inventory/v1/assets/{asset_id}/depreciation"
    asked = {"year_begins": begins}
    return await visit.fetch(upstream, "inventory", path, _SCHEDULE, asked)
