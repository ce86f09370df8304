"""Asks inventory for repairs, and tells it of one that begins or ends."""

from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.repairs.schemas import CloseForm, Repair, RepairList, SendForm
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/assets"
_LIST = TypeAdapter(RepairList)
_REPAIR = TypeAdapter(Repair)


async def list_repairs(upstream: Upstream, asset_id: UUID) -> RepairList:
    path = f"{PATH}/{asset_id}/repairs"
    return await visit.fetch(upstream, "inventory", path, _LIST)


async def send(upstream: Upstream, asset_id: UUID, form: SendForm) -> Repair:
    path = f"{PATH}/{asset_id}/repairs"
    once = visit.once(form.once)
    asked = visit.Change("POST", "inventory", path, form.body(), once)
    return await visit.change(upstream, asked, _REPAIR)


async def close(
    upstream: Upstream, asset_id: UUID, repair_id: UUID, form: CloseForm
) -> Repair:
    path = f"{PATH}/{asset_id}/repairs/{repair_id}/close"
    asked = visit.Change("POST", "inventory", path, form.body())
    return await visit.change(upstream, asked, _REPAIR)
