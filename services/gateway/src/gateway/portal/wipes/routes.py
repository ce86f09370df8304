"""Wipes on the pages of an asset."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.assets import schemas as assets
from gateway.portal.assets.routes import PathAsset
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit
from gateway.portal.wipes import model, service
from gateway.portal.wipes.schemas import WipeForm

router = APIRouter(prefix="/schools/{urn}/assets/{asset_id:uuid}/wipes")
CONFLICT, UNPROCESSABLE = 409, 422


@router.get("")
async def wipes_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _page(visit, asset)


@router.post("")
async def record(
    visit: SchoolVisit, asset: PathAsset, form: Annotated[WipeForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.record(visit.upstream, [asset.asset_id], form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _page(visit, asset, form, refusal)
    path = f"/schools/{asset.school_urn}/assets/{asset.asset_id}/wipes"
    return visiting.see_other(path, "wipe-recorded")


async def _page(
    visit: SchoolVisit,
    asset: assets.Asset,
    form: WipeForm | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show how the data on an asset was erased, and the form for once more."""
    found = await service.list_wipes(visit.upstream, asset.asset_id)
    today = asset_words.as_typed(day_in_england(datetime.now(UTC)))
    invalid = isinstance(refusal, errors.Invalid)
    context = {
        "asset": asset,
        "wipes": found.items,
        "form": form or WipeForm(once=str(uuid4()), wiped_on=today),
        "refusal": refusal,
        "problems": visiting.messages(refusal, "method") if refusal and invalid else {},
        "words": model,
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if invalid else CONFLICT
    return visiting.page(visit, "wipes/page.html", "assets", context, status)
