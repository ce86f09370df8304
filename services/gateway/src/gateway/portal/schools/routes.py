"""The list of an LA's schools and the school switcher over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis.paging import PageRequest
from gateway.directory import service as directory
from gateway.directory.model import SchoolFilters
from gateway.portal.comparison import model as words
from gateway.portal.search import model as search
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
    every = SchoolFilters(la_code)
    wanted = SchoolFilters(la_code, phase or None, search.cleaned(q) or None)
    found = await directory.my_schools(visit.database, visit.actor, wanted)
    total = len(found)
    if wanted != every:
        total = len(await directory.my_schools(visit.database, visit.actor, every))
    context = {
        "authority": authority,
        "schools": found,
        "total": total,
        "q": q,
        "phase": phase,
        "words": words,
    }
    return visiting.page(visit, "schools/authority.html", "schools", context)


@router.get("/switch-school")
async def switch_page(visit: UsualVisit, q: Search = "") -> Response:
    text = search.cleaned(q)
    first = await directory.list_schools(
        visit.database, visit.actor, SchoolFilters(), PageRequest(SHOWN, None)
    )
    schools, more, guessed = first.items, first.next is not None, False
    if text:
        found = await directory.find_schools(visit.database, visit.actor, text, SHOWN)
        schools, guessed = found.schools, found.guessed
        more = found.total > SHOWN
    context = {
        "schools": schools,
        "recent": [] if text else await visiting.recent_schools(visit),
        "more": more,
        "guessed": guessed,
        "any": bool(first.items),
        "search": len(first.items) > MANY,
        "q": q,
        "present": visit.place.urn if visit.place else None,
        "words": words,
    }
    return visiting.page(visit, "schools/switch.html", "", context)
