"""The list of an LA's schools and the school switcher over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from gateway.directory import service as directory
from gateway.portal.comparison import model as words
from gateway.portal.schools import service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit

router = APIRouter()
MANY = 12
SHOWN = 60
Search = Annotated[str, Query(max_length=100)]


@router.get("/authorities/{la_code}/schools")
async def authority_schools(
    visit: UsualVisit, la_code: str, q: Search = "", phase: Search = ""
) -> Response:
    authority = await visiting.authority_of(visit, la_code)
    mine = await directory.my_schools(visit.database, visit.actor)
    schools = [s for s in mine if s.la_code == la_code]
    context = {
        "authority": authority,
        "schools": service.matching(schools, q, phase),
        "total": len(schools),
        "q": q,
        "phase": phase,
        "words": words,
    }
    return visiting.page(visit, "schools/authority.html", "schools", context)


@router.get("/switch-school")
async def switch_page(visit: UsualVisit, q: Search = "") -> Response:
    mine = await directory.my_schools(visit.database, visit.actor)
    found = service.matching(mine, q)
    context = {
        "schools": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "total": len(mine),
        "search": len(mine) > MANY,
        "q": q,
        "present": visit.place.urn if visit.place else None,
        "words": words,
    }
    return visiting.page(visit, "schools/switch.html", "", context)
