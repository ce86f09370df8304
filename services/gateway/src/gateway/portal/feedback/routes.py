"""What people said of how tickets went: pages, a file, and what met the team."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response, StreamingResponse

from chassis import errors
from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.feedback import model, service
from gateway.portal.feedback.schemas import FeedbackQuery, ObstaclesForm
from gateway.portal.tables import export
from gateway.portal.tickets import model as ticket_words
from gateway.portal.tickets import service as tickets
from gateway.portal.tickets.routes import PathTicket
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
AT_SCHOOL = "/schools/{urn}/feedback"
AT_AUTHORITY = "/authorities/{la_code}/feedback"
OBSTACLES = "/schools/{urn}/tickets/{ticket_id:uuid}/obstacles"
UNPROCESSABLE = 422
Asked = Annotated[FeedbackQuery, Query()]


@dataclass(frozen=True, slots=True)
class Where:
    """At which school, or in which LA, somebody reads feedback."""

    visit: Visit[Place | None]
    root: str
    of: str
    section: str
    place: Mapping[str, str | int]
    schools: Mapping[int, str]


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    asked = {"school": place.urn}
    names = {place.urn: place.name}
    root = f"/schools/{place.urn}"
    return Where(visit, root, place.name, "tickets", asked, names)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    mine = await directory.my_schools(visit.database, visit.actor)
    names = {each.urn: each.name for each in mine if each.la_code == la_code}
    asked = {"la_code": la_code}
    root = f"/authorities/{la_code}"
    return Where(visit, root, authority.name, "all-tickets", asked, names)


AtSchool = Annotated[Where, Depends(at_school)]
AtAuthority = Annotated[Where, Depends(at_authority)]


@router.get(AT_SCHOOL)
async def school_page(here: AtSchool, query: Asked) -> Response:
    return await _page(here, query, "month")


@router.get(AT_AUTHORITY)
async def authority_page(here: AtAuthority, query: Asked) -> Response:
    return await _page(here, query, "school")


@router.get(f"{AT_SCHOOL}.csv")
async def school_csv(here: AtSchool, query: Asked) -> Response:
    return _csv(here, query)


@router.get(f"{AT_AUTHORITY}.csv")
async def authority_csv(here: AtAuthority, query: Asked) -> Response:
    return _csv(here, query)


def _days(query: FeedbackQuery) -> dict[str, str]:
    first, last = model.days_of(query.period, day_in_england(datetime.now(UTC)))
    return {"first": first.isoformat(), "last": last.isoformat()}


async def _page(here: Where, query: FeedbackQuery, by: str) -> Response:
    upstream, days = here.visit.upstream, _days(query)
    page = {"score": query.score, "after": query.after, "limit": model.SHOWN}
    sums, listing = await asyncio.gather(
        service.get_sums(upstream, {**here.place, **days, "by": by}),
        service.list_feedback(upstream, {**here.place, **days, **page}),
    )
    lines = (
        model.by_month(sums.scores)
        if by == "month"
        else model.by_school(sums.scores, here.schools)
    )
    context = {
        "here": here,
        "query": query,
        "lines": lines,
        "total": model.total(lines),
        "met": model.met(sums.obstacles),
        "listing": listing,
        "words": ticket_words,
        "periods": model.PERIODS,
    }
    return visiting.page(here.visit, "feedback/page.html", here.section, context)


def _csv(here: Where, query: FeedbackQuery) -> Response:
    asked = {**here.place, **_days(query), "score": query.score}
    today = day_in_england(datetime.now(UTC))
    name = export.file_name("feedback", here.of, on=today, suffix="csv")
    return StreamingResponse(
        export.csv_pages(model.COLUMNS, _rows(here, asked)),
        media_type=export.CSV_TYPE,
        headers=export.attachment(name),
    )


async def _rows(
    here: Where, asked: service.Asked
) -> AsyncIterator[Sequence[export.Row]]:
    async for found in service.every_feedback(here.visit.upstream, asked):
        yield [model.row(each, here.schools) for each in found]


@router.get(OBSTACLES)
async def obstacles_page(visit: SchoolVisit, ticket: PathTicket) -> Response:
    visiting.require(visit.rights.change_tickets)
    said = await tickets.get_feedback(visit.upstream, ticket.ticket_id)
    mine = ticket_words.said_by(said, "worker", visit.actor.principal)
    form = ObstaclesForm()
    if mine is not None:
        form = ObstaclesForm(obstacles=mine.obstacles, comment=mine.comment)
    return _form(visit, ticket, form)


@router.post(OBSTACLES)
async def tell_obstacles(
    visit: SchoolVisit, ticket: PathTicket, form: Annotated[ObstaclesForm, Form()]
) -> Response:
    """Say what stood in the way; said again, it replaces what was said."""
    visiting.require(visit.rights.change_tickets)
    try:
        await service.tell_obstacles(visit.upstream, ticket.ticket_id, form)
    except errors.Invalid as wrong:
        return _form(visit, ticket, form, wrong)
    where = f"/schools/{ticket.school_urn}/tickets/{ticket.ticket_id}#feedback"
    return visiting.see_other(where, "obstacles-told")


def _form(
    visit: Visit[Place],
    ticket: Ticket,
    form: ObstaclesForm,
    wrong: errors.Invalid | None = None,
) -> Response:
    context = {
        "ticket": ticket,
        "form": form,
        "problems": visiting.messages(wrong, "comment") if wrong else {},
        "words": ticket_words,
    }
    status = UNPROCESSABLE if wrong else 200
    return visiting.page(visit, "feedback/obstacles.html", "tickets", context, status)
