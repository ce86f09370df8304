"""How what a place's machines run is supported, on pages and as files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from gateway.portal.support import model, service
from gateway.portal.support.schemas import Support
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Where:
    """The support of one place's machines, for one visit."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    support: Support


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    found = await service.get_support(visit.upstream, {"school": place.urn})
    return Where(visit, f"/schools/{place.urn}", place.name, "estate", found)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    found = await service.get_support(visit.upstream, {"la_code": la_code})
    root = f"/authorities/{la_code}"
    return Where(visit, root, authority.name, "all-estate", found)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its page and its files."""

    async def page(here: Annotated[Where, Depends(where)]) -> Response:
        context = {"here": here, "support": here.support, "words": model}
        return visiting.page(here.visit, "support/page.html", here.section, context)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        text = b"".join(export.csv(model.COLUMNS, list(model.table(here.support))))
        headers = export.attachment(_file_name(here, "csv"))
        return Response(text, media_type=export.CSV_TYPE, headers=headers)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        rows = list(model.table(here.support))
        headers = export.attachment(_file_name(here, "xlsx"))
        file = export.xlsx("Support", model.COLUMNS, rows)
        return Response(file, media_type=export.XLSX_TYPE, headers=headers)

    router.add_api_route(path, page)
    router.add_api_route(f"{path}.csv", csv_file)
    router.add_api_route(f"{path}.xlsx", xlsx_file)


_add("/schools/{urn}/support", at_school)
_add("/authorities/{la_code}/support", at_authority)


def _file_name(here: Where, suffix: str) -> str:
    on = here.support.as_of
    return export.file_name("support", here.of, on=on, suffix=suffix)
