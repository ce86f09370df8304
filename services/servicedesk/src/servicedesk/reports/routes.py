"""Service reports over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import Day, LaCode, UrnText
from servicedesk.reports import schemas, service
from servicedesk.reports.model import ReportAsked

router = APIRouter(prefix="/api/servicedesk/v1/reports", tags=["reports"])
Db = Annotated[db.Database, Depends(http.database)]


async def asked(
    *,
    first: Annotated[Day, Query(description="The first day, such as a term's.")],
    last: Annotated[Day, Query(description="The last day.")],
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
) -> ReportAsked:
    return ReportAsked(la_code, school, first, last)


@router.get("/service", response_model=schemas.ReportAnswer, responses=problems.READING)
async def get_report(
    database: Db, actor: CurrentActor, asked: Annotated[ReportAsked, Depends(asked)]
) -> Response:
    """Tell of the service of some days: tickets, promises, time and what people say."""
    return http.reply(await service.get_report(database, actor, asked))
