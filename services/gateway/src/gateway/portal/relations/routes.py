"""Relations of kit on the pages of an asset."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.assets import schemas as assets
from gateway.portal.assets.routes import PathAsset
from gateway.portal.relations import model, schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/assets/{asset_id:uuid}/relations")
CONFLICT, UNPROCESSABLE = 409, 422


@router.get("")
async def relations_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    return await _page(visit, asset, schemas.RelateForm(once=str(uuid4())))


@router.post("")
async def relate(
    visit: SchoolVisit,
    asset: PathAsset,
    form: Annotated[schemas.RelateForm, Form()],
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.relate(visit.upstream, asset, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _page(visit, asset, form, refusal)
    return visiting.see_other(_path(asset), "assets-related")


@router.post("/end")
async def part(
    visit: SchoolVisit,
    asset: PathAsset,
    form: Annotated[schemas.PartForm, Form()],
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.part(visit.upstream, asset.asset_id, UUID(form.relation_id))
    except ValueError:
        raise errors.NotFound from None
    return visiting.see_other(_path(asset), "assets-parted")


def _path(asset: assets.Asset) -> str:
    return f"/schools/{asset.school_urn}/assets/{asset.asset_id}/relations"


async def _page(
    visit: SchoolVisit,
    asset: assets.Asset,
    form: schemas.RelateForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show what an asset hangs on, what hangs on it, and what a failure would do."""
    related = await service.list_related(visit.upstream, asset.asset_id)
    impact = await service.get_impact(visit.upstream, asset.asset_id)
    problems = visiting.messages(refusal, "other_tag") if refusal else {}
    context: Mapping[str, object] = {
        "asset": asset,
        "related": related.items,
        "impact": impact.items,
        "form": form,
        "problems": problems,
        "words": model,
        "asset_words": asset_words,
    }
    status = 200
    if refusal:
        invalid = isinstance(refusal, errors.Invalid)
        status = UNPROCESSABLE if invalid else CONFLICT
    return visiting.page(visit, "relations/page.html", "assets", context, status)
