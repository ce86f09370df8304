"""Refusals as RFC 9457 problems: the one place where a family becomes a status."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from opentelemetry import trace
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from chassis import errors, json

MEDIA_TYPE = "application/problem+json"
DOCS = "https://joinedup.uk/problems#"

STATUS: tuple[tuple[type[errors.Refusal], int], ...] = (
    (errors.Unreadable, 400),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Stale, 412),
    (errors.PreconditionRequired, 428),
    (errors.Invalid, 422),
    (errors.Forbidden, 403),
    (errors.Unauthenticated, 401),
    (errors.TooLarge, 413),
    (errors.Unsupported, 415),
    (errors.TooMany, 429),
    (errors.TimedOut, 504),
    (errors.Unavailable, 503),
)

_FRAMEWORK = {
    400: ("bad-request", "The request could not be read"),
    404: ("not-found", "There is nothing at this address"),
    405: ("method-not-allowed", "This address does not take that method"),
    415: ("unsupported-media-type", "Send application/json"),
}
_IF_MATCH = ("header", "if-match")
_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


class FaultShape(BaseModel):
    """One wrong value."""

    pointer: str = Field(description="Where it is: an RFC 6901 pointer.")
    detail: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 writes it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    trace_id: str
    errors: list[FaultShape] = []


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe a route's refusals for OpenAPI."""
    titles = {status: family.title for family, status in STATUS}
    titles |= {status: title for status, (_, title) in _FRAMEWORK.items()}
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": titles[status], "content": {MEDIA_TYPE: shape}}
        for status in statuses
    }


READING = responses(400, 401, 403, 404, 422, 503)
WRITING = responses(400, 401, 403, 404, 409, 413, 422, 503)
CHANGING = WRITING | responses(412, 428)


def status_of(refusal: errors.Refusal) -> int:
    return next(status for family, status in STATUS if isinstance(refusal, family))


def body(
    slug: str, title: str, status: int, detail: str, instance: str, **members: object
) -> dict[str, object]:
    """Make the members of a problem; its trace id is the present span's."""
    return {
        "type": DOCS + slug,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
        "trace_id": trace_id(),
        **members,
    }


def of_refusal(refusal: errors.Refusal, instance: str) -> dict[str, object]:
    members = dict(refusal.members)
    if isinstance(refusal, errors.Invalid):
        members["errors"] = [asdict(fault) for fault in refusal.faults]
    return body(
        refusal.slug,
        refusal.title,
        status_of(refusal),
        refusal.detail,
        instance,
        **members,
    )


def headers_of(refusal: errors.Refusal) -> dict[str, str]:
    if isinstance(refusal, errors.Unavailable | errors.TooMany):
        return {"retry-after": str(refusal.retry_after)}
    if isinstance(refusal, errors.Unauthenticated):
        return {"www-authenticate": refusal.challenge}
    return {}


def trace_id() -> str:
    return f"{trace.get_current_span().get_span_context().trace_id:032x}"


def install(app: FastAPI) -> None:
    """Answer every error of the app with a problem."""
    app.add_exception_handler(errors.Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _framework_refused)


def _answer(
    problem: Mapping[str, object], headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        json.encode(problem),
        int(str(problem["status"])),
        dict(headers or {}),
        MEDIA_TYPE,
    )


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.Refusal)
    return _answer(of_refusal(error, request.url.path), headers_of(error))


def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(e["loc"] == _IF_MATCH and e["type"] == "missing" for e in error.errors()):
        return _refused(request, errors.PreconditionRequired())
    found = [errors.Fault(_pointer(e["loc"]), str(e["msg"])) for e in error.errors()]
    invalid = errors.Invalid("Some values are missing or cannot be right", found)
    return _answer(of_refusal(invalid, request.url.path))


def _framework_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    slug, title = _FRAMEWORK.get(error.status_code, ("refused", str(error.detail)))
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 405:
        headers["allow"] = ", ".join(_methods(request))
    return _answer(
        body(slug, title, error.status_code, title, request.url.path), headers
    )


def failure(path: str) -> Response:
    """Answer with a fault of ours."""
    return _answer(of_failure(path))


def of_failure(instance: str) -> dict[str, object]:
    """Say nothing of the cause to the caller; the log has it under the trace id."""
    title = "Something went wrong on our side"
    return body("internal-error", title, 500, title, instance)


def _pointer(location: Sequence[int | str]) -> str:
    """Write pydantic's location as a pointer; the body's own is the plain pointer."""
    place, *rest = location
    steps = rest if place == "body" else [place, *rest]
    return "".join(
        "/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps
    )


def _methods(request: Request) -> list[str]:
    """Every method that some route of this path takes, not only the first route's."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] == Match.FULL
            for route in request.app.routes
        )
    ]
