"""A dependency or endpoint that is no coroutine costs each request a thread's turn.

On the page of 50 assets, four such dependencies took a third of the service's time.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from tests.architecture import features


def routers() -> Iterator[APIRouter]:
    for service in features.SERVICES:
        for package in features.packages(service):
            for name in features.modules(package):
                found = getattr(importlib.import_module(name), "router", None)
                if isinstance(found, APIRouter):
                    yield found


def in_threads(router: APIRouter) -> Iterator[str]:
    """Name every callable of a router that would run in a thread."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            for call in _calls(route.dependant):
                if inspect.isroutine(call) and not _is_async(call):
                    yield f"{route.path}: {call.__module__}.{call.__qualname__}"


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    if dependant.call is not None:
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def _is_async(call: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call)


def test_no_endpoint_and_no_dependency_runs_in_a_thread() -> None:
    found = list(routers())
    assert found
    assert [name for router in found for name in in_threads(router)] == []


def test_one_that_would_is_found() -> None:
    router = APIRouter()

    def slow() -> int:
        return 1

    @router.get("/planted")
    async def planted(_one: Annotated[int, Depends(slow)]) -> int:
        return _one

    assert [name.rpartition(".")[2] for name in in_threads(router)] == ["slow"]
