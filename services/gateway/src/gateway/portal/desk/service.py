"""Asks the service desk what lies before somebody."""

import asyncio
from collections.abc import Mapping
from datetime import date

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.desk import model
from gateway.portal.desk.model import Mine
from gateway.portal.desk.schemas import TimeSums, Workload
from gateway.portal.tickets import model as tickets
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.tickets.service import PATH
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

WORKLOAD = "/api/servicedesk/v1/workload"
TIME = "/api/servicedesk/v1/time"
MOST = 200
_WORKLOAD = TypeAdapter(Workload)
_LISTING = TypeAdapter(Listing[Ticket])
_TIME = TypeAdapter(TimeSums)


async def get_workload(
    upstream: Upstream, place: Mapping[str, str | int | None]
) -> Workload:
    params = visit.given(place)
    return await visit.fetch(upstream, "servicedesk", WORKLOAD, _WORKLOAD, params)


async def list_next(upstream: Upstream, la_code: str) -> list[Ticket]:
    """List the tickets of an LA of which something is due next."""
    wanted = {"la_code": la_code, "sort": "due_at", "limit": model.SHOWN}
    params = visit.given(wanted)
    found = await visit.fetch(upstream, "servicedesk", PATH, _LISTING, params)
    return model.unsettled(found.items)


async def list_mine(upstream: Upstream, me: str) -> Mine:
    """List the unsettled tickets in somebody's hands."""
    found = await asyncio.gather(
        *(_of_status(upstream, me, status) for status in tickets.UNSETTLED)
    )
    return model.mine(ticket for listing in found for ticket in listing.items)


async def _of_status(upstream: Upstream, me: str, status: str) -> Listing[Ticket]:
    wanted = {"assignee": me, "status": status, "sort": "due_at", "limit": MOST}
    params = visit.given(wanted)
    return await visit.fetch(upstream, "servicedesk", PATH, _LISTING, params)


async def get_worked(upstream: Upstream, me: str, day: date) -> int:
    """Say how many seconds somebody wrote down as worked on a day."""
    on = day.isoformat()
    params = {"first": on, "last": on, "by": "person"}
    found = await visit.fetch(upstream, "servicedesk", TIME, _TIME, params)
    return model.worked(found.items, me)
