"""The ticket pages over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit and PathTicket read the names of the path

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import schemas as assets_schemas
from gateway.portal.assets import service as assets
from gateway.portal.templates.formats import LONDON
from gateway.portal.tickets import model, schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/tickets")
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422


class Step(StrEnum):
    """What ends or restarts the work on a ticket."""

    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"


DONE = {
    Step.RESOLVE: "ticket-resolved",
    Step.REOPEN: "ticket-reopened",
    Step.CLOSE: "ticket-closed",
}
TAKEN_BACK = {Step.RESOLVE: Step.REOPEN, Step.REOPEN: Step.RESOLVE}


async def ticket_of_path(ticket_id: UUID, visit: SchoolVisit) -> schemas.Ticket:
    return await service.get_ticket(visit.upstream, visit.place.urn, ticket_id)


PathTicket = Annotated[schemas.Ticket, Depends(ticket_of_path)]


@router.get("/new")
async def new_page(visit: SchoolVisit, asset: UUID | None = None) -> Response:
    visiting.require(visit.rights.open_tickets)
    form = schemas.TicketForm(once=str(uuid4()), asset_id=str(asset or ""))
    return await _form(visit, form)


@router.post("/new")
async def open_ticket(
    visit: SchoolVisit, form: Annotated[schemas.TicketForm, Form()]
) -> Response:
    try:
        form.require_valid()
        ticket = await service.open_ticket(visit.upstream, visit.place.urn, form)
    except errors.Invalid as wrong:
        return await _form(visit, form, wrong)
    return visiting.see_other(_path(ticket), "ticket-opened")


@router.get("/{ticket_id:uuid}")
async def view_page(visit: SchoolVisit, ticket: PathTicket) -> Response:
    return await _view(visit, ticket, schemas.CommentForm(once=str(uuid4())))


@router.post("/{ticket_id:uuid}/comment")
async def comment(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.CommentForm, Form()],
) -> Response:
    try:
        form.require_valid()
        await service.add_comment(visit.upstream, ticket.ticket_id, form)
    except errors.Invalid as wrong:
        return await _view(visit, ticket, form, wrong)
    return visiting.see_other(f"{_path(ticket)}#comments", "comment-added")


@router.post("/{ticket_id:uuid}/take")
async def take(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.StepForm, Form()],
) -> Response:
    """Take a ticket into one's own hands."""
    values = {"assignee_id": visit.actor.principal, "status": "in-progress"}
    return await _changed(visit, ticket, form.version, values, "ticket-taken")


@router.post("/{ticket_id:uuid}/wait")
async def wait(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.WaitForm, Form()],
) -> Response:
    """Let a ticket wait: its clock rests meanwhile."""
    values = {"status": "waiting", "waits_for": form.waits_for}
    return await _changed(visit, ticket, form.version, values, "ticket-waits")


@router.post("/{ticket_id:uuid}/go-on")
async def go_on(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.StepForm, Form()],
) -> Response:
    """Go on with a ticket that waited."""
    values = {"status": "in-progress"}
    return await _changed(visit, ticket, form.version, values, "ticket-goes-on")


async def _changed(
    visit: Visit[Place],
    ticket: schemas.Ticket,
    version: int,
    values: Mapping[str, object],
    said: str,
) -> Response:
    try:
        done = await service.change_ticket(
            visit.upstream, ticket.ticket_id, version, values
        )
    except (errors.Stale, errors.Conflict) as wrong:
        fresh = schemas.CommentForm(once=str(uuid4()))
        return await _view(visit, ticket, fresh, wrong)
    return visiting.see_other(_path(done), said)


@router.get("/{ticket_id:uuid}/hand-over")
async def hand_over_page(visit: SchoolVisit, ticket: PathTicket) -> Response:
    visiting.require(visit.rights.change_tickets)
    form = schemas.HandOverForm(version=ticket.version)
    return await _hand_over_form(visit, ticket, form)


@router.post("/{ticket_id:uuid}/hand-over")
async def hand_over(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.HandOverForm, Form()],
) -> Response:
    """Hand a ticket to another party, with the reason why."""
    try:
        form.require_valid()
        done = await service.hand_over(visit.upstream, ticket.ticket_id, form)
    except errors.Invalid as wrong:
        return await _hand_over_form(visit, ticket, form, wrong)
    except (errors.Stale, errors.Conflict) as wrong:
        fresh = schemas.CommentForm(once=str(uuid4()))
        return await _view(visit, ticket, fresh, wrong)
    return visiting.see_other(_path(done), "ticket-handed-over")


async def _hand_over_form(
    visit: Visit[Place],
    ticket: schemas.Ticket,
    form: schemas.HandOverForm,
    wrong: errors.Invalid | None = None,
) -> Response:
    today = datetime.now(LONDON).date()
    suppliers = await service.list_contracts(visit.upstream, visit.place.urn, today)
    parties = {p: w for p, w in model.PARTIES.items() if p != "supplier"}
    named = {str(each.agreement_id): each.words for each in suppliers}
    held = str(ticket.agreement_id or ticket.party)
    context = {
        "ticket": ticket,
        "form": form,
        "choices": {to: w for to, w in (parties | named).items() if to != held},
        "problems": visiting.messages(wrong, "to") if wrong else {},
    }
    status = UNPROCESSABLE if wrong else 200
    return _page(visit, "tickets/hand-over.html", context, status)


