"""People over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.paging import PageQuery
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.directory.schemas import SearchText
from gateway.people import schemas, service

router = APIRouter(
    prefix="/api/directory/v1", tags=["directory"], responses=problems.READING
)


@router.get("/people", response_model=schemas.PeopleAnswer)
async def list_people(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    page: PageQuery,
    q: Annotated[SearchText | None, Query(description="A part of the name.")] = None,
) -> Response:
    """List the people who are assigned where you may see them, by name."""
    return http.reply_page(request, await service.list_people(db, actor, q, page))
