"""The search page and its quick panel over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from gateway.portal.search import model, service
from gateway.portal.search.schemas import SearchQuery
from gateway.portal.templates import environment
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter(prefix="/search")
Asked = Annotated[SearchQuery, Query()]


@router.get("")
async def search_page(visit: UsualVisit, query: Asked) -> Response:
    offered = model.kinds_for(visit.actor)
    chosen = query.chosen(offered)
    if chosen is None:
        asked = _search(visit, query.text)
        groups = await service.search(asked, offered)
    else:
        asked = _search(visit, query.text, model.MANY, query.after or None)
        groups = await service.search(asked, [chosen])
    context = {
        "groups": groups,
        "offered": offered,
        "chosen": chosen,
        "text": query.text,
        "asked": query.text,
        "after": query.after,
        "words": model,
    }
    return visiting.page(visit, "search/page.html", "search", context)


@router.get("/quick")
async def quick_panel(visit: UsualVisit, query: Asked) -> Response:
    """Draw the first results alone, for the box of every page."""
    asked = _search(visit, query.text)
    groups = await service.search(asked, model.kinds_for(visit.actor))
    context: dict[str, object] = {"groups": groups, "text": query.text, "words": model}
    return visiting.html(environment.draw("search/quick.html", context))


def _search(
    visit: Visit[Place | None],
    text: str,
    size: int = model.FEW,
    after: str | None = None,
) -> service.Search:
    return service.Search(
        visit.actor, visit.database, visit.upstream, text, size, after
    )
