"""The pages of book values over HTTP: of a school, of an LA, and of one asset."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from gateway import days
from gateway.portal.assets import model as asset_words
from gateway.portal.assets.routes import PathAsset
from gateway.portal.depreciation import model, schemas, service
from gateway.portal.estate.model import known_category
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
Wanted = Annotated[schemas.DepreciationQuery, Query()]


@dataclass(frozen=True, slots=True)
class Where:
    """What the kit of one place is worth, for one visit."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    category: str
    year_begins: str
    found: schemas.BookValue


async def of_school(visit: SchoolVisit, query: Wanted) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    asked = known_category(query.category), model.known_beginning(query.year_begins)
    found = await service.get_book_value(visit.upstream, {"school": place.urn}, *asked)
    return Where(visit, f"/schools/{place.urn}", place.name, "estate", *asked, found)


async def of_authority(visit: UsualVisit, la_code: str, query: Wanted) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    asked = known_category(query.category), model.known_beginning(query.year_begins)
    found = await service.get_book_value(visit.upstream, {"la_code": la_code}, *asked)
    root = f"/authorities/{la_code}"
    return Where(visit, root, authority.name, "all-estate", *asked, found)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give the kit of one place its page and its files."""

    async def page(here: Annotated[Where, Depends(where)]) -> Response:
        context = {"here": here, "words": model, "asset_words": asset_words}
        name = "depreciation/page.html"
        return visiting.page(here.visit, name, here.section, context)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        text = b"".join(export.csv(model.COLUMNS, model.table(here.found)))
        headers = export.attachment(_file_name(here, "csv"))
        return Response(text, media_type=export.CSV_TYPE, headers=headers)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        file = export.xlsx("Book value", model.COLUMNS, model.table(here.found))
        headers = export.attachment(_file_name(here, "xlsx"))
        return Response(file, media_type=export.XLSX_TYPE, headers=headers)

    router.add_api_route(path, page)
    router.add_api_route(f"{path}.csv", csv_file)
    router.add_api_route(f"{path}.xlsx", xlsx_file)


_add("/schools/{urn}/book-value", of_school)
_add("/authorities/{la_code}/book-value", of_authority)


@router.get("/schools/{urn}/assets/{asset_id:uuid}/book-value")
async def asset_page(visit: SchoolVisit, asset: PathAsset, query: Wanted) -> Response:
    begins = model.known_beginning(query.year_begins)
    found = await service.get_schedule(visit.upstream, asset.asset_id, begins)
    context = {
        "asset": asset,
        "found": found,
        "year_begins": begins,
        "words": model,
    }
    return visiting.page(visit, "depreciation/asset.html", "assets", context)


def _file_name(here: Where, suffix: str) -> str:
    today = days.day_in_england(datetime.now(UTC))
    return export.file_name("book-value", here.of, on=today, suffix=suffix)
