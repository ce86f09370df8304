"""Refusals as their reader can use them: a page for people, a problem for programs.

A page whose school has another URN by now is no refusal: it leads on.
"""

from collections.abc import Awaitable, Callable, Collection
from fnmatch import fnmatchcase
from inspect import isawaitable
from typing import cast
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from chassis import errors, problems
from chassis.http import AsgiApp, Message, Receive, Scope, Send
from gateway.portal import errors as pages
from gateway.portal.visit import routes as visiting
from gateway.sessions.model import SignInNeeded

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]
FOR_EVER, SEE_OTHER, TOO_LARGE = 308, 303, 413
_KEPT = ("allow", "retry-after")


def install(app: FastAPI, too_large: Collection[str]) -> None:
    """Put pages in front of the problems, for whoever asked for a page.

    `too_large` are the addresses of forms that say themselves that a file is too large.
    """
    app.add_middleware(TooLargeAsPage, forms=too_large)
    for kind, handler in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _as_page(cast("Handler", handler)))
    app.add_exception_handler(visiting.MovedOn, _moved_on)


def _moved_on(_request: Request, error: Exception) -> Response:
    return RedirectResponse(cast("visiting.MovedOn", error).where, FOR_EVER)


class TooLargeAsPage:
    """Says as a page that a form was too much to be read, so that it was not.

    A form that is listed is shown again, with `?too_large=yes`.
    """

    def __init__(self, app: AsgiApp, forms: Collection[str]) -> None:
        self._app = app
        self._forms = forms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        is_replaced = False

        async def told(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and _unread(message):
                is_replaced = True
                answer = await self._page(Request(scope))
                await answer(scope, receive, send)
            elif not is_replaced:
                await send(message)

        await self._app(scope, receive, told)

    async def _page(self, request: Request) -> Response:
        path = request.url.path
        if any(fnmatchcase(path, form) for form in self._forms):
            return RedirectResponse(f"{quote(path)}?too_large=yes", SEE_OTHER)
        refusal = errors.TooLarge()
        trace_id = problems.trace_id()
        return await pages.page_for_problem(
            request, TOO_LARGE, refusal.title, refusal.detail, trace_id
        )


def _unread(message: Message) -> bool:
    """Say whether an answer is the problem that a body is too large."""
    kind = (b"content-type", problems.MEDIA_TYPE.encode())
    return message["status"] == TOO_LARGE and kind in message["headers"]


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
