"""What a person reads when a page cannot be shown."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse

from chassis import errors
from gateway.callers import routes as callers
from gateway.callers.model import FormExpired
from gateway.login.model import LoginRefused
from gateway.portal.templates import environment
from gateway.portal.visit import routes as visit
from gateway.portal.visit.model import Frame
from gateway.principals.model import NotInDirectory
from gateway.viewing.model import NotToBeViewed

UNAUTHENTICATED = 401
FRAMED = frozenset({403, 404, 409, 412, 422, 428, 503, 504})


@dataclass(frozen=True, slots=True)
class Words:
    """A heading and what the reader can do about it."""

    heading: str
    advice: tuple[str, ...]
    again: bool = False


_AGAIN = "Wait a minute, then try again. Nothing you saved has been lost."
PAGES = {
    401: Words(
        "Please sign in again",
        ("Your session has ended.", "Sign in, then repeat what you were doing."),
    ),
    403: Words(
        "Your role does not allow this",
        (
            "You can see this school, but none of your roles there may do this.",
            "If you think it should, ask your LA technical manager.",
        ),
    ),
    404: Words(
        "Page not found",
        (
            "If you typed the address, check that it is correct.",
            "It may also belong to a school that is not one of yours.",
        ),
    ),
    409: Words(
        "This cannot be done as things stand",
        ("Somebody may have changed it first. Go back and look at it again.",),
    ),
    412: Words(
        "This has changed since you opened it",
        ("Go back, reload the page and make your change again.",),
    ),
    413: Words(
        "That was too much to send",
        ("Send less text or a smaller file, or split it into several parts.",),
    ),
    422: Words(
        "Some of what was sent is not valid",
        ("Go back and check what you entered.",),
    ),
    428: Words(
        "Open the page first",
        ("This change did not say which version it changes. Open the page and retry.",),
    ),
    429: Words("Too many requests", ("Wait a minute, then try again.",), again=True),
    503: Words("Not available just now", (_AGAIN,), again=True),
    504: Words("This took too long", (_AGAIN,), again=True),
}
BY_TITLE = {
    NotInDirectory.title: Words(
        NotInDirectory.title,
        (
            "You are signed in, but nobody has said yet what you do at which school.",
            "Ask your school's leader or your LA manager, then sign in again.",
        ),
    ),
    errors.ViewingOnly.title: Words(
        "You are looking as somebody else",
        (
            "Until you stop, you change nothing and take nothing away.",
            "Their own account and the record of who did what are not shown either.",
        ),
    ),
    NotToBeViewed.title: Words(
        NotToBeViewed.title,
        ("LA technical managers see what other people of their LA see.",),
    ),
    LoginRefused.title: Words(
        "Signing in did not work",
        ("Go to the home page and sign in there once more.",),
    ),
}
OURS = Words(
    "Sorry, something went wrong", ("The fault is ours. Try again later.",), again=True
)


async def page_for_problem(
    request: Request, status: int, title: str, detail: str, trace_id: str
) -> HTMLResponse:
    """Draw a problem as a page that stands without session, service or database."""
    words = BY_TITLE.get(title) or PAGES.get(status, OURS)
    path, is_get = request.url.path, request.method == "GET"
    lost = status == UNAUTHENTICATED or title == FormExpired.title
    drawn = environment.draw(
        "problem.html",
        {
            "frame": await _frame(request, status),
            "words": words,
            "status": status,
            "detail": detail if detail not in {title, words.heading} else "",
            "trace_id": trace_id,
            "again": path if words.again and is_get else "",
            "reopen": f"/login?next={quote(path, safe='/')}%3Fagain=1" if lost else "",
        },
    )
    return visit.html(drawn, status)


async def _frame(request: Request, status: int) -> Frame | None:
    """Make the frame of who is signed in, where that can be found out."""
    if status not in FRAMED:
        return None
    try:
        visitor = await callers.any_visitor(request, request.app.state.db)
        found = await visit.visit_of(request, request.app.state.db, visitor)
    except errors.Refusal:
        return None
    return visit.frame(found, "")
