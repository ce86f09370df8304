"""Asks a service for one thing and turns its refusal into ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.visit.schemas import Problem

Wanted = TypeVar("Wanted")

_FAMILIES: dict[int, type[errors.Refusal]] = {
    401: errors.Unauthenticated,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
    412: errors.Stale,
    413: errors.TooLarge,
    428: errors.PreconditionRequired,
    504: errors.TimedOut,
}
UNPROCESSABLE = 422
LOWEST_ERROR = 400


def given(values: Mapping[str, str | int | None]) -> dict[str, str | int]:
    """Drop what was left empty, so that a filter not set is a filter not sent."""
    return {name: value for name, value in values.items() if value or value == 0}


async def fetch(
    upstream: Upstream,
    service: str,
    path: str,
    shape: TypeAdapter[Wanted],
    params: Mapping[str, str | int] | None = None,
) -> Wanted:
    """Read one thing of a service.

    Raises:
        errors.Refusal: the service refused, in the family of its status.
    """
    return _accepted(await upstream.get(service, path, params), shape)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a service is asked for."""

    method: str
    service: str
    path: str
    body: object = None
    """What is told, as JSON; bytes are a file and sent as they are."""
    headers: Mapping[str, str] | None = None
    params: Mapping[str, str | int] | None = None


def once(key: str) -> dict[str, str]:
    """Make a form that is sent twice count once."""
    return {"Idempotency-Key": key} if key else {}


def of_version(version: int) -> dict[str, str]:
    """Let a change count only for the version that the person saw."""
    return {"If-Match": f'"{version}"'}


async def change(
    upstream: Upstream, asked: Change, shape: TypeAdapter[Wanted]
) -> Wanted:
    """Change one thing of a service and read what became of it.

    Raises:
        errors.Refusal: the service refused, in the family of its status.
    """
    response = await upstream.send(
        asked.method,
        asked.service,
        asked.path,
        json=asked.body,
        headers=asked.headers,
        params=asked.params,
    )
    return _accepted(response, shape)


def _accepted(response: httpx.Response, shape: TypeAdapter[Wanted]) -> Wanted:
    if response.status_code >= LOWEST_ERROR:
        raise refusal_of(response)
    try:
        return shape.validate_json(response.content)
    except ValidationError as other:
        raise errors.Unavailable("A service answered in another form") from other


def refusal_of(response: httpx.Response) -> errors.Refusal:
    """Name the refusal that a service's answer stands for."""
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = Problem()
    faults = [errors.Fault(e.pointer, e.detail) for e in problem.errors]
    if response.status_code == UNPROCESSABLE:
        return errors.Invalid(problem.detail, faults)
    family = _FAMILIES.get(response.status_code, errors.Unavailable)
    return family(problem.detail, errors=faults)
