"""Asks the service desk for a ticket's time, and tells it what somebody worked."""

from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.timelog.schemas import TimeEntry, TimeForm
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/servicedesk/v1/tickets"
_LISTING = TypeAdapter(Listing[TimeEntry])
_ENTRY = TypeAdapter(TimeEntry)


async def list_time(upstream: Upstream, ticket_id: UUID) -> list[TimeEntry]:
    path = f"{PATH}/{ticket_id}/time"
    params = {"limit": 200}
    return (await visit.fetch(upstream, "servicedesk", path, _LISTING, params)).items


async def log_time(upstream: Upstream, ticket_id: UUID, form: TimeForm) -> TimeEntry:
    path, once = f"{PATH}/{ticket_id}/time", visit.once(form.once)
    asked = visit.Change("POST", "servicedesk", path, form.body(), once)
    return await visit.change(upstream, asked, _ENTRY)


async def take_back(
    upstream: Upstream, ticket_id: UUID, time_entry_id: UUID
) -> TimeEntry:
    path = f"{PATH}/{ticket_id}/time/{time_entry_id}/take-back"
    return await visit.change(
        upstream, visit.Change("POST", "servicedesk", path), _ENTRY
    )
