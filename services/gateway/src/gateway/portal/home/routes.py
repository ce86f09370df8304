"""The welcome page, home, one school's page and the statements, over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from contracts import roles
from gateway import days
from gateway.directory import service as directory
from gateway.notices import service as notices
from gateway.notices.model import Notice
from gateway.portal.assets import model as assets_model
from gateway.portal.comparison import model as comparison_model
from gateway.portal.estate import model as estate_model
from gateway.portal.home import service
from gateway.portal.notices import model as notice_words
from gateway.portal.templates import environment
from gateway.portal.tickets import model as tickets_model
from gateway.portal.visit import model
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit, VisitIfAny

router = APIRouter()
MANAGERS = frozenset({roles.LA_MANAGER})
WORDS = {
    "words": comparison_model,
    "ticket_words": tickets_model,
    "notice_words": notice_words,
    "asset_words": assets_model,
    "estate_words": estate_model,
}


@router.get("/")
async def home(visit: VisitIfAny) -> Response:
    if visit is None:
        return _statement(None, "home/welcome.html")
    las = visit.actor.las(model.LA_ROLES)
    if las:
        return await _authority(visit, model.usual_la(las, visit.place))
    if visit.place:
        return await _school(visit, visit.place, "home")
    if visit.actor.las(model.ANALYSTS):
        region = await service.region_home(visit.upstream)
        context = {"region": region, "notices": await _notices(visit), **WORDS}
        return visiting.page(visit, "home/region.html", "home", context)
    context = {"notices": await _notices(visit), **WORDS}
    return visiting.page(visit, "home/elsewhere.html", "home", context)


@router.get("/schools/{urn}")
async def school_home(visit: SchoolVisit) -> Response:
    section = "" if visit.actor.las(model.LA_ROLES) else "home"
    return await _school(visit, visit.place, section)


@router.get("/accessibility")
async def accessibility(visit: VisitIfAny) -> Response:
    return _statement(visit, "home/accessibility.html")


@router.get("/cookies")
async def cookies(visit: VisitIfAny) -> Response:
    return _statement(visit, "home/cookies.html")


@router.get("/keyboard")
async def keyboard(visit: VisitIfAny) -> Response:
    return _statement(visit, "home/keyboard.html")


@router.get("/favicon.ico")
async def icon() -> Response:
    """Answer the browsers that ask for an icon without reading the page."""
    return RedirectResponse(environment.asset_url("icon.svg"), 308)


def _statement(visit: Visit[Place | None] | None, template: str) -> Response:
    """Draw a page that is there for everybody, in the frame of who is signed in."""
    if visit is not None:
        return visiting.page(visit, template, "", {})
    return visiting.html(environment.draw(template, {"frame": None}))


async def _authority(visit: Visit[Place | None], la_code: str) -> Response:
    home = await service.authority_home(visit.upstream, la_code)
    mine = await directory.my_authorities(visit.database, visit.actor)
    figures = home.benchmarks.schools if home.benchmarks else []
    context = {
        "home": home,
        "authority": next(a for a in mine if a.la_code == la_code),
        "authorities": mine,
        "roles": model.role_names(visit.actor),
        "devices": sum(school.devices for school in figures),
        "open_tickets": sum(school.open_tickets for school in figures),
        "schools": {school.school_urn: school.name for school in figures},
        "wanting": comparison_model.wanting(figures),
        "queue": comparison_model.queue(figures),
        "manages": visit.actor.may(MANAGERS, la_code, None),
        "changes": visit.actor.may(model.TECHNICIANS, la_code, None),
        "notices": await _notices(visit),
        **WORDS,
    }
    return visiting.page(visit, "home/authority.html", "home", context)


async def _school(visit: Visit[Place | None], place: Place, section: str) -> Response:
    home = await service.school_home(visit.upstream, place, visit.rights)
    shown = await _notices(visit) if section == "home" else ()
    is_ours = not visit.actor.may(model.LA_ROLES, place.la_code, None)
    context = {"home": home, "notices": shown, "is_ours": is_ours, **WORDS}
    return visiting.page(visit, "home/school.html", section, context)


async def _notices(visit: Visit[Place | None]) -> Sequence[Notice]:
    """List what the visitor's LA has to tell them today."""
    today = days.day_in_england(datetime.now(UTC))
    return await notices.shown_notices(visit.database, visit.actor, today)
