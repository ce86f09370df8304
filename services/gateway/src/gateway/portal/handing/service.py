"""Finds what is in somebody's hands, and puts it into another's."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import PageRequest
from contracts import roles
from gateway.callers.upstream import Upstream
from gateway.people import service as people
from gateway.people.model import Known, PeopleFilters
from gateway.portal.bulk import service as bulk
from gateway.portal.handing import model
from gateway.portal.lists import service as lists
from gateway.portal.lists.service import TICKETS
from gateway.portal.tables.model import State
from gateway.portal.tickets.model import UNSETTLED
from gateway.portal.tickets.schemas import Ticket

MOST_TAKERS = 200
ROUNDS = 3
"""A ticket that somebody changes meanwhile is tried again, so often in all."""


async def in_hands(upstream: Upstream, person_id: UUID) -> list[Ticket]:
    """List somebody's unsettled tickets, as far as the visitor sees them."""
    found: list[Ticket] = []
    for status in UNSETTLED:
        state = State("opened_at", {"status": status}, (), lists.PAGE)
        place = {"assignee": str(person_id)}
        async for items in lists.walk(upstream, TICKETS, place, state):
            found += items
    return found


async def hand_over(upstream: Upstream, person_id: UUID, to: str | None) -> int:
    """Put somebody's unsettled tickets into another's hands; say how many are left."""
    change = {"kind": "assign", "assignee_id": to}
    for _ in range(ROUNDS):
        chosen = [TICKETS.chosen_of(t) for t in await in_hands(upstream, person_id)]
        if not chosen:
            return 0
        await bulk.change_many(upstream, TICKETS, chosen, change, str(uuid4()))
    return len(await in_hands(upstream, person_id))


async def takers(
    db: Database, actor: Actor, leaver: Known, tickets: Sequence[Ticket]
) -> dict[str, str]:
    """Name who may take tickets over: the desk of the LAs, and the school's own."""
    las = actor.las(model.GIVERS)
    places = {(each.la_code, each.school_urn) for each in tickets}
    urns = {urn for _, urn in places}
    asked = [
        PeopleFilters(la_code=la, role=role)
        for la in las
        for role in (roles.LA_TECHNICIAN, roles.LA_MANAGER)
    ]
    if len(urns) == 1:
        # Who works in one school takes nothing over that is in another.
        own = PeopleFilters(school_urn=min(urns), role=roles.SCHOOL_TECHNICIAN)
        asked.append(own)
    found: list[Known] = []
    for filters in asked:
        page = PageRequest(MOST_TAKERS, None)
        found += (
            await people.list_people(db, actor, filters, page, leaver.today)
        ).items
    return model.offered(found, leaver, places)


def names(tickets: Sequence[Ticket], most: int) -> list[str]:
    return [TICKETS.chosen_of(each).name for each in tickets[:most]]
