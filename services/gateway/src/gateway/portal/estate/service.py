"""Asks inventory how the kit of a place stands."""

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.estate.schemas import Estate, SchoolEstate, Today
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/estate"
_ESTATE = TypeAdapter(Estate)
_SCHOOLS = TypeAdapter(Listing[SchoolEstate])
_TODAY = TypeAdapter(Today)
_MOST = 200


async def get_school(upstream: Upstream, urn: int, category: str) -> Estate:
    params = visit.given({"school": urn, "category": category})
    return await visit.fetch(upstream, "inventory", PATH, _ESTATE, params)


async def get_authority(upstream: Upstream, la_code: str, category: str) -> Estate:
    params = visit.given({"la_code": la_code, "category": category})
    return await visit.fetch(upstream, "inventory", PATH, _ESTATE, params)


async def get_today(upstream: Upstream, urn: int) -> Today:
    where = f"{PATH}/today"
    return await visit.fetch(upstream, "inventory", where, _TODAY, {"school": urn})


async def every_school(upstream: Upstream, la_code: str) -> dict[int, SchoolEstate]:
    """Read how the kit of each school of an LA stands, by URN."""
    found: dict[int, SchoolEstate] = {}
    after: str | None = ""
    while after is not None:
        params = visit.given({"la_code": la_code, "limit": _MOST, "after": after})
        where = f"{PATH}/schools"
        page = await visit.fetch(upstream, "inventory", where, _SCHOOLS, params)
        found |= {each.school_urn: each for each in page.items}
        after = page.next
    return found
