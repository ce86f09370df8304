"""Repairs of kit on the pages of an asset."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.assets import schemas as assets
from gateway.portal.assets.routes import PathAsset
from gateway.portal.repairs import model, service
from gateway.portal.repairs.schemas import CloseForm, SendForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/assets/{asset_id:uuid}/repairs")
CONFLICT, UNPROCESSABLE = 409, 422


@router.get("")
async def repairs_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _page(visit, asset)


@router.post("")
async def send(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[SendForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.send(visit.upstream, asset.asset_id, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _page(visit, asset, form, refusal)
    return visiting.see_other(_path(asset), "repair-sent")


@router.post("/close")
async def close(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[CloseForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        repair_id = UUID(form.repair_id)
    except ValueError:
        raise errors.NotFound from None
    try:
        await service.close(visit.upstream, asset.asset_id, repair_id, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _page(visit, asset, form, refusal)
    return visiting.see_other(_path(asset), "repair-closed")


def _path(asset: assets.Asset) -> str:
    return f"/schools/{asset.school_urn}/assets/{asset.asset_id}/repairs"


async def _page(
    visit: SchoolVisit,
    asset: assets.Asset,
    form: SendForm | CloseForm | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the repairs of an asset, and the form for the next step."""
    repairs = await service.list_repairs(visit.upstream, asset.asset_id)
    today = asset_words.as_typed(day_in_england(datetime.now(UTC)))
    sending = SendForm(once=str(uuid4()), sent_on=today, supplier=asset.supplier or "")
    closing = CloseForm(returned_on=today)
    invalid = isinstance(refusal, errors.Invalid)
    context = {
        "asset": asset,
        "repairs": repairs,
        "sending": form if isinstance(form, SendForm) else sending,
        "closing": form if isinstance(form, CloseForm) else closing,
        "refusal": refusal,
        "problems": visiting.messages(refusal, "fault") if refusal and invalid else {},
        "words": model,
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if invalid else CONFLICT
    return visiting.page(visit, "repairs/page.html", "assets", context, status)
