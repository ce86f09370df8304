"""The page of what a school is, over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from fastapi import APIRouter
from fastapi.responses import Response

from chassis import errors
from gateway.directory import service as directory
from gateway.directory.model import School, SchoolFilters
from gateway.portal.charts import routes as charts
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.comparison import model as comparison_model
from gateway.portal.school import model
from gateway.portal.school.model import Grouping
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter()


@router.get("/schools/{urn}/about")
async def about_page(visit: SchoolVisit) -> Response:
    school = await _school(visit)
    history = await directory.get_history(visit.database, visit.actor, school.urn)
    around = await _around(visit, school)
    context = {
        "school": school,
        "history": history,
        "successors": model.successors(history),
        "identity": model.facts_of_identity(school),
        "size": model.facts_of_size(school),
        "where": model.facts_of_place(school),
        "groupings": await _groupings(visit, school),
        "map": model.small_map(school, around),
        "words": model,
        "comparison_words": comparison_model,
    }
    return visiting.page(visit, "school/about.html", "about", context)


@router.get("/schools/{urn}/about/map.svg")
async def about_map(visit: SchoolVisit, look: CurrentLook) -> Response:
    school = await _school(visit)
    chart = model.small_map(school, await _around(visit, school))
    if chart is None:
        raise errors.NotFound
    return await charts.image(look, chart)


async def _school(visit: Visit[Place]) -> School:
    return await directory.get_school(visit.database, visit.actor, visit.place.urn)


async def _around(visit: Visit[Place], school: School) -> list[School]:
    """The schools of the LA that the visitor may see, but for those that are closed."""
    filters = SchoolFilters(la_code=school.la_code)
    found = await directory.every_school(visit.database, visit.actor, filters)
    return [each for each in found if each.status != "closed"]


async def _groupings(visit: Visit[Place], school: School) -> list[Grouping]:
    told = {"Trust": school.trust, "Federation": school.federation}
    return [
        Grouping(kind, name, await _others(visit, school, name))
        for kind, name in told.items()
        if name
    ]


async def _others(visit: Visit[Place], school: School, name: str) -> list[School]:
    filters = SchoolFilters(grouping=name)
    found = await directory.every_school(visit.database, visit.actor, filters)
    return [
        s for s in found if s.school_id != school.school_id and s.status != "closed"
    ]
