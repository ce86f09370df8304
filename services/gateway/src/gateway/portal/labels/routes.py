"""Where a scanned label leads, over HTTP."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.directory import service as directory
from gateway.portal.assets import service as assets
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import rights_at
from gateway.portal.visit.routes import UsualVisit

router = APIRouter()


@router.get("/label/{asset_id}")
async def scanned(visit: UsualVisit, asset_id: str) -> Response:
    """Lead whoever scanned a label to its asset, or straight to what is wrong with it.

    Raises:
        errors.NotFound: there is no such asset at a school of theirs.
    """
    try:
        label = await assets.find_label(visit.upstream, UUID(asset_id))
    except ValueError:
        raise errors.NotFound from None
    kept = label.merged_into or label.asset_id
    school = await directory.get_school(visit.database, visit.actor, label.school_urn)
    here = f"/schools/{school.urn}"
    if rights_at(visit.actor, visiting.place_of(school)).see_assets:
        return RedirectResponse(f"{here}/assets/{kept}", 303)
    return RedirectResponse(f"{here}/tickets/new?asset={kept}", 303)
