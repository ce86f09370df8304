"""The caller of a request, as FastAPI dependencies."""

from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from chassis import http
from chassis.auth import Actor
from chassis.db import Database
from gateway.callers import model
from gateway.callers.model import Visitor
from gateway.callers.service import Callers
from gateway.callers.upstream import Upstream
from gateway.sessions.model import SignInNeeded

CurrentDatabase = Annotated[Database, Depends(http.database)]


def _callers(request: Request) -> Callers:
    callers: Callers = request.app.state.callers
    return callers


async def current_caller(request: Request, db: CurrentDatabase) -> Actor:
    """Find who calls the interface."""
    return await _callers(request).caller(db, request.scope)


async def any_visitor(request: Request, db: CurrentDatabase) -> Visitor:
    """Find who looks at a page, whatever they ask for."""
    return await _callers(request).visitor(db, request.headers.raw)


AnyVisitor = Annotated[Visitor, Depends(any_visitor)]


async def current_visitor(request: Request, visitor: AnyVisitor) -> Visitor:
    """Find who looks at a page; a change must carry the session's own token."""
    callers = _callers(request)
    callers.admit(visitor, request.scope)
    if request.method not in model.SAFE_METHODS:
        sent = await _csrf_token(request)
        callers.require_csrf(visitor, request.url.path, sent)
    return visitor


async def optional_visitor(request: Request, db: CurrentDatabase) -> Visitor | None:
    """Find who looks at a page that anyone may see."""
    try:
        return await current_visitor(request, await any_visitor(request, db))
    except SignInNeeded:
        return None


async def nobody_viewing(request: Request, db: CurrentDatabase) -> None:
    """Refuse what asks for no visitor to a browser that looks as somebody else.

    Raises:
        errors.ViewingOnly: it does.
    """
    callers = _callers(request)
    with suppress(SignInNeeded):
        callers.admit(await callers.visitor(db, request.headers.raw), request.scope)


async def _csrf_token(request: Request) -> str | None:
    sent = request.headers.get("x-csrf-token")
    kind = request.headers.get("content-type", "")
    if sent is None and kind.startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        field = (await request.form()).get("csrf_token")
        return None if isinstance(field, UploadFile) else field
    return sent


CurrentCaller = Annotated[Actor, Depends(current_caller)]
CurrentVisitor = Annotated[Visitor, Depends(current_visitor)]
OptionalVisitor = Annotated[Visitor | None, Depends(optional_visitor)]


async def current_upstream(request: Request, visitor: CurrentVisitor) -> Upstream:
    """Give the services as the visitor may use them."""
    callers = _callers(request)
    return Upstream(
        request.app.state.http,
        request.app.state.settings.service_urls,
        lambda service: callers.internal_token(visitor.actor, service),
    )


CurrentUpstream = Annotated[Upstream, Depends(current_upstream)]
