"""Somebody's own day on the desk, and the wallboard of an LA."""

import asyncio
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import Response

from gateway.days import day_in_england
from gateway.directory import service as directory
from gateway.portal.desk import model, service
from gateway.portal.tickets import model as ticket_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import TECHNICIANS
from gateway.portal.visit.routes import UsualVisit
from gateway.trail import service as trail

router = APIRouter()


@router.get("/my-day")
async def my_day(visit: UsualVisit) -> Response:
    """Show what is in somebody's hands, what nobody has, and what they worked."""
    actor = visit.actor
    visiting.require(bool(actor.las(TECHNICIANS) or actor.schools(TECHNICIANS)))
    now, me = datetime.now(UTC), visit.actor.principal
    mine, workload, worked, schools = await asyncio.gather(
        service.list_mine(visit.upstream, me),
        service.get_workload(visit.upstream, {}),
        service.get_worked(visit.upstream, me, day_in_england(now)),
        directory.my_schools(visit.database, visit.actor),
    )
    context = {
        "mine": mine,
        "nobodys": model.nobodys(workload.people),
        "worked": worked,
        "schools": {each.urn: each.name for each in schools},
        "now": now,
        "words": ticket_words,
    }
    return visiting.page(visit, "desk/my-day.html", "home", context)


@router.get("/authorities/{la_code}/wallboard")
async def wallboard(visit: UsualVisit, la_code: str) -> Response:
    """Show what lies before an LA's desk, in figures that are read across a room."""
    authority = await visiting.authority_of(visit, la_code)
    workload, due, schools = await asyncio.gather(
        service.get_workload(visit.upstream, {"la_code": la_code}),
        service.list_next(visit.upstream, la_code),
        directory.my_schools(visit.database, visit.actor),
    )
    held = {each.assignee_id for each in workload.people if each.assignee_id}
    names = await trail.names_of(visit.database, visit.actor, held)
    context = {
        "authority": authority,
        "workload": workload,
        "people": model.named(workload.people, names),
        "due": due,
        "schools": {each.urn: each.name for each in schools},
        "now": datetime.now(UTC),
        "words": ticket_words,
    }
    return visiting.page(visit, "desk/wallboard.html", "all-tickets", context)
