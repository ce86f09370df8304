"""Asks the service desk what people said of how tickets went."""

from collections.abc import AsyncGenerator, Mapping
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.feedback.schemas import ObstaclesForm, Sums
from gateway.portal.tickets.schemas import Feedback
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/servicedesk/v1/feedback"
TICKETS = "/api/servicedesk/v1/tickets"
PAGE = 200
_SUMS = TypeAdapter(Sums)
_LISTING = TypeAdapter(Listing[Feedback])
_FEEDBACK = TypeAdapter(Feedback)
Asked = Mapping[str, str | int | None]


async def get_sums(upstream: Upstream, asked: Asked) -> Sums:
    params = visit.given(asked)
    return await visit.fetch(upstream, "servicedesk", f"{PATH}/sums", _SUMS, params)


async def list_feedback(upstream: Upstream, asked: Asked) -> Listing[Feedback]:
    params = visit.given(asked)
    return await visit.fetch(upstream, "servicedesk", PATH, _LISTING, params)


async def every_feedback(
    upstream: Upstream, asked: Asked
) -> AsyncGenerator[list[Feedback]]:
    """Read all that a listing holds, page by page."""
    after: str | None = ""
    while after is not None:
        page = await list_feedback(upstream, {**asked, "after": after, "limit": PAGE})
        yield page.items
        after = page.next


async def tell_obstacles(
    upstream: Upstream, ticket_id: UUID, form: ObstaclesForm
) -> Feedback:
    body = {"obstacles": form.obstacles, "comment": form.comment}
    path = f"{TICKETS}/{ticket_id}/obstacles"
    asked = visit.Change("PUT", "servicedesk", path, body)
    return await visit.change(upstream, asked, _FEEDBACK)
