"""Who has kit over HTTP: on the page of an asset, and all that one holder has."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.assets import schemas as assets
from gateway.portal.assets.routes import PathAsset
from gateway.portal.custody import model, service
from gateway.portal.custody.schemas import (
    FoundForm,
    IssueForm,
    LossForm,
    RenewForm,
    ReturnForm,
)
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import whole
from gateway.portal.visit.routes import SchoolVisit
from gateway.portal.visit.schemas import FormBody

router = APIRouter(prefix="/schools/{urn}")
ONE = "/assets/{asset_id:uuid}/custody"
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422


@router.get(ONE)
async def custody_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _page(visit, asset)


@router.post(ONE)
async def issue(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[IssueForm, Form()]
) -> Response:
    async def step() -> object:
        return await service.issue(visit.upstream, asset.asset_id, form)

    return await _take(visit, asset, form, step, "asset-issued")


@router.post(f"{ONE}/return")
async def take_back(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[ReturnForm, Form()]
) -> Response:
    custody_id = _id(form.custody_id)

    async def step() -> object:
        return await service.take_back(visit.upstream, custody_id, form)

    return await _take(visit, asset, form, step, "asset-returned")


@router.post(f"{ONE}/renew")
async def renew(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[RenewForm, Form()]
) -> Response:
    custody_id, version = _id(form.custody_id), whole(form.version) or 1

    async def step() -> object:
        return await service.renew(visit.upstream, custody_id, version, form)

    return await _take(visit, asset, form, step, "custody-renewed")


@router.post(f"{ONE}/lost")
async def lose(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[LossForm, Form()]
) -> Response:
    async def step() -> object:
        return await service.lose(visit.upstream, asset.asset_id, form)

    return await _take(visit, asset, form, step, "asset-lost")


@router.post(f"{ONE}/found")
async def find(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[FoundForm, Form()]
) -> Response:
    loss_id = _id(form.loss_id)

    async def step() -> object:
        return await service.find(visit.upstream, asset.asset_id, loss_id, form)

    return await _take(visit, asset, form, step, "asset-found")


@router.get("/holders")
async def holder_page(
    visit: SchoolVisit,
    name: Annotated[str, Query(min_length=1, max_length=120)],
    kind: Annotated[str, Query(max_length=10)] = "person",
) -> Response:
    """Show all that one holder has and still owes, and what they had."""
    visiting.require(visit.rights.see_assets)
    if kind not in model.HOLDERS or not name.isprintable():
        raise errors.NotFound
    urn = visit.place.urn
    owed, back = await asyncio.gather(
        service.list_of_holder(visit.upstream, urn, kind, name, "out"),
        service.list_of_holder(visit.upstream, urn, kind, name, "returned"),
    )
    context = {
        "kind": kind,
        # As it is written on what they have, whatever the case of who asks.
        "name": next((each.holder_name for each in (*owed.items, *back.items)), name),
        "owed": owed,
        "returned": back,
        "today": day_in_england(datetime.now(UTC)),
        "words": model,
    }
    return visiting.page(visit, "custody/holder.html", "assets", context)


async def _take(
    visit: SchoolVisit,
    asset: assets.Asset,
    form: FormBody,
    step: Callable[[], Awaitable[object]],
    said: str,
) -> Response:
    """Take a step; where it is refused, show how it stands, with what was typed."""
    visiting.require(visit.rights.change_assets)
    try:
        await step()
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        return await _page(visit, asset, form, refusal)
    path = f"/schools/{asset.school_urn}/assets/{asset.asset_id}/custody"
    return visiting.see_other(path, said)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise errors.NotFound from None


async def _page(
    visit: SchoolVisit,
    asset: assets.Asset,
    form: FormBody | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show who has an asset, who had it, and the forms for the next step."""
    found, losses = await asyncio.gather(
        service.list_of_asset(visit.upstream, asset.asset_id),
        service.list_losses(visit.upstream, asset.asset_id),
    )
    day = day_in_england(datetime.now(UTC))
    today = asset_words.as_typed(day)
    usual: tuple[FormBody, ...] = (
        IssueForm(once=str(uuid4())),
        ReturnForm(),
        RenewForm(),
        LossForm(once=str(uuid4()), lost_on=today),
        FoundForm(found_on=today),
    )
    invalid = isinstance(refusal, errors.Invalid)
    context = {
        "asset": asset,
        "found": found,
        "losses": losses,
        "forms": {
            type(each).__name__: form if type(form) is type(each) else each
            for each in usual
        },
        "today": day,
        "refusal": refusal,
        "problems": visiting.messages(refusal, "holder_name")
        if refusal and invalid
        else {},
        "words": model,
    }
    status = 200
    if refusal:
        stale = isinstance(refusal, errors.Stale)
        status = UNPROCESSABLE if invalid else STALE if stale else CONFLICT
    return visiting.page(visit, "custody/asset.html", "assets", context, status)
