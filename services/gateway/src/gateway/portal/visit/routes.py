"""What every page route shares: the visit, the frame, the answer after a form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar, cast
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from chassis import errors, problems
from chassis.auth import Actor
from chassis.db import Database
from gateway.callers import routes as callers
from gateway.callers.model import SAFE_METHODS, Visitor
from gateway.callers.routes import CurrentDatabase, CurrentUpstream, CurrentVisitor
from gateway.callers.upstream import Upstream
from gateway.directory import service as directory
from gateway.directory.model import Authority, School
from gateway.portal.templates import environment
from gateway.portal.visit import flash as flashes
from gateway.portal.visit import model
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.sessions.model import SignInNeeded
from gateway.sessions.seal import Seal

Where_co = TypeVar("Where_co", bound=Place | None, covariant=True)
SCHOOL_COOKIE = "__Host-joinedup-school"
FLASH_COOKIE = "__Host-joinedup-flash"
A_YEAR = 365 * 24 * 3600


class MovedOn(Exception):
    """A page was asked for by a URN that its school had: it stands at `where` now."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def place_of(school: School) -> Place:
    return Place(
        school.school_id,
        school.urn,
        school.name,
        school.phase,
        school.la_code,
        school.la_name,
    )


def parse_urn(text: str) -> int:
    """Read a URN of a path; one that cannot be is a school that is not there.

    Raises:
        errors.NotFound: it is no URN.
    """
    if len(text) != model.URN_DIGITS or not (text.isascii() and text.isdigit()):
        raise errors.NotFound
    return int(text)


@dataclass(frozen=True, slots=True)
class Visit(Generic[Where_co]):
    """A request for a page: who asks, where they stand, and what answers them."""

    request: Request
    visitor: Visitor
    upstream: Upstream
    database: Database
    place: Where_co

    @property
    def actor(self) -> Actor:
        return self.visitor.actor

    @property
    def rights(self) -> model.Rights:
        return _rights(self.actor, self.place)


def _rights(actor: Actor, place: Place | None) -> model.Rights:
    return model.rights_at(actor, place) if place else model.NO_RIGHTS


async def school_visit(
    request: Request,
    visitor: CurrentVisitor,
    upstream: CurrentUpstream,
    database: CurrentDatabase,
    urn: str,
) -> Visit[Place]:
    """Find the school that the path names.

    Raises:
        MovedOn: a page is asked for by a URN that the school had before.
    """
    school = await directory.get_school(database, visitor.actor, parse_urn(urn))
    if school.urn != int(urn) and request.method in SAFE_METHODS:
        raise MovedOn(_under(school.urn, request))
    return Visit(request, visitor, upstream, database, place_of(school))


def _under(urn: int, request: Request) -> str:
    """The address of the same page, of the same query, under another URN."""
    _, _, _, *rest = request.url.path.split("/")
    path = quote("/".join(("/schools", str(urn), *rest)))
    return f"{path}?{request.url.query}" if request.url.query else path


SchoolVisit = Annotated[Visit[Place], Depends(school_visit)]


async def usual_visit(
    request: Request,
    visitor: CurrentVisitor,
    upstream: CurrentUpstream,
    database: CurrentDatabase,
) -> Visit[Place | None]:
    """Find the school of the last visit, else the first one of a school role."""
    place = await _usual_place(request, visitor, database)
    return Visit(request, visitor, upstream, database, place)


UsualVisit = Annotated[Visit[Place | None], Depends(usual_visit)]


async def visit_if_any(
    request: Request, database: CurrentDatabase
) -> Visit[Place | None] | None:
    """Find who looks at a page that is also there for those who are signed out."""
    try:
        known = await callers.any_visitor(request, database)
    except SignInNeeded:
        return None
    visitor = await callers.current_visitor(request, known)
    return await visit_of(request, database, visitor)


async def visit_of(
    request: Request, database: Database, visitor: Visitor
) -> Visit[Place | None]:
    """Make the visit of somebody who is known already."""
    upstream = await callers.current_upstream(request, visitor)
    return await usual_visit(request, visitor, upstream, database)


VisitIfAny = Annotated[Visit[Place | None] | None, Depends(visit_if_any)]


async def _usual_place(
    request: Request, visitor: Visitor, database: Database
) -> Place | None:
    recent = _recent(request, visitor)
    for school in await directory.schools_of_urns(database, visitor.actor, recent):
        return place_of(school)
    if visitor.actor.las(model.LA_ROLES):
        return None
    mine = await directory.my_schools(database, visitor.actor)
    return place_of(mine[0]) if mine else None


