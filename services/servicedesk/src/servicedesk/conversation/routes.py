"""A ticket's comments over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from servicedesk.conversation import schemas, service

router = APIRouter(
    prefix="/api/servicedesk/v1/tickets/{ticket_id:uuid}/comments", tags=["tickets"]
)
Db = Annotated[db.Database, Depends(http.database)]


@router.get("", response_model=schemas.CommentPage, responses=problems.READING)
async def list_comments(
    request: Request,
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    page: PageQuery,
) -> Response:
    """List the comments of a ticket, oldest first."""
    found = await service.list_comments(database, actor, ticket_id, page)
    return http.reply_page(request, found)


@router.post(
    "",
    status_code=201,
    response_model=schemas.CommentAnswer,
    responses=problems.WRITING,
)
async def add_comment(
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    command: schemas.AddComment,
    key: IdempotencyKey,
) -> Response:
    """Say something of a ticket: its requester and those who work on it may."""
    comment = await service.add_comment(database, actor, ticket_id, command, key)
    return http.reply(comment, 201)
