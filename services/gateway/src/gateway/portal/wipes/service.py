"""Asks inventory for wipes, and tells it of more."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.visit import service as visit
from gateway.portal.wipes.schemas import Wiped, WipeForm, WipeList

PATH = "/api/inventory/v1"
_LIST = TypeAdapter(WipeList)
_WIPED = TypeAdapter(Wiped)


async def list_wipes(upstream: Upstream, asset_id: UUID) -> WipeList:
    path = f"{PATH}/assets/{asset_id}/wipes"
    return await visit.fetch(upstream, "inventory", path, _LIST)


async def record(
    upstream: Upstream, asset_ids: Sequence[UUID], form: WipeForm
) -> Wiped:
    body, once = form.body(list(asset_ids)), visit.once(form.once)
    asked = visit.Change("POST", "inventory", f"{PATH}/wipes", body, once)
    return await visit.change(upstream, asked, _WIPED)