def _recent(request: Request, visitor: Visitor) -> Sequence[int]:
    """Say which schools a browser was at; not to who looks as somebody else."""
    if visitor.administrator:
        return ()
    return model.recent_urns(request.cookies.get(SCHOOL_COOKIE, ""))


async def recent_schools(visit: Visit[Place | None]) -> list[School]:
    """List the schools that were looked at last, but for the present one."""
    recent = _recent(visit.request, visit.visitor)
    found = await directory.schools_of_urns(visit.database, visit.actor, recent)
    present = visit.place.school_id if visit.place else None
    return [school for school in found if school.school_id != present]


async def authority_of(visit: Visit[Place | None], la_code: str) -> Authority:
    """Find an LA in which the visitor holds a role of the whole LA.

    Raises:
        errors.NotFound: there is none of this code among theirs.
    """
    mine = await directory.my_authorities(visit.database, visit.actor)
    for authority in mine:
        if authority.la_code == la_code:
            return authority
    raise errors.NotFound


def require(allowed: bool) -> None:
    """Refuse a form to whom the service would refuse what it sends.

    Raises:
        errors.Forbidden: the visitor's roles at this school do not allow it.
    """
    if not allowed:
        raise errors.Forbidden


def page(
    visit: Visit[Place | None],
    template: str,
    section: str,
    context: Mapping[str, object],
    status: int = 200,
) -> HTMLResponse:
    """Draw a page in its frame; a flash is shown once, the school is remembered.

    Which schools somebody looks at as another is remembered for neither of them.
    """
    place, said = visit.place, visit.request.cookies.get(FLASH_COOKIE)
    shown = {"frame": frame(visit, section), "place": place, "rights": visit.rights}
    answer = html(environment.draw(template, {**shown, **context}), status)
    if said:
        answer.delete_cookie(FLASH_COOKIE, secure=True, httponly=True, samesite="lax")
    if place and not visit.visitor.administrator:
        before = visit.request.cookies.get(SCHOOL_COOKIE, "")
        recent = model.with_recent(before, place.urn)
        if recent != before:
            _keep(answer, SCHOOL_COOKIE, recent, A_YEAR)
    return answer


def frame(visit: Visit[Place | None], section: str) -> model.Frame:
    """Make what the header of a page shows."""
    said = visit.request.cookies.get(FLASH_COOKIE, "")
    seal: Seal = visit.request.app.state.seal
    return model.Frame(
        visit.visitor.display_name,
        visit.visitor.csrf_token,
        visit.request.url.path,
        model.links_for(visit.actor, visit.place, section),
        visit.place,
        model.can_switch(visit.actor),
        model.can_search(visit.actor),
        flashes.read(seal, visit.visitor.session_id, said),
        visit.visitor.administrator is not None,
    )


def html(drawn: str, status: int = 200) -> HTMLResponse:
    """Answer with a page that no shared computer keeps after signing out."""
    return HTMLResponse(drawn, status, headers={"Cache-Control": "no-store"})


def see_other(where: str, flash: str = "") -> Response:
    """Send the browser on after a form, so that reloading repeats nothing.

    The flash is a name from a closed list, so there is nothing in it to forge.
    """
    answer = RedirectResponse(where, 303)
    if flash in flashes.TEXTS:
        _keep(answer, FLASH_COOKIE, flash, flashes.SECONDS)
    return answer


def undoable(
    visit: Visit[Place | None], where: str, flash: str, undo: Undo
) -> Response:
    """Send the browser on after a form, and let the next page offer to take it back."""
    seal: Seal = visit.request.app.state.seal
    answer = RedirectResponse(where, 303)
    value = flashes.write(seal, visit.visitor.session_id, flash, undo)
    _keep(answer, FLASH_COOKIE, value, flashes.SECONDS)
    return answer


def _keep(answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name, value, max_age=seconds, secure=True, httponly=True, samesite="lax"
    )


def status_of(refusal: errors.Refusal | None) -> int:
    """Say with which status a form is shown: 200 where nothing of it was refused."""
    return 200 if refusal is None else problems.status_of(refusal)


def messages(refusal: errors.Refusal, fallback: str) -> dict[str, str]:
    """Map each fault to the field it points at: the first word per field counts."""
    found: dict[str, str] = {}
    for fault in _faults_of(refusal):
        field = fault.pointer.strip("/").rpartition("/")[2] or fallback
        found.setdefault(field, fault.detail)
    return found or {fallback: refusal.detail}


def _faults_of(refusal: errors.Refusal) -> Iterable[errors.Fault]:
    listed = refusal.members.get("errors")
    return cast("list[errors.Fault]", listed) if isinstance(listed, list) else ()
