"""Asks the service desk for tickets, and tells it what a person decided."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.tickets import model
from gateway.portal.tickets.schemas import (
    Clocks,
    Comment,
    CommentForm,
    Contract,
    Event,
    Feedback,
    HandOverForm,
    RateForm,
    Ticket,
    TicketForm,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

Wanted = TypeVar("Wanted")
PATH = "/api/servicedesk/v1/tickets"
AGREEMENTS = "/api/servicedesk/v1/agreements"
_LISTING = TypeAdapter(Listing[Ticket])
_COMMENTS = TypeAdapter(Listing[Comment])
_HISTORY = TypeAdapter(Listing[Event])
_TICKET = TypeAdapter(Ticket)
_COMMENT = TypeAdapter(Comment)
_CLOCKS = TypeAdapter(Clocks)
_FEEDBACK = TypeAdapter(Feedback)
_ALL_FEEDBACK = TypeAdapter(Listing[Feedback])
_CONTRACTS = TypeAdapter(Listing[Contract])


async def list_waiting(
    upstream: Upstream, urn: int | None, size: int = 6
) -> list[Ticket]:
    """List the unsettled tickets that matter most, of one school or all in scope."""
    found = await asyncio.gather(
        *(_most_urgent(upstream, urn, status, size) for status in model.UNSETTLED)
    )
    waiting = [ticket for listing in found for ticket in listing.items]
    return sorted(waiting, key=lambda t: (t.priority, t.opened_at))[:size]


async def _most_urgent(
    upstream: Upstream, urn: int | None, status: str, size: int
) -> Listing[Ticket]:
    wanted = {"status": status, "sort": "priority", "school": urn, "limit": size}
    params = visit.given(wanted)
    return await visit.fetch(upstream, "servicedesk", PATH, _LISTING, params)


async def get_ticket(upstream: Upstream, urn: int, ticket_id: UUID) -> Ticket:
    """Read a ticket of a school.

    Raises:
        errors.NotFound: it is not there, or belongs to another school.
    """
    found = await visit.fetch(upstream, "servicedesk", f"{PATH}/{ticket_id}", _TICKET)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def get_thread(
    upstream: Upstream, ticket_id: UUID
) -> tuple[list[Comment], list[Event]]:
    """Read what was said about a ticket and what happened to it."""
    root, params = f"{PATH}/{ticket_id}", {"limit": 200}
    comments, history = await asyncio.gather(
        visit.fetch(upstream, "servicedesk", f"{root}/comments", _COMMENTS, params),
        visit.fetch(upstream, "servicedesk", f"{root}/history", _HISTORY, params),
    )
    return comments.items, history.items


async def open_ticket(upstream: Upstream, urn: int, form: TicketForm) -> Ticket:
    body = {"school_urn": urn, **form.values()}
    return await _post(upstream, "", body, visit.once(form.once), _TICKET)


async def add_comment(
    upstream: Upstream, ticket_id: UUID, form: CommentForm
) -> Comment:
    tail, body = f"/{ticket_id}/comments", {"body": form.body}
    return await _post(upstream, tail, body, visit.once(form.once), _COMMENT)


async def take_step(
    upstream: Upstream, ticket_id: UUID, step: str, version: int
) -> Ticket:
    """Resolve, reopen or close a ticket."""
    tail, headers = f"/{ticket_id}/{step}", visit.of_version(version)
    return await _post(upstream, tail, None, headers, _TICKET)


async def get_clocks(upstream: Upstream, ticket_id: UUID) -> Clocks:
    """Read who held a ticket for how long, and how promises are kept."""
    path = f"{PATH}/{ticket_id}/clocks"
    return await visit.fetch(upstream, "servicedesk", path, _CLOCKS)


async def list_contracts(
    upstream: Upstream, urn: int, on: date | None = None
) -> list[Contract]:
    """List the agreements of a school with suppliers, or those in force on a day."""
    day = on.isoformat() if on else None
    wanted = {"school": urn, "kind": "supplier", "on": day, "limit": 200}
    found = await visit.fetch(
        upstream, "servicedesk", AGREEMENTS, _CONTRACTS, visit.given(wanted)
    )
    return found.items


async def change_ticket(
    upstream: Upstream, ticket_id: UUID, version: int, values: Mapping[str, object]
) -> Ticket:
    """Give a ticket new values, at the version that the person saw."""
    asked = visit.Change(
        "PATCH",
        "servicedesk",
        f"{PATH}/{ticket_id}",
        dict(values),
        visit.of_version(version),
    )
    return await visit.change(upstream, asked, _TICKET)


async def hand_over(upstream: Upstream, ticket_id: UUID, form: HandOverForm) -> Ticket:
    """Hand a ticket to another party."""
    tail, headers = f"/{ticket_id}/hand-over", visit.of_version(form.version)
    return await _post(upstream, tail, form.values(), headers, _TICKET)


async def get_feedback(upstream: Upstream, ticket_id: UUID) -> list[Feedback]:
    """Read what was said of how a ticket went, as far as this person may."""
    path = f"{PATH}/{ticket_id}/feedback"
    found = await visit.fetch(upstream, "servicedesk", path, _ALL_FEEDBACK)
    return found.items


async def rate(upstream: Upstream, ticket_id: UUID, form: RateForm) -> Feedback:
    """Say how a ticket went, for who asked."""
    body = {"score": form.score, "comment": form.comment}
    path = f"{PATH}/{ticket_id}/satisfaction"
    asked = visit.Change("PUT", "servicedesk", path, body)
    return await visit.change(upstream, asked, _FEEDBACK)


async def _post(
    upstream: Upstream,
    tail: str,
    body: object,
    headers: dict[str, str],
    shape: TypeAdapter[Wanted],
) -> Wanted:
    asked = visit.Change("POST", "servicedesk", f"{PATH}{tail}", body, headers)
    return await visit.change(upstream, asked, shape)
