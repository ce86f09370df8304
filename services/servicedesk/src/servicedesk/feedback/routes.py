"""What people think of how tickets went, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import Day, LaCode, UrnText
from servicedesk.feedback import schemas, service
from servicedesk.feedback.model import (
    By,
    FeedbackFilter,
    Obstacle,
    Score,
    SumsAsked,
    View,
)

router = APIRouter(prefix="/api/servicedesk/v1", tags=["tickets"])
OF_TICKET = "/tickets/{ticket_id:uuid}"
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - each is a filter of the listing
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    view: Annotated[View | None, Query(description="Who says it.")] = None,
    score: Score | None = None,
    obstacle: Annotated[
        Obstacle | None, Query(description="What stood in the way.")
    ] = None,
    first: Annotated[Day | None, Query(description="Said from this day on.")] = None,
    last: Annotated[Day | None, Query(description="Said up to this day.")] = None,
) -> FeedbackFilter:
    return FeedbackFilter(la_code, school, view, score, obstacle, first, last)


async def asked(
    *,
    first: Annotated[Day, Query(description="The first day.")],
    last: Annotated[Day, Query(description="The last day.")],
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    by: By = "school",
) -> SumsAsked:
    return SumsAsked(la_code, school, first, last, by)


@router.get(
    "/feedback", response_model=schemas.FeedbackPage, responses=problems.READING
)
async def list_feedback(
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[FeedbackFilter, Depends(wanted)],
    page: PageQuery,
) -> Response:
    """List what people said of how tickets went, the latest first."""
    found = await service.list_feedback(database, actor, wanted, page)
    return http.reply_page(request, found)


@router.get(
    "/feedback/sums", response_model=schemas.SumsAnswer, responses=problems.READING
)
async def sum_feedback(
    database: Db, actor: CurrentActor, asked: Annotated[SumsAsked, Depends(asked)]
) -> Response:
    """Sum what people said of how the tickets of some days went."""
    return http.reply(await service.sum_feedback(database, actor, asked))


@router.get(
    f"{OF_TICKET}/feedback",
    response_model=schemas.FeedbackItems,
    responses=problems.READING,
)
async def list_of_ticket(
    database: Db, actor: CurrentActor, ticket_id: UUID
) -> Response:
    """List what was said of how a ticket went; who asked reads their own word."""
    found = await service.list_of_ticket(database, actor, ticket_id)
    return http.reply({"items": found})


@router.put(
    f"{OF_TICKET}/satisfaction",
    response_model=schemas.FeedbackAnswer,
    responses=problems.WRITING,
)
async def rate(
    database: Db, actor: CurrentActor, ticket_id: UUID, command: schemas.Rate
) -> Response:
    """Say how a settled ticket of yours went."""
    return http.reply(await service.rate(database, actor, ticket_id, command))


@router.put(
    f"{OF_TICKET}/obstacles",
    response_model=schemas.FeedbackAnswer,
    responses=problems.WRITING,
)
async def tell_obstacles(
    database: Db, actor: CurrentActor, ticket_id: UUID, command: schemas.TellObstacles
) -> Response:
    """Say what stood in your way when you worked on a ticket."""
    return http.reply(await service.tell_obstacles(database, actor, ticket_id, command))
