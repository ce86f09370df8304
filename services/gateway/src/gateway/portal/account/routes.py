"""The page of somebody's own account, and the end of messages by their link."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from chassis import errors
from gateway.callers.model import cookie_of
from gateway.callers.routes import CurrentDatabase, nobody_viewing
from gateway.directory import service as directory
from gateway.directory.model import School
from gateway.login import service as login
from gateway.mail import service as mail
from gateway.mail.routes import STOP
from gateway.portal.account import model, schemas
from gateway.portal.account.model import Held, Seat
from gateway.portal.templates import environment
from gateway.portal.visit import model as visit_model
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit, VisitIfAny
from gateway.sessions.model import COOKIE

router = APIRouter()
Chosen = Annotated[schemas.ChoiceForm, Form()]


@router.get("/account")
async def account_page(visit: UsualVisit) -> Response:
    parts: login.Parts = visit.request.app.state.login
    this = visit.visitor.session_id
    found = await parts.sessions.seats(visit.database, visit.actor.principal)
    seats = [
        Seat(each.created_at, each.last_seen_at, each.session_hash == this)
        for each in found
    ]
    context = {
        "held": await _held(visit),
        "seats": seats,
        "choices": await mail.list_choices(visit.database, visit.actor),
        "unreached": await mail.get_refusal(
            visit.database, visit.actor, UUID(visit.actor.principal)
        ),
        "words": model,
    }
    return visiting.page(visit, "account/view.html", "account", context)


@router.post("/account/post")
async def choose(visit: UsualVisit, form: Chosen) -> Response:
    for kind, frequency in form.chosen().items():
        await mail.choose(visit.database, visit.actor, kind, frequency)
    return visiting.see_other("/account", "account-changed")


@router.post("/account/sign-out-elsewhere")
async def sign_out_elsewhere(visit: UsualVisit) -> Response:
    parts: login.Parts = visit.request.app.state.login
    cookie = cookie_of(visit.request.headers.raw, COOKIE) or ""
    await login.log_out_elsewhere(visit.database, parts, cookie)
    return visiting.see_other("/account", "sessions-ended")


@router.get(STOP)
async def stop_page(visit: VisitIfAny, token: str = "") -> Response:
    """Ask before anything is stopped: a mail program may open every link."""
    frame = visiting.frame(visit, "") if visit else None
    context: dict[str, object] = {"frame": frame, "sealed": token, "stopped": False}
    return visiting.html(environment.draw("account/stop.html", context))


@router.post(STOP, dependencies=[Depends(nobody_viewing)])
async def stop(
    request: Request, db: CurrentDatabase, token: Annotated[str, Form()] = ""
) -> Response:
    """Stop one kind of messages for whom they were written to, signed in or not."""
    await mail.unsubscribe(db, request.app.state.seal, token)
    context: dict[str, object] = {"frame": None, "sealed": "", "stopped": True}
    return visiting.html(environment.draw("account/stop.html", context))


async def _held(visit: UsualVisit) -> list[Held]:
    """List each role with the names of where it is held."""
    actor, db = visit.actor, visit.database
    schools = {s.school_id: s.name for s in await _schools(visit)}
    las = {la.la_code: la.name for la in await directory.my_authorities(db, actor)}
    return [
        Held(
            visit_model.ROLE_NAMES.get(grant.role, grant.role),
            sorted(
                [las[code] for code in grant.la_codes if code in las]
                + [schools[each] for each in grant.school_ids if each in schools]
            ),
        )
        for grant in actor.grants
    ]


async def _schools(visit: UsualVisit) -> Sequence[School]:
    try:
        return await directory.my_schools(visit.database, visit.actor)
    except errors.Forbidden:
        return []
