"""`/assets/count` is no asset: a route with a gap must not take another route's words.

It would answer the methods that the other does not take, with complaints about an id.
"""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.routing import APIRoute

from tests.architecture.test_no_thread_per_request import routers


def confusions(routes: list[APIRoute]) -> Iterator[str]:
    """Name each route with each other one that takes its address."""
    for plain in routes:
        for other in routes:
            if plain.path != other.path and other.path_regex.match(plain.path):
                yield f"{plain.path} is taken by {other.path}"


def routes_of(found: list[APIRouter]) -> list[APIRoute]:
    return [
        route
        for router in found
        for route in router.routes
        if isinstance(route, APIRoute)
    ]


def test_no_address_is_taken_for_another() -> None:
    found = routes_of(list(routers()))
    assert len(found) > 50
    assert list(confusions(found)) == []


def test_one_that_would_be_is_found() -> None:
    router = APIRouter()

    @router.get("/things/count")
    async def count() -> None: ...

    @router.patch("/things/{thing_id}")
    async def change(thing_id: int) -> None: ...

    @router.patch("/sure/{thing_id:int}")
    async def sure(thing_id: int) -> None: ...

    assert list(confusions(routes_of([router]))) == [
        "/things/count is taken by /things/{thing_id}"
    ]
