"""Asks inventory who has kit, and tells it of what is given out, back or lost."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.custody.schemas import (
    Custody,
    CustodyCount,
    CustodyList,
    FoundForm,
    IssueForm,
    Loss,
    LossForm,
    LossList,
    RenewForm,
    ReturnForm,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

ASSETS = "/api/inventory/v1/assets"
PATH = "/api/inventory/v1/custodies"
_LIST = TypeAdapter(CustodyList)
_PAGE = TypeAdapter(Listing[Custody])
_CUSTODY = TypeAdapter(Custody)
_LOSSES = TypeAdapter(LossList)
_LOSS = TypeAdapter(Loss)
_COUNT = TypeAdapter(CustodyCount)
_MOST = 200


async def list_of_asset(upstream: Upstream, asset_id: UUID) -> CustodyList:
    path = f"{ASSETS}/{asset_id}/custody"
    return await visit.fetch(upstream, "inventory", path, _LIST)


async def list_losses(upstream: Upstream, asset_id: UUID) -> LossList:
    path = f"{ASSETS}/{asset_id}/losses"
    return await visit.fetch(upstream, "inventory", path, _LOSSES)


async def list_of_holder(
    upstream: Upstream, urn: int, kind: str, name: str, state: str
) -> Listing[Custody]:
    """Read what one holder has (`out`) or had (`returned`): the last 200 of it."""
    asked = {"school": urn, "holder_kind": kind, "holder": name, "state": state}
    params = visit.given({**asked, "sort": "-issued_at", "limit": _MOST})
    return await visit.fetch(upstream, "inventory", PATH, _PAGE, params)


async def list_of_state(
    upstream: Upstream, place: Mapping[str, str | int], state: str, most: int
) -> list[Custody]:
    """Read the first things of a school or an LA in a state, by when they are due."""
    params = {**place, "state": state, "sort": "due_on", "limit": most}
    return (await visit.fetch(upstream, "inventory", PATH, _PAGE, params)).items


async def count_of_state(
    upstream: Upstream, place: Mapping[str, str | int], state: str
) -> int:
    """Count the things of a school or an LA in a state."""
    path, params = f"{PATH}/count", {**place, "state": state}
    return (await visit.fetch(upstream, "inventory", path, _COUNT, params)).count


async def issue(upstream: Upstream, asset_id: UUID, form: IssueForm) -> Custody:
    path, once = f"{ASSETS}/{asset_id}/custody", visit.once(form.once)
    asked = visit.Change("POST", "inventory", path, form.body(), once)
    return await visit.change(upstream, asked, _CUSTODY)


async def take_back(upstream: Upstream, custody_id: UUID, form: ReturnForm) -> Custody:
    path = f"{PATH}/{custody_id}/return"
    asked = visit.Change("POST", "inventory", path, form.body())
    return await visit.change(upstream, asked, _CUSTODY)


async def renew(
    upstream: Upstream, custody_id: UUID, version: int, form: RenewForm
) -> Custody:
    path, headers = f"{PATH}/{custody_id}", visit.of_version(version)
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _CUSTODY)


async def lose(upstream: Upstream, asset_id: UUID, form: LossForm) -> Loss:
    path, once = f"{ASSETS}/{asset_id}/losses", visit.once(form.once)
    asked = visit.Change("POST", "inventory", path, form.body(), once)
    return await visit.change(upstream, asked, _LOSS)


async def find(
    upstream: Upstream, asset_id: UUID, loss_id: UUID, form: FoundForm
) -> Loss:
    path = f"{ASSETS}/{asset_id}/losses/{loss_id}/found"
    asked = visit.Change("POST", "inventory", path, form.body())
    return await visit.change(upstream, asked, _LOSS)
