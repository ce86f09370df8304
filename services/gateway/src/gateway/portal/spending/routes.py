"""What consumables cost a school or an LA, on pages and as a file."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from gateway.portal.consumables import model as consumable_words
from gateway.portal.spending import model, service
from gateway.portal.spending.schemas import Spend
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
AT_SCHOOL = "/schools/{urn}/consumables/spend"
AT_AUTHORITY = "/authorities/{la_code}/consumables/spend"


@dataclass(frozen=True, slots=True)
class Where:
    """What consumables cost at one place, for one visit."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    category: str
    spend: Spend


async def at_school(visit: SchoolVisit, category: str = "") -> Where:
    visiting.require(visit.rights.see_assets)
    place, kind = visit.place, _known(category)
    spend = await service.get_spend(visit.upstream, {"school": place.urn}, kind)
    root = f"/schools/{place.urn}/consumables"
    return Where(visit, root, place.name, "assets", kind, spend)


async def at_authority(visit: UsualVisit, la_code: str, category: str = "") -> Where:
    authority, kind = await visiting.authority_of(visit, la_code), _known(category)
    spend = await service.get_spend(visit.upstream, {"la_code": la_code}, kind)
    root = f"/authorities/{la_code}/consumables"
    return Where(visit, root, authority.name, "all-assets", kind, spend)


AtSchool = Annotated[Where, Depends(at_school)]
AtAuthority = Annotated[Where, Depends(at_authority)]


@router.get(AT_SCHOOL)
async def school_page(here: AtSchool) -> Response:
    return _page(here)


@router.get(AT_AUTHORITY)
async def authority_page(here: AtAuthority) -> Response:
    return _page(here)


@router.get(f"{AT_SCHOOL}.csv")
async def school_csv(here: AtSchool) -> Response:
    return _csv(here)


@router.get(f"{AT_AUTHORITY}.csv")
async def authority_csv(here: AtAuthority) -> Response:
    return _csv(here)


def _known(category: str) -> str:
    return category if category in consumable_words.CATEGORIES else ""


def _page(here: Where) -> Response:
    context = {"here": here, "spend": here.spend, "words": consumable_words}
    return visiting.page(here.visit, "spending/page.html", here.section, context)


def _csv(here: Where) -> Response:
    rows = [export.cells(model.COLUMNS, model.cells(m)) for m in here.spend.months]
    name = export.file_name(
        "spend-on-consumables", here.of, on=here.spend.as_of, suffix="csv"
    )
    return Response(
        b"".join(export.csv(model.COLUMNS, rows)),
        media_type=export.CSV_TYPE,
        headers=export.attachment(name),
    )
