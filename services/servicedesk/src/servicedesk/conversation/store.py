"""The table of comments: one function per query."""

from uuid import UUID

from chassis import db, sql
from chassis.paging import Page, PageRequest
from servicedesk.conversation.model import Comment
from servicedesk.schools.model import SchoolOnItsWay
from servicedesk.tickets.model import Ticket

_QUERIES = sql.load("servicedesk.conversation")
_INSERT = _QUERIES.rows("insert_comment", Comment)
_LIST = _QUERIES.rows("list_comments", Comment)


async def insert_comment(tx: db.Tx, ticket: Ticket, body: str) -> Comment:
    said = {
        "la_code": ticket.la_code,
        "school_id": ticket.school_id,
        "ticket_id": ticket.ticket_id,
        "requester_id": ticket.requester_id,
        "body": body,
    }
    meanwhile = {"ticket_comment_ticket_fkey": SchoolOnItsWay()}
    return await tx.one(_INSERT, said, meanwhile)


async def list_comments(tx: db.Tx, ticket_id: UUID, page: PageRequest) -> Page[Comment]:
    # Ids are given in the order of time, so they are the order of the conversation.
    [after_id] = page.key("commented_at", (str,))
    place = {"ticket_id": ticket_id, "after_id": after_id}
    rows = await tx.all(_LIST, {**place, "page_size": page.page_size})
    return page.page(rows, "commented_at", lambda last: (last.comment_id,))
