"""Asks inventory how what machines run is supported."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.support.schemas import AssetSupport, Support
from gateway.portal.visit import service as visit

ROOT = "/api/inventory/v1"
_SUPPORT = TypeAdapter(Support)
_OF_ASSET = TypeAdapter(AssetSupport)


async def get_support(upstream: Upstream, place: Mapping[str, str | int]) -> Support:
    return await visit.fetch(upstream, "inventory", f"{ROOT}/support", _SUPPORT, place)


async def get_support_of(upstream: Upstream, asset_id: UUID) -> AssetSupport:
    path = f"{ROOT}/assets/{asset_id}/support"
    return await visit.fetch(upstream, "inventory", path, _OF_ASSET)
