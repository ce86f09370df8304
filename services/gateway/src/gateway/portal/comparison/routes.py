"""The comparison pages over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.charts import routes as charts
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.comparison import drawn, model, schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import LA_ROLES, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit

router = APIRouter()
Wanted = Annotated[schemas.ComparisonQuery, Query()]


@router.get("/authorities/{la_code}/comparison")
async def authority_page(visit: UsualVisit, la_code: str, query: Wanted) -> Response:
    if la_code not in visit.actor.las(LA_ROLES):
        return _own_school(visit.place, la_code)
    found = await service.get_authority(visit.upstream, la_code)
    schools = service.chosen(found, query.phase, query.sort)
    measure = model.chosen_measure(found.measures, query.measure)
    context = {
        "authority": await visiting.authority_of(visit, la_code),
        "found": found,
        "schools": schools,
        "measure": measure,
        "chart": drawn.bars(measure, schools),
        "measures": {m.measure: model.name_of(m.measure) for m in found.measures},
        "phases": model.phases_of(found.schools),
        "directions": {m.measure: m.direction for m in found.measures},
        "query": query,
        "words": model,
    }
    return visiting.page(visit, "comparison/authority.html", "comparison", context)


@router.get("/authorities/{la_code}/comparison.svg")
async def authority_chart(
    visit: UsualVisit, look: CurrentLook, la_code: str, query: Wanted
) -> Response:
    if la_code not in visit.actor.las(LA_ROLES):
        raise errors.NotFound
    found = await service.get_authority(visit.upstream, la_code)
    measure = model.chosen_measure(found.measures, query.measure)
    chart = drawn.bars(measure, service.chosen(found, query.phase, "name"))
    if chart is None:
        raise errors.NotFound
    return await charts.image(look, chart)


@router.get("/authorities/{la_code}/comparison.csv")
async def authority_csv(visit: UsualVisit, la_code: str, query: Wanted) -> Response:
    if la_code not in visit.actor.las(LA_ROLES):
        raise errors.NotFound
    found = await service.get_authority(visit.upstream, la_code)
    text = service.as_csv(service.chosen(found, query.phase, query.sort))
    name = f'attachment; filename="comparison-{la_code}.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/schools/{urn}/comparison")
async def school_page(visit: SchoolVisit) -> Response:
    found = await service.get_school(visit.upstream, visit.place.urn)
    context = {"found": found, "words": model}
    return visiting.page(visit, "comparison/school.html", "comparison", context)


def _own_school(place: Place | None, la_code: str) -> Response:
    """Show a school's own people their own school: other schools stay unnamed."""
    if place is None or place.la_code != la_code:
        raise errors.NotFound
    return RedirectResponse(f"/schools/{place.urn}/comparison", 303)
