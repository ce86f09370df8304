"""Asks inventory how rooms are counted, and tells it what was scanned there."""

from collections.abc import AsyncGenerator
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.stocktakes import model
from gateway.portal.stocktakes.schemas import (
    CodeForm,
    EndForm,
    Line,
    Outcome,
    Place,
    PlaceList,
    Results,
    RoomForm,
    StockTake,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/stock-takes"
PAGE = 50
_MOST = 200
_ONE = TypeAdapter(StockTake)
_MANY = TypeAdapter(Listing[StockTake])
_PLACES = TypeAdapter(PlaceList)
_LINES = TypeAdapter(Listing[Line])
_RESULTS = TypeAdapter(Results)


async def list_stock_takes(
    upstream: Upstream, urn: int, after: str
) -> Listing[StockTake]:
    """Read a page of a school's stock-takes, the newest first."""
    params = visit.given({"school": urn, "limit": PAGE, "after": after})
    return await visit.fetch(upstream, "inventory", PATH, _MANY, params)


async def list_places(upstream: Upstream, urn: int) -> list[Place]:
    """Read the rooms of a school; "no room" is among them in any case."""
    path, params = f"{PATH}/places", {"school": urn}
    found = await visit.fetch(upstream, "inventory", path, _PLACES, params)
    if any(each.is_same(RoomForm()) for each in found.items):
        return found.items
    return [Place(), *found.items]


async def get_stock_take(upstream: Upstream, urn: int, which: UUID) -> StockTake:
    """Read a stock-take of a school.

    Raises:
        errors.NotFound: it is not there, or is another school's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def list_first(upstream: Upstream, take: StockTake) -> tuple[list[Line], bool]:
    """Read what a page shows of a stock-take, and whether there is more."""
    found: list[Line] = []
    async for lines in walk_lines(upstream, take):
        if len(found) >= model.MOST_SHOWN:
            return found, True
        found += lines
    return found, False


async def list_elsewhere(upstream: Upstream, take: StockTake) -> list[Line]:
    """Read all that was found and is said to be elsewhere."""
    return [
        line
        async for lines in walk_lines(upstream, take, "elsewhere")
        for line in lines
    ]


async def walk_lines(
    upstream: Upstream, take: StockTake, standing: str = ""
) -> AsyncGenerator[list[Line]]:
    """Read the whole of a stock-take, page by page."""
    after: str | None = ""
    while after is not None:
        found = await _lines(upstream, take, {"standing": standing, "after": after})
        yield found.items
        after = found.next


async def start(upstream: Upstream, urn: int, form: RoomForm) -> StockTake:
    body, once = {"school_urn": urn, **form.body}, visit.once(form.once)
    asked = visit.Change("POST", "inventory", PATH, body, once)
    return await visit.change(upstream, asked, _ONE)


async def under_way(upstream: Upstream, urn: int, form: RoomForm) -> UUID | None:
    """Say which stock-take of a room is under way."""
    places = await list_places(upstream, urn)
    return next((each.open_id for each in places if each.is_same(form)), None)


async def scan(
    upstream: Upstream, take: StockTake, form: CodeForm, now: datetime
) -> Outcome:
    """Tell of one scan, and say what came of it."""
    path = f"{PATH}/{take.stock_take_id}/scans"
    asked = visit.Change("POST", "inventory", path, {"scans": [form.scan(now)]})
    [outcome] = (await visit.change(upstream, asked, _RESULTS)).results
    return outcome


async def end(upstream: Upstream, take: StockTake, form: EndForm) -> StockTake:
    path = f"{PATH}/{take.stock_take_id}/end"
    headers = visit.of_version(form.at)
    asked = visit.Change("POST", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def _lines(
    upstream: Upstream, take: StockTake, asked: dict[str, str]
) -> Listing[Line]:
    path = f"{PATH}/{take.stock_take_id}/lines"
    params = visit.given({**asked, "limit": _MOST})
    return await visit.fetch(upstream, "inventory", path, _LINES, params)
