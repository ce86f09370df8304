"""The map of an LA's schools over HTTP."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis import errors
from gateway.directory import service as directory
from gateway.directory.model import Authority, SchoolFilters
from gateway.portal.charts import routes as charts
from gateway.portal.charts.model import Dots
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.comparison import model as comparison_model
from gateway.portal.comparison import service as comparison
from gateway.portal.estate import service as estate
from gateway.portal.map import model
from gateway.portal.map.model import Placed
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter()
Colour = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Map:
    """What a map shows."""

    authority: Authority
    colour: str
    found: list[Placed]
    drawn: Dots | None
    has_figures: bool


@router.get("/authorities/{la_code}/map")
async def map_page(
    visit: UsualVisit, la_code: str, colour: Colour = model.PHASE
) -> Response:
    made = await _map(visit, la_code, colour)
    context = {
        "authority": made.authority,
        "colour": made.colour,
        "colours": model.COLOURS,
        "found": made.found,
        "nowhere": model.nowhere(made.found),
        "map": made.drawn,
        "has_figures": made.has_figures,
        "words": comparison_model,
    }
    return visiting.page(visit, "map/authority.html", "map", context)


@router.get("/authorities/{la_code}/map.svg")
async def map_chart(
    visit: UsualVisit, look: CurrentLook, la_code: str, colour: Colour = model.PHASE
) -> Response:
    made = await _map(visit, la_code, colour)
    if made.drawn is None:
        raise errors.NotFound
    return await charts.image(look, made.drawn)


async def _map(visit: Visit[Place | None], la_code: str, asked: str) -> Map:
    """Place the open schools of an LA, told apart by what is asked for, or by phase.

    Raises:
        errors.NotFound: the visitor holds no role over the LA.
    """
    authority = await visiting.authority_of(visit, la_code)
    colour = asked if asked in model.COLOURS else model.PHASE
    filters = SchoolFilters(la_code=la_code)
    schools = await directory.every_school(visit.database, visit.actor, filters)
    open_schools = [
        s for s in schools if s.status in {"open", "open-proposed-to-close"}
    ]
    figures = await _figures(visit, la_code, colour)
    if figures is None:
        colour = model.PHASE
    found = model.placed(open_schools, figures or {}, colour)
    drawn = model.drawn(f"Schools of {authority.name}", found, colour)
    return Map(authority, colour, found, drawn, figures is not None)


async def _figures(
    visit: Visit[Place | None], la_code: str, colour: str
) -> model.Figures | None:
    """Read the figures by URN; None where their service does not answer just now."""
    if colour == model.PHASE:
        return {}
    try:
        if colour == model.ESTATE:
            return await estate.every_school(visit.upstream, la_code)
        told = await comparison.get_authority(visit.upstream, la_code)
    except (errors.Unavailable, errors.TimedOut):
        return None
    return {school.school_urn: school for school in told.schools}
