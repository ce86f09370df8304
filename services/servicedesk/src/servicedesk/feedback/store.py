"""The table of feedback: one function per query."""

from dataclasses import asdict
from uuid import UUID

from chassis import db, sql
from chassis.paging import Page, PageRequest
from servicedesk.calendar.model.openings import moments
from servicedesk.feedback.model import (
    Feedback,
    FeedbackFilter,
    ObstacleSum,
    Said,
    ScoreSum,
    SumsAsked,
)
from servicedesk.schools.model import SchoolOnItsWay
from servicedesk.tickets.model import Ticket

_QUERIES = sql.load("servicedesk.feedback")
_SAY = _QUERIES.rows("say", Feedback)
_OF_TICKET = _QUERIES.rows("list_of_ticket", Feedback)
# Without its values each would go through all that the caller may see.
_LIST = _QUERIES.rows("list_feedback", Feedback, planned_anew=True)
_SCORES = _QUERIES.rows("sum_scores", ScoreSum, planned_anew=True)
_OBSTACLES = _QUERIES.rows("sum_obstacles", ObstacleSum, planned_anew=True)


async def say(tx: db.Tx, ticket: Ticket, said: Said) -> Feedback:
    """Store what the actor says of a ticket, in place of what they said before."""
    place = {"la_code": ticket.la_code, "school_id": ticket.school_id}
    whose = {"ticket_id": ticket.ticket_id, "requester_id": ticket.requester_id}
    what = {**asdict(said), "obstacles": list(said.obstacles)}
    meanwhile = {"ticket_feedback_ticket_fkey": SchoolOnItsWay()}
    return await tx.one(_SAY, {**place, **whose, **what}, meanwhile)


async def list_of_ticket(tx: db.Tx, ticket_id: UUID) -> list[Feedback]:
    return await tx.all(_OF_TICKET, {"ticket_id": ticket_id})


async def list_feedback(
    tx: db.Tx,
    wanted: FeedbackFilter,
    school_id: UUID | None,
    page: PageRequest,
) -> Page[Feedback]:
    before, ticket_id, of, by = page.key("-said_at", (str, str, str, str))
    begins, ends = moments(wanted.first, wanted.last)
    asked = {
        "la_code": wanted.la_code,
        "school_id": school_id,
        "view": wanted.view,
        "score": wanted.score,
        "obstacle": wanted.obstacle,
        "begins": begins,
        "ends": ends,
    }
    place = {"before": before, "ticket_id": ticket_id, "of": of, "by": by}
    rows = await tx.all(_LIST, {**asked, **place, "page_size": page.page_size})
    return page.page(
        rows,
        "-said_at",
        lambda last: (last.said_at, last.ticket_id, last.view, last.person_id),
    )


async def sum_scores(
    tx: db.Tx, asked: SumsAsked, la_code: str | None, school_id: UUID | None
) -> list[ScoreSum]:
    return await tx.all(_SCORES, _summed(asked, la_code, school_id))


async def sum_obstacles(
    tx: db.Tx, asked: SumsAsked, la_code: str | None, school_id: UUID | None
) -> list[ObstacleSum]:
    return await tx.all(_OBSTACLES, _summed(asked, la_code, school_id))


def _summed(
    asked: SumsAsked, la_code: str | None, school_id: UUID | None
) -> dict[str, object]:
    begins, ends = moments(asked.first, asked.last)
    where = {"la_code": la_code, "school_id": school_id, "by": asked.by}
    return {**where, "begins": begins, "ends": ends}
