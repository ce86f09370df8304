"""Asks inventory for doubtful machines, and tells it what a person decided."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset
from gateway.portal.doubts.schemas import Doubt
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/agent-doubts"
PAGE = 50
MOST_BESIDE = 6
"""Assets that stand beside the machine; of more nobody sees which is which."""
_DOUBT = TypeAdapter(Doubt)
_DOUBTS = TypeAdapter(Listing[Doubt])


async def list_doubts(upstream: Upstream, urn: int, after: str) -> Listing[Doubt]:
    params = visit.given({"school": urn, "limit": PAGE, "after": after})
    return await visit.fetch(upstream, "inventory", PATH, _DOUBTS, params)


async def get_doubt(upstream: Upstream, urn: int, doubt_id: UUID) -> Doubt:
    """Read a doubtful machine of a school.

    Raises:
        errors.NotFound: it is not there, or reports for another school.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{doubt_id}", _DOUBT)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def list_candidates(upstream: Upstream, doubt: Doubt) -> list[Asset]:
    """Read the assets that a machine may be; those that have left are left out."""
    found = await asyncio.gather(
        *(_asset(upstream, doubt, each) for each in doubt.candidates[:MOST_BESIDE])
    )
    there = {asset.asset_id: asset for asset in found if asset is not None}
    return list(there.values())


async def _asset(upstream: Upstream, doubt: Doubt, asset_id: UUID) -> Asset | None:
    urn = doubt.school_urn
    try:
        found = await assets.get_asset(upstream, urn, asset_id)
        if found.merged_into is not None:
            # Two that it may have been turned out to be one.
            found = await assets.get_asset(upstream, urn, found.merged_into)
    except errors.NotFound:
        return None
    return found


async def settle(
    upstream: Upstream, doubt: Doubt, version: int, body: Mapping[str, str | None]
) -> Doubt:
    path, headers = f"{PATH}/{doubt.doubt_id}/settle", visit.of_version(version)
    asked = visit.Change("POST", "inventory", path, dict(body), headers)
    return await visit.change(upstream, asked, _DOUBT)
