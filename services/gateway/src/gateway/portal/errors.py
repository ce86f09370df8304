"""What a person reads when a page cannot be shown."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from gateway.portal.templates import environment
from gateway.portal.visit import routes as visit


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
        ("Send less text, or split it into several parts.",),
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
OURS = Words(
    "Sorry, something went wrong", ("The fault is ours. Try again later.",), again=True
)


async def page_for_problem(
    request: Request, status: int, title: str, detail: str, trace_id: str
) -> HTMLResponse:
    """Draw a problem as a page that stands without session, service or database."""
    words = PAGES.get(status, OURS)
    repeatable = words.again and request.method == "GET"
    drawn = environment.draw(
        "problem.html",
        {
            "frame": None,
            "words": words,
            "status": status,
            "detail": detail if detail not in {title, words.heading} else "",
            "trace_id": trace_id,
            "again": request.url.path if repeatable else "",
        },
    )
    return visit.html(drawn, status)
