"""Handing on somebody's tickets, as a page."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.people.model import Known
from gateway.portal.handing import model, schemas, service
from gateway.portal.people.routes import PathPerson, path_of
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter()
PATH = "/people/{person_id:uuid}/hand-over"
SHOWN = 12
CONFLICT, UNPROCESSABLE = 409, 422
Filled = Annotated[schemas.HandForm, Form()]


@router.get(PATH)
async def hand_over_page(visit: UsualVisit, known: PathPerson) -> Response:
    return await _form(visit, known, "", {})


@router.post(PATH)
async def hand_over(visit: UsualVisit, known: PathPerson, form: Filled) -> Response:
    _require(visit)
    tickets = await service.in_hands(visit.upstream, known.person.person_id)
    takers = await service.takers(visit.database, visit.actor, known, tickets)
    if form.to not in {*takers, model.NOBODY}:
        problems = {"to": "Choose who takes them over"}
        return await _form(visit, known, form.to, problems, UNPROCESSABLE)
    to = None if form.to == model.NOBODY else form.to
    left = await service.hand_over(visit.upstream, known.person.person_id, to)
    if left:
        problems = {"to": "Others are at some of them just now: try again"}
        return await _form(visit, known, form.to, problems, CONFLICT)
    return visiting.see_other(path_of(known), "tickets-handed-over")


async def _form(
    visit: Visit[Place | None],
    known: Known,
    to: str,
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    _require(visit)
    tickets = await service.in_hands(visit.upstream, known.person.person_id)
    context = {
        "known": known,
        "here": path_of(known),
        "tickets": tickets,
        "names": service.names(tickets, SHOWN),
        "takers": await service.takers(visit.database, visit.actor, known, tickets),
        "nobody": model.NOBODY,
        "to": to,
        "problems": problems,
    }
    return visiting.page(visit, "handing/form.html", "people", context, status)


def _require(visit: Visit[Place | None]) -> None:
    """Refuse whoever does not work on the tickets of a whole LA.

    Raises:
        errors.Forbidden: the visitor does not.
    """
    if not visit.actor.las(model.GIVERS):
        raise errors.Forbidden
