"""Signing in and out over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from chassis.http import reply
from gateway.callers import model as callers_model
from gateway.callers.routes import CurrentDatabase, CurrentVisitor, nobody_viewing
from gateway.issuer.model import LONGEST_TOKEN, TokenRefused
from gateway.login import model, service
from gateway.sessions import devices
from gateway.sessions.model import COOKIE

router = APIRouter(include_in_schema=False)


def _parts(request: Request) -> service.Parts:
    parts: service.Parts = request.app.state.login
    return parts


def _set(answer: Response, name: str, value: str, seconds: int | None) -> None:
    """Lax: a link in an e-mail must arrive signed in."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


@router.get("/login")
async def begin_login(
    request: Request,
    next_path: Annotated[str | None, Query(alias="next")] = None,
    action: Annotated[str | None, Query(max_length=60)] = None,
    afresh: Annotated[bool, Query()] = False,
    rather: Annotated[str | None, Query(alias="with", max_length=60)] = None,
) -> Response:
    wish = model.Wish(next_path, action, afresh, rather == "passkey")
    # Who changes their mind on the way goes on to where they were going.
    before = request.cookies.get(model.STATE_COOKIE) if rather else None
    started = await service.begin_login(_parts(request), wish, before)
    answer = RedirectResponse(started.location, 303)
    _set(answer, model.STATE_COOKIE, started.sealed_state, model.STATE_SECONDS)
    return answer


async def returned(
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=2000)] = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
    error: Annotated[str | None, Query(max_length=200)] = None,
) -> service.Returned:
    return service.Returned(state, code, iss, error)


@router.get("/login/callback")
async def finish_login(
    request: Request,
    db: CurrentDatabase,
    came_back: Annotated[service.Returned, Depends(returned)],
) -> Response:
    signed_in = await service.finish_login(
        db,
        _parts(request),
        request.cookies.get(model.STATE_COOKIE),
        came_back,
        service.Came(
            callers_model.cookie_of(request.headers.raw, COOKIE),
            devices.device_of(request.headers.get("user-agent", "")),
        ),
    )
    answer = RedirectResponse(signed_in.next, 303)
    _set(answer, COOKIE, signed_in.cookie, None)
    _set(answer, model.STATE_COOKIE, "", 0)
    return answer


@router.post("/logout")
async def log_out(
    request: Request, db: CurrentDatabase, _visitor: CurrentVisitor
) -> Response:
    cookie = callers_model.cookie_of(request.headers.raw, COOKIE) or ""
    answer = RedirectResponse(await service.log_out(db, _parts(request), cookie), 303)
    _set(answer, COOKIE, "", 0)
    return answer


@router.post("/backchannel-logout", dependencies=[Depends(nobody_viewing)])
async def end_by_issuer(
    request: Request,
    db: CurrentDatabase,
    logout_token: Annotated[str, Form(max_length=LONGEST_TOKEN)],
) -> Response:
    """Answer as OpenID Connect Back-Channel Logout 1.0, section 2.8, says."""
    try:
        await service.end_by_issuer(db, _parts(request), logout_token)
    except TokenRefused:
        return reply({"error": "invalid_request"}, 400)
    return Response(status_code=200)
