"""The time that went into a ticket, on a page of its own."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as reading
from gateway.portal.tickets.routes import PathTicket
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.timelog import model, service
from gateway.portal.timelog.schemas import TakeBackForm, TimeForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/tickets/{ticket_id:uuid}/time")
CONFLICT, UNPROCESSABLE = 409, 422


@router.get("")
async def time_page(visit: SchoolVisit, ticket: PathTicket) -> Response:
    visiting.require(visit.rights.change_tickets)
    return await _page(visit, ticket)


@router.post("")
async def log_time(
    visit: SchoolVisit, ticket: PathTicket, form: Annotated[TimeForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_tickets)
    try:
        await service.log_time(visit.upstream, ticket.ticket_id, form)
    except errors.Invalid as refusal:
        return await _page(visit, ticket, form, refusal)
    return visiting.see_other(_path(ticket), "time-logged")


@router.post("/take-back")
async def take_back(
    visit: SchoolVisit, ticket: PathTicket, form: Annotated[TakeBackForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_tickets)
    try:
        time_entry_id = UUID(form.time_entry_id)
    except ValueError:
        raise errors.NotFound from None
    try:
        await service.take_back(visit.upstream, ticket.ticket_id, time_entry_id)
    except errors.Conflict as refusal:
        return await _page(visit, ticket, None, refusal)
    return visiting.see_other(_path(ticket), "time-taken-back")


def _path(ticket: Ticket) -> str:
    return f"/schools/{ticket.school_urn}/tickets/{ticket.ticket_id}/time"


async def _page(
    visit: SchoolVisit,
    ticket: Ticket,
    form: TimeForm | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the time of a ticket, its sums, and the form for more."""
    entries = await service.list_time(visit.upstream, ticket.ticket_id)
    today = reading.as_typed(day_in_england(datetime.now(UTC)))
    invalid = refusal if isinstance(refusal, errors.Invalid) else None
    context = {
        "ticket": ticket,
        "entries": entries,
        "sums": model.sums(entries),
        "form": form or TimeForm(once=str(uuid4()), worked_on=today),
        "refusal": refusal,
        "problems": visiting.messages(invalid, "minutes") if invalid else {},
        "me": visit.actor.principal,
        "words": model,
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if invalid else CONFLICT
    return visiting.page(visit, "timelog/page.html", "tickets", context, status)
