"""Calendars over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.wire import Day, LaCode, UrnText
from servicedesk.calendar import schemas, service
from servicedesk.calendar.model.calendars import Calendar
from servicedesk.calendar.model.layers import EARLIEST, LATEST

router = APIRouter(prefix="/api/servicedesk/v1/calendars", tags=["calendars"])
Db = Annotated[db.Database, Depends(http.database)]
Year = Annotated[
    int,
    Query(
        ge=EARLIEST.year, lt=LATEST.year, description="In whose autumn it begins: 2026."
    ),
]
AUTHORITY, SCHOOL = "/authorities/{la_code}", "/schools/{school_urn}"


@router.get(
    AUTHORITY, response_model=schemas.CalendarAnswer, responses=problems.READING
)
async def get_authority_calendar(
    database: Db, actor: CurrentActor, la_code: LaCode
) -> Response:
    """Read what an LA writes of terms, closures and hours for its schools."""
    return _one(await service.get_calendar(database, actor, la_code))


@router.put(
    AUTHORITY, response_model=schemas.CalendarAnswer, responses=problems.CHANGING
)
async def write_authority_calendar(
    database: Db,
    actor: CurrentActor,
    la_code: LaCode,
    command: schemas.WriteCalendar,
    version: ExpectedVersion,
) -> Response:
    """Write an LA's calendar anew: it governs from now on, the past stays as it was."""
    which = (la_code, version)
    return _one(await service.write_calendar(database, actor, which, command))


@router.get(SCHOOL, response_model=schemas.CalendarAnswer, responses=problems.READING)
async def get_school_calendar(
    database: Db, actor: CurrentActor, school_urn: UrnText
) -> Response:
    """Read what a school says of its calendar, and what governs there."""
    return _one(await service.get_calendar(database, actor, school_urn))


@router.put(SCHOOL, response_model=schemas.CalendarAnswer, responses=problems.CHANGING)
async def write_school_calendar(
    database: Db,
    actor: CurrentActor,
    school_urn: UrnText,
    command: schemas.WriteCalendar,
    version: ExpectedVersion,
) -> Response:
    """Write a school's own calendar anew; what it leaves out is its LA's.

    A school that sets terms for a school year sets all of that year's shape.
    """
    which = (school_urn, version)
    return _one(await service.write_calendar(database, actor, which, command))


@router.get(
    f"{SCHOOL}/days", response_model=schemas.DaysAnswer, responses=problems.READING
)
async def list_days(
    database: Db,
    actor: CurrentActor,
    school_urn: UrnText,
    first: Annotated[Day, Query(description="The first day.")],
    last: Annotated[Day, Query(description="The last day, 400 days on at most.")],
) -> Response:
    """Say what each day is to a school and why, and when somebody is there."""
    return http.reply(await service.list_days(database, actor, school_urn, first, last))


@router.get(
    f"{SCHOOL}/year", response_model=schemas.YearAnswer, responses=problems.READING
)
async def get_year(
    database: Db, actor: CurrentActor, school_urn: UrnText, year: Year
) -> Response:
    """Say whether a school year holds 190 days, 380 sessions and five of training."""
    return http.reply(await service.get_year(database, actor, school_urn, year))


def _one(told: Calendar) -> Response:
    return http.reply(told, version=told.version)
