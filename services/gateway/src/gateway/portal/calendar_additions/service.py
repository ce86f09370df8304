"""Asks the service desk to add to many calendars at once."""

from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.calendar_additions.schemas import Added
from gateway.portal.calendars import service as calendars
from gateway.portal.calendars.model import entries
from gateway.portal.visit import service as visit

_ADDED = TypeAdapter(Added)


async def add(
    upstream: Upstream, urns: Sequence[int], entry: Mapping[str, str], once: str
) -> Added:
    """Add to the calendars of schools: at all of them or at none; sent twice, once."""
    body: dict[str, object] = {"school_urns": list(urns), "periods": [], "parts": []}
    body[entries.list_of(entry)] = [dict(entry)]
    path = f"{calendars.PATH}/additions"
    asked = visit.Change("POST", "servicedesk", path, body, visit.once(once))
    return await visit.change(upstream, asked, _ADDED)
