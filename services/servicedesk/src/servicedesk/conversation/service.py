"""The use cases of a ticket's conversation."""

from dataclasses import dataclass
from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from servicedesk.conversation import schemas, store
from servicedesk.conversation.model import Comment
from servicedesk.tickets import model as tickets_model
from servicedesk.tickets import service as tickets


@dataclass(frozen=True, slots=True)
class _OfTicket:
    """A command together with the ticket that its address names."""

    ticket_id: UUID
    command: schemas.AddComment


async def list_comments(
    database: db.Database, actor: Actor, ticket_id: UUID, page: PageRequest
) -> Page[Comment]:
    async with database.read(actor, tickets_model.ACCESS) as tx:
        await tickets.ticket_of(tx, ticket_id)
        return await store.list_comments(tx, ticket_id, page)


async def add_comment(
    database: db.Database,
    actor: Actor,
    ticket_id: UUID,
    command: schemas.AddComment,
    key: str | None,
) -> Comment:
    """Add a comment, in any status; a repeat with the same key adds nothing."""
    repeatable = _OfTicket(ticket_id, command)
    async with database.begin(actor, tickets_model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, repeatable, Comment):
            return earlier
        ticket = await tickets.ticket_of(tx, ticket_id)
        tickets_model.require_party(actor, ticket)
        comment = await store.insert_comment(tx, ticket, command.body)
        await tickets.tell(tx, actor, ticket, comment.commented_at)
        target = Target("ticket", ticket_id, ticket.la_code, ticket.school_id)
        said = {"comment_id": comment.comment_id}
        await audit.record(tx, "ticket.commented", target, after=said)
        await idempotency.keep(tx, key, comment)
    return comment
