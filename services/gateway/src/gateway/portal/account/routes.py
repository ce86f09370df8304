"""The page of somebody's own account, and the end of messages by their link."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import Response

from chassis import errors
from gateway.callers.model import cookie_of
from gateway.callers.routes import CurrentDatabase, nobody_viewing
from gateway.directory import service as directory
from gateway.directory.model import School
from gateway.issuer.service import IssuerDown
from gateway.login import service as login
from gateway.mail import model as mail_model
from gateway.mail import service as mail
from gateway.mail.routes import STOP
from gateway.portal.account import model, schemas
from gateway.portal.account.model import Held, Seat
from gateway.portal.digests.service import KIND
from gateway.portal.templates import environment
from gateway.portal.visit import model as visit_model
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit, VisitIfAny
from gateway.second_steps import service as second_steps
from gateway.second_steps.model import SecondStep
from gateway.sessions.model import COOKIE, Session

router = APIRouter()
Chosen = Annotated[schemas.ChoiceForm, Form()]
StepId = Annotated[str, Path(max_length=100)]


@router.get("/account")
async def account_page(visit: UsualVisit) -> Response:
    parts: login.Parts = visit.request.app.state.login
    this = visit.visitor.session_id
    found = await parts.sessions.seats(visit.database, visit.actor.principal)
    seats = [
        Seat(each.created_at, each.last_seen_at, each.session_hash == this, each.device)
        for each in found
    ]
    context = {
        "held": await _held(visit),
        "seats": seats,
        "steps": await _second_steps(visit),
        "choices": await _choices(visit),
        "unreached": await mail.get_refusal(
            visit.database, visit.actor, UUID(visit.actor.principal)
        ),
        "words": model,
    }
    return visiting.page(visit, "account/view.html", "account", context)


async def _choices(visit: Visit[Place | None]) -> dict[mail_model.Kind, str]:
    """Say how they are told of what there is to be told of, for them."""
    found = await mail.list_choices(visit.database, visit.actor)
    has_kit = any(g.role in visit_model.READERS for g in visit.actor.grants)
    return {kind: often for kind, often in found.items() if has_kit or kind != KIND}


@router.post("/account/post")
async def choose(visit: UsualVisit, form: Chosen) -> Response:
    for kind, frequency in form.chosen().items():
        await mail.choose(visit.database, visit.actor, kind, frequency)
    return visiting.see_other("/account", "account-changed")


@router.get("/account/second-steps/{step_id}")
async def second_step_page(visit: UsualVisit, step_id: StepId) -> Response:
    chosen = await second_steps.get_step(
        _steps(visit), await _own_session(visit), visit.actor, step_id, _now()
    )
    context = {"chosen": chosen, "words": model}
    return visiting.page(visit, "account/second-step.html", "account", context)


@router.post("/account/second-steps/{step_id}/remove")
async def remove_second_step(visit: UsualVisit, step_id: StepId) -> Response:
    await second_steps.remove_step(
        visit.database,
        _steps(visit),
        await _own_session(visit),
        visit.actor,
        step_id,
        _now(),
    )
    return visiting.see_other("/account", "second-step-removed")


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


def _steps(visit: UsualVisit) -> second_steps.Parts:
    parts: second_steps.Parts = visit.request.app.state.second_steps
    return parts


async def _own_session(visit: UsualVisit) -> Session:
    """Find the session of whoever looks: nobody sees another's second steps.

    Raises:
        errors.NotFound: they look as somebody else.
    """
    if visit.visitor.administrator is not None:
        raise errors.NotFound
    parts: login.Parts = visit.request.app.state.login
    cookie = cookie_of(visit.request.headers.raw, COOKIE) or ""
    return await parts.sessions.find(visit.database, cookie)


async def _second_steps(visit: UsualVisit) -> Sequence[SecondStep] | None:
    """List second steps; None where the sign-on does not say, or it is another's."""
    try:
        return await second_steps.list_steps(_steps(visit), await _own_session(visit))
    except (errors.NotFound, IssuerDown):
        return None


def _now() -> datetime:
    return datetime.now(UTC)


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