@router.post("/{ticket_id:uuid}/satisfaction")
async def rate(
    visit: SchoolVisit,
    ticket: PathTicket,
    form: Annotated[schemas.RateForm, Form()],
) -> Response:
    """Say how a settled ticket of one's own went."""
    fresh = schemas.CommentForm(once=str(uuid4()))
    try:
        await service.rate(visit.upstream, ticket.ticket_id, form)
    except (errors.Invalid, errors.Conflict) as wrong:
        return await _view(visit, ticket, fresh, wrong, form)
    return visiting.see_other(f"{_path(ticket)}#feedback", "ticket-rated")


@router.post("/{ticket_id:uuid}/{step}")
async def take_step(
    visit: SchoolVisit,
    ticket: PathTicket,
    step: Step,
    form: Annotated[schemas.StepForm, Form()],
) -> Response:
    try:
        done = await service.take_step(
            visit.upstream, ticket.ticket_id, step, form.version
        )
    except (errors.Stale, errors.Conflict) as wrong:
        fresh = schemas.CommentForm(once=str(uuid4()))
        return await _view(visit, ticket, fresh, wrong)
    if step in TAKEN_BACK:
        back = Undo(f"{_path(done)}/{TAKEN_BACK[step]}", {"version": str(done.version)})
        return visiting.undoable(visit, _path(done), DONE[step], back)
    return visiting.see_other(_path(done), DONE[step])


def _path(ticket: schemas.Ticket) -> str:
    return f"/schools/{ticket.school_urn}/tickets/{ticket.ticket_id}"


async def _asset_of(
    visit: Visit[Place], asset_id: UUID | None
) -> assets_schemas.Label | None:
    """Read the asset a ticket names; the ticket is seen where that is gone, too."""
    if asset_id is None:
        return None
    try:
        return await assets.get_label(visit.upstream, visit.place.urn, asset_id)
    except (
        errors.NotFound,
        errors.Forbidden,
        errors.Unavailable,
        errors.TimedOut,
    ):
        return None


async def _form(
    visit: Visit[Place], form: schemas.TicketForm, wrong: errors.Invalid | None = None
) -> Response:
    context = {
        "form": form,
        "asset": await _asset_of(visit, form.asset()),
        "problems": visiting.messages(wrong, "summary") if wrong else {},
    }
    status = UNPROCESSABLE if wrong else 200
    return _page(visit, "tickets/form.html", context, status)


async def _view(
    visit: Visit[Place],
    ticket: schemas.Ticket,
    form: schemas.CommentForm,
    refusal: errors.Refusal | None = None,
    rating: schemas.RateForm | None = None,
) -> Response:
    """Show a ticket with its thread, and why the last step was not taken."""
    (comments, history), clocks, feedback = await asyncio.gather(
        service.get_thread(visit.upstream, ticket.ticket_id),
        service.get_clocks(visit.upstream, ticket.ticket_id),
        service.get_feedback(visit.upstream, ticket.ticket_id),
    )
    suppliers = await _suppliers_of(visit, clocks)
    mine = model.said_by(feedback, "requester", visit.actor.principal)
    status = visiting.status_of(refusal)
    invalid = refusal if isinstance(refusal, errors.Invalid) else None
    context = {
        "ticket": ticket,
        "asset": await _asset_of(visit, ticket.asset_id),
        "comments": comments,
        "history": history,
        "clocks": clocks,
        "feedback": feedback,
        "mine": mine,
        "why": (rating or mine or schemas.RateForm()).comment,
        "suppliers": suppliers,
        "now": datetime.now(UTC),
        "form": form,
        "problems": visiting.messages(invalid, "body") if invalid else {},
        "moved_on": status in {STALE, CONFLICT},
        **_offers(visit, ticket),
    }
    return _page(visit, "tickets/view.html", context, status)


async def _suppliers_of(
    visit: Visit[Place], clocks: schemas.Clocks
) -> Mapping[UUID, str]:
    """Name the suppliers that had a ticket in their hands; those that may be named."""
    if all(turn.agreement_id is None for turn in clocks.turns):
        return {}
    try:
        found = await service.list_contracts(visit.upstream, visit.place.urn)
    except (errors.Forbidden, errors.NotFound):
        # Whoever reported it is told that a supplier has it, and no more.
        return {}
    return {each.agreement_id: each.words for each in found}


def _offers(visit: Visit[Place], ticket: schemas.Ticket) -> dict[str, object]:
    """Say what this person may do with this ticket; the service desk judges again."""
    mine = ticket.requester_id == visit.actor.principal and visit.rights.open_tickets
    works = visit.rights.change_tickets
    return {
        "party": works or mine,
        "rates": mine and ticket.status not in model.UNSETTLED,
        "steps": model.steps(ticket.status, works_on_it=works, requested=mine),
        "me": visit.actor.principal,
    }


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, **context}
    return visiting.page(visit, template, "tickets", shown, status)
