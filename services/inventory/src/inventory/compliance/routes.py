"""Compliance over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.compliance import schemas, service
from inventory.compliance.model.listing import ComplianceFilter, Sort
from inventory.compliance.model.standing import State
from inventory.estate.routes import Now
from inventory.licences.model.listing import Ends

router = APIRouter(prefix="/api/inventory/v1/licences/compliance", tags=["licences"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a name, a publisher or a school."),
    ] = None,
    state: State | None = None,
    title_id: Annotated[
        UUID | None, Query(description="A title that devices report.")
    ] = None,
    ends: Annotated[
        Ends | None,
        Query(
            description="What it leans on has ended, or ends within 90 or 365 days from"
            " today."
        ),
    ] = None,
) -> ComplianceFilter:
    return ComplianceFilter(la_code, school, q or None, state, title_id, ends)


Wanted = Annotated[ComplianceFilter, Depends(wanted)]


@router.get("", response_model=schemas.StandingPage, responses=problems.READING)
async def list_standings(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "state",
) -> Response:
    """List whether what is installed is covered by licences, school by school."""
    found = await service.list_standings(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.StandingCount, responses=problems.READING)
async def count_standings(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the standings that a listing holds, in all and by state."""
    found = await service.count_standings(database, actor, now.today, wanted)
    return http.reply(found)
