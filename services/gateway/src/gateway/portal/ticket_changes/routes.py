"""A ticket put right by who works on it, on a page of its own."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.ticket_changes import model, schemas
from gateway.portal.ticket_changes.schemas import ChangeForm
from gateway.portal.tickets import model as words
from gateway.portal.tickets import service
from gateway.portal.tickets.routes import PathTicket
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/tickets/{ticket_id:uuid}/edit")


@router.get("")
async def change_page(visit: SchoolVisit, ticket: PathTicket) -> Response:
    visiting.require(visit.rights.change_tickets)
    return _form(visit, ticket, schemas.form_of(ticket))


@router.post("")
async def change(
    visit: SchoolVisit, ticket: PathTicket, form: Annotated[ChangeForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_tickets)
    values = form.values(visit.actor.principal)
    try:
        form.require_valid()
        done = await service.change_ticket(
            visit.upstream, ticket.ticket_id, form.version, values
        )
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        return _form(visit, ticket, form, refusal)
    where = f"/schools/{done.school_urn}/tickets/{done.ticket_id}"
    return visiting.see_other(where, "ticket-changed")


def _form(
    visit: Visit[Place],
    ticket: Ticket,
    form: ChangeForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the form; after a stale save, what differs and the version to save over."""
    stale = isinstance(refusal, errors.Stale)
    saved = schemas.form_of(ticket)
    context = {
        "ticket": ticket,
        "form": form.model_copy(update={"version": ticket.version}) if stale else form,
        "stale": stale,
        "differences": model.differences(saved, form) if stale else (),
        "refusal": None if stale else refusal,
        "problems": visiting.messages(refusal, "summary")
        if isinstance(refusal, errors.Invalid)
        else {},
        "words": words,
        "hands": _hands(visit, ticket),
    }
    status = visiting.status_of(refusal)
    return visiting.page(visit, "ticket_changes/form.html", "tickets", context, status)


def _hands(visit: Visit[Place], ticket: Ticket) -> dict[str, str]:
    """Say in whose hands it may be put."""
    mine = ticket.assignee_id == visit.actor.principal
    now = "In nobody\u2019s hands"
    if ticket.assignee_id:
        now = "In my hands" if mine else "In a colleague\u2019s hands"
    offered = {schemas.AS_IT_IS: f"{now}, as it is"}
    offered |= {} if mine else {schemas.MINE: "In my hands"}
    nobody = {schemas.NOBODY: "In nobody\u2019s hands"}
    return offered | (nobody if ticket.assignee_id else {})
