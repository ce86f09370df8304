"""The pages of an estate over HTTP: of a school, of an LA, and a school's day."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import errors
from gateway import days
from gateway.portal.assets import model as asset_words
from gateway.portal.charts import routes as charts
from gateway.portal.charts.model import Columns
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.estate import model, schemas, service
from gateway.portal.estate.schemas import Estate
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import LA_ROLES, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
Wanted = Annotated[schemas.EstateQuery, Query()]
Drawn = Callable[[Estate], Columns | None]
CHARTS: dict[str, Drawn] = {
    "ages": model.ages,
    "kinds": model.kinds,
    "rooms": lambda estate: model.rooms(estate.by_room),
}
"""By the name of each image."""


@dataclass(frozen=True, slots=True)
class Where:
    """The estate of one place, for one visit."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    category: str
    estate: Estate
    is_ours: bool


async def of_school(visit: SchoolVisit, query: Wanted) -> Where:
    _require_assets(visit)
    category, place = model.known_category(query.category), visit.place
    found = await service.get_school(visit.upstream, place.urn, category)
    root = f"/schools/{place.urn}"
    return Where(
        visit, root, place.name, "estate", category, found, is_ours=_is_ours(visit)
    )


async def of_authority(visit: UsualVisit, la_code: str, query: Wanted) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    category = model.known_category(query.category)
    found = await service.get_authority(visit.upstream, la_code, category)
    root = f"/authorities/{la_code}"
    return Where(
        visit, root, authority.name, "all-estate", category, found, is_ours=True
    )


def _add(path: str, where: Callable[..., Any], *charts_of: str) -> None:
    """Give one estate its pages: the figures, their files, their charts."""

    async def page(here: Annotated[Where, Depends(where)]) -> Response:
        return _page(here)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        text = b"".join(export.csv(model.COLUMNS, model.table(here.estate)))
        headers = export.attachment(_file_name(here, "csv"))
        return Response(text, media_type=export.CSV_TYPE, headers=headers)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        file = export.xlsx("Estate", model.COLUMNS, model.table(here.estate))
        headers = export.attachment(_file_name(here, "xlsx"))
        return Response(file, media_type=export.XLSX_TYPE, headers=headers)

    router.add_api_route(path, page)
    router.add_api_route(f"{path}.csv", csv_file)
    router.add_api_route(f"{path}.xlsx", xlsx_file)
    for name in charts_of:
        _add_chart(f"{path}/{name}.svg", where, CHARTS[name])


def _add_chart(path: str, where: Callable[..., Any], drawn: Drawn) -> None:
    async def chart(
        here: Annotated[Where, Depends(where)], look: CurrentLook
    ) -> Response:
        found = drawn(here.estate)
        if found is None:
            raise errors.NotFound
        return await charts.image(look, found)

    router.add_api_route(path, chart)


_add("/schools/{urn}/estate", of_school, *CHARTS)
_add("/authorities/{la_code}/estate", of_authority, "ages", "kinds")


@router.get("/schools/{urn}/today")
async def today_page(visit: SchoolVisit) -> Response:
    _require_assets(visit)
    context = {
        "today": await service.get_today(visit.upstream, visit.place.urn),
        "is_ours": _is_ours(visit),
        "words": model,
        "asset_words": asset_words,
    }
    return visiting.page(visit, "estate/today.html", "estate", context)


def _page(here: Where) -> Response:
    estate = here.estate
    context = {
        "here": here,
        "estate": estate,
        "figures": estate.figures,
        "looks": model.looks(estate.figures),
        "charts": {name: drawn(estate) for name, drawn in CHARTS.items()},
        "words": model,
        "asset_words": asset_words,
    }
    return visiting.page(here.visit, "estate/page.html", here.section, context)


def _require_assets(visit: Visit[Place]) -> None:
    visiting.require(visit.rights.see_assets)


def _is_ours(visit: Visit[Place]) -> bool:
    return not visit.actor.may(LA_ROLES, visit.place.la_code, None)


def _file_name(here: Where, suffix: str) -> str:
    today = days.day_in_england(datetime.now(UTC))
    return export.file_name("estate", here.of, on=today, suffix=suffix)
