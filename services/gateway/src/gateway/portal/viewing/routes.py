"""The forms that begin and end looking as somebody else, over HTTP."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response

from gateway.callers.model import cookie_of
from gateway.login import service as login
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit
from gateway.sessions.model import COOKIE, Session
from gateway.sessions.service import Sessions
from gateway.viewing import model, service

router = APIRouter()


@router.post("/people/{person_id:uuid}/view")
async def begin(visit: UsualVisit, person_id: UUID) -> Response:
    sessions, session = await _session(visit)
    await service.begin(visit.database, sessions, session, visit.actor, person_id)
    return visiting.see_other("/")


@router.post(model.STOP)
async def stop(visit: UsualVisit) -> Response:
    sessions, session = await _session(visit)
    await service.end(visit.database, sessions, session, "stopped")
    looked = session.viewing_as
    return visiting.see_other(f"/people/{looked}" if looked else "/")


async def _session(visit: UsualVisit) -> tuple[Sessions, Session]:
    parts: login.Parts = visit.request.app.state.login
    cookie = cookie_of(visit.request.headers.raw, COOKIE) or ""
    session = await parts.sessions.find_anew(visit.database, cookie)
    return parts.sessions, session
