"""The use cases of feedback."""

from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from servicedesk.feedback import model, schemas, store
from servicedesk.feedback.model import (
    Feedback,
    FeedbackFilter,
    Said,
    Sums,
    SumsAsked,
)
from servicedesk.schools import service as schools
from servicedesk.tickets import model as tickets_model
from servicedesk.tickets import service as tickets
from servicedesk.tickets.model import Ticket


async def list_of_ticket(
    database: db.Database, actor: Actor, ticket_id: UUID
) -> list[Feedback]:
    """List what was said of how a ticket went; who asked sees their own word.

    Raises:
        TicketNotFound: it is not within the scope.
    """
    async with database.read(actor, model.ACCESS) as tx:
        await tickets.ticket_of(tx, ticket_id)
        return await store.list_of_ticket(tx, ticket_id)


async def rate(
    database: db.Database, actor: Actor, ticket_id: UUID, command: schemas.Rate
) -> Feedback:
    """Say how a settled ticket went, for who asked; said again, it replaces that.

    Raises:
        TicketNotFound: it is not within the scope.
        errors.Forbidden: somebody else asked for it.
        TicketUnderWay: it is neither resolved nor closed.
    """
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await tickets.ticket_of(tx, ticket_id)
        model.require_rater(actor, ticket)
        said = Said("requester", command.score, (), command.comment)
        return await _said(tx, ticket, said, "ticket.rated")


async def tell_obstacles(
    database: db.Database,
    actor: Actor,
    ticket_id: UUID,
    command: schemas.TellObstacles,
) -> Feedback:
    """Say what stood in the way of working on a ticket, at any time.

    Raises:
        TicketNotFound: it is not within the scope.
        errors.Forbidden: the actor does not work on it.
    """
    async with database.begin(actor, model.ACCESS) as tx:
        ticket = await tickets.ticket_of(tx, ticket_id)
        tickets_model.require_worker(actor, ticket)
        obstacles = tuple(dict.fromkeys(command.obstacles))
        said = Said("worker", None, obstacles, command.comment)
        return await _said(tx, ticket, said, "ticket.obstacles-told")


async def _said(tx: db.Tx, ticket: Ticket, said: Said, happened: str) -> Feedback:
    """Store it, and what it says but for the words, in the record."""
    feedback = await store.say(tx, ticket, said)
    target = Target("ticket", ticket.ticket_id, ticket.la_code, ticket.school_id)
    after = {"score": said.score} if said.score else {"obstacles": [*said.obstacles]}
    await audit.record(tx, happened, target, after=after)
    return feedback


async def list_feedback(
    database: db.Database, actor: Actor, wanted: FeedbackFilter, page: PageRequest
) -> Page[Feedback]:
    """List what was said within the scope.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, model.READING) as tx:
        school_id = await schools.id_of(tx, wanted.school_urn)
        return await store.list_feedback(tx, wanted, school_id, page)


async def sum_feedback(database: db.Database, actor: Actor, asked: SumsAsked) -> Sums:
    """Sum what was said in some days within the scope, of a school or of an LA.

    Raises:
        SchoolNotFound: the school is not within the scope.
        DaysImpossible: the days are none, or too many.
    """
    model.require_days(asked.first, asked.last)
    async with database.read(actor, model.READING) as tx:
        school_id = await schools.id_of(tx, asked.school_urn)
        return await sums_of(tx, asked, asked.la_code, school_id)


async def sums_of(
    tx: db.Tx, asked: SumsAsked, la_code: str | None, school_id: UUID | None
) -> Sums:
    """Sum what was said in some days, of a place that is found already."""
    where = (asked, la_code, school_id)
    return Sums(
        await store.sum_scores(tx, *where), await store.sum_obstacles(tx, *where)
    )
