"""One disposal of a school: its page, and its record as a PDF."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.disposals import model, service
from gateway.portal.disposals.model import Which
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/disposals")


async def wanted(disposed_on: str, method: str, reference: str = "") -> Which:
    return model.which(disposed_on, method, reference)


Wanted = Annotated[Which, Depends(wanted)]


@router.get("/one")
async def view_page(visit: SchoolVisit, which: Wanted) -> Response:
    visiting.require(visit.rights.see_assets)
    kit = await service.list_kit(visit.upstream, visit.place.urn, which)
    context = {
        "which": which,
        "kit": kit,
        "words": model,
        "asset_words": asset_words,
    }
    return visiting.page(visit, "disposals/view.html", "assets", context)


@router.get("/record.pdf")
async def record(visit: SchoolVisit, which: Wanted) -> Response:
    """Draw the record of a disposal: what left, and how its data was erased."""
    visiting.require(visit.rights.see_assets)
    place = visit.place
    kit = await service.list_kit(visit.upstream, place.urn, which)
    today = day_in_england(datetime.now(UTC))
    told = model.told(place.name, place.urn, place.la_name, which, kit, today)
    # Other requests go on while it is drawn.
    pdf = await asyncio.to_thread(service.draw, told)
    name = export.file_name("disposal", place.name, on=which.disposed_on, suffix="pdf")
    return Response(pdf, media_type="application/pdf", headers=export.attachment(name))
