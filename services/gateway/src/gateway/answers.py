"""Refusals as their reader can use them: a page for people, a problem for programs.

A page whose school has another URN by now is no refusal: it leads on.
"""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import cast
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from chassis import problems
from gateway.portal import errors as pages
from gateway.portal.visit import routes as visiting
from gateway.sessions.model import SignInNeeded

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]
FOR_EVER = 308
_KEPT = ("allow", "retry-after")


def install(app: FastAPI) -> None:
    """Put pages in front of the problems, for whoever asked for a page."""
    for kind, handler in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _as_page(cast("Handler", handler)))
    app.add_exception_handler(visiting.MovedOn, _moved_on)


def _moved_on(_request: Request, error: Exception) -> Response:
    return RedirectResponse(cast("visiting.MovedOn", error).where, FOR_EVER)


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get(
        "accept", ""
    ) and not request.url.path.startswith("/api/")


def _as_page(handler: Handler) -> Handler:
    async def answer(request: Request, error: Exception) -> Response:
        if not wants_page(request):
            return await _problem(handler, request, error)
        if isinstance(error, SignInNeeded) and request.method in {"GET", "HEAD"}:
            return RedirectResponse(f"/login?next={_here(request)}", 303)
        return await _page(request, await _problem(handler, request, error))

    return answer


async def _problem(handler: Handler, request: Request, error: Exception) -> Response:
    found = handler(request, error)
    return await found if isawaitable(found) else found


async def _page(request: Request, problem: Response) -> Response:
    if problem.media_type != problems.MEDIA_TYPE:
        return problem
    members = orjson.loads(problem.body)
    page = await pages.page_for_problem(
        request,
        problem.status_code,
        members["title"],
        members["detail"],
        members["trace_id"],
    )
    for name in _KEPT:
        if name in problem.headers:
            page.headers[name] = problem.headers[name]
    return page


def _here(request: Request) -> str:
    query = request.url.query
    return quote(request.url.path + (f"?{query}" if query else ""), safe="/")
