"""Calendars over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.files import answers
from chassis.idempotency import IdempotencyKey
from chassis.wire import Day, LaCode, Moment, UrnText
from servicedesk.calendar import many, schemas, service
from servicedesk.calendar.model.asking import MOST_MINUTES, Work
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
Start = Annotated[Moment, Query(description="A moment, with its zone.")]
End = Annotated[Moment, Query(description="A moment after that, with its zone.")]
First = Annotated[Day, Query(description="The first day.")]
Last = Annotated[Day, Query(description="The last day, 400 days on at most.")]
ICAL = "text/calendar"
ASKING = problems.READING | problems.responses(409)
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
    first: First,
    last: Last,
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


@router.get(
    f"{AUTHORITY}/days", response_model=schemas.DaysAnswer, responses=problems.READING
)
async def list_authority_days(
    database: Db, actor: CurrentActor, la_code: LaCode, first: First, last: Last
) -> Response:
    """Say what each day is to a school that writes nothing of its own."""
    told = await service.list_days(database, actor, la_code, first, last)
    return http.reply(told)


@router.get(
    f"{AUTHORITY}/year", response_model=schemas.YearAnswer, responses=problems.READING
)
async def get_authority_year(
    database: Db, actor: CurrentActor, la_code: LaCode, year: Year
) -> Response:
    """Say what a school year holds of the law's where a school writes nothing."""
    return http.reply(await service.get_year(database, actor, la_code, year))


@router.get(
    f"{AUTHORITY}/next-year", response_model=schemas.ProposalAnswer, responses=ASKING
)
async def propose_authority_year(
    database: Db, actor: CurrentActor, la_code: LaCode, year: Year
) -> Response:
    """Draft the school year after one, 52 weeks on; write it once it is corrected."""
    return http.reply(await service.propose_year(database, actor, la_code, year))


@router.get(
    f"{SCHOOL}/next-year", response_model=schemas.ProposalAnswer, responses=ASKING
)
async def propose_school_year(
    database: Db, actor: CurrentActor, school_urn: UrnText, year: Year
) -> Response:
    """Draft what a school itself writes of the school year after one."""
    return http.reply(await service.propose_year(database, actor, school_urn, year))


@router.get(
    f"{SCHOOL}/working-time", response_model=schemas.ElapsedAnswer, responses=ASKING
)
async def get_elapsed(
    database: Db, actor: CurrentActor, school_urn: UrnText, start: Start, end: End
) -> Response:
    """Say how much working time lies between two moments, by what governed then."""
    window = (start, end)
    return http.reply(await service.get_elapsed(database, actor, school_urn, window))


@router.get(f"{SCHOOL}/due", response_model=schemas.DueAnswer, responses=ASKING)
async def get_due(
    database: Db,
    actor: CurrentActor,
    school_urn: UrnText,
    start: Start,
    minutes: Annotated[
        int, Query(ge=0, le=MOST_MINUTES, description="Of working time.")
    ],
) -> Response:
    """Say when some working time is over: nobody is there at night or in holidays."""
    told = await service.get_due(database, actor, school_urn, start, minutes)
    return http.reply(told)


@router.get(
    f"{SCHOOL}/objections",
    response_model=schemas.ObjectionsAnswer,
    responses=problems.READING,
)
async def list_objections(
    *,
    database: Db,
    actor: CurrentActor,
    school_urn: UrnText,
    start: Start,
    end: End,
    work: Annotated[
        Work, Query(description="What nobody in a lesson notices, or what disrupts.")
    ] = "disruptive",
) -> Response:
    """Say whether work may be done then, and every reason against it."""
    window = (start, end)
    told = await service.list_objections(database, actor, school_urn, window, work)
    return http.reply(told)


@router.get(
    f"{SCHOOL}/calendar.ics",
    response_class=Response,
    responses=problems.READING
    | {200: {"content": {ICAL: {"schema": {"type": "string"}}}}},
)
async def get_file(database: Db, actor: CurrentActor, school_urn: UrnText) -> Response:
    """Save a school's terms, INSET days and the like for another program."""
    file = await service.get_file(database, actor, school_urn)
    headers = answers.attachment(f"school-{school_urn}.ics")
    return Response(file, headers=headers, media_type=ICAL)


@router.post(
    f"{SCHOOL}/ical", response_model=schemas.ReadAnswer, responses=problems.CHANGING
)
async def read_file(
    database: Db,
    actor: CurrentActor,
    school_urn: UrnText,
    command: schemas.ReadCalendar,
    version: ExpectedVersion,
) -> Response:
    """Add what another program's file says of terms, INSET days and the like.

    An event is known by its category or by the words of its summary; what is not known
    is passed over, and told.
    """
    which = (school_urn, version)
    told = await service.read_file(database, actor, which, command.ical)
    return http.reply(told, version=told.calendar.version)


@router.post(
    "/additions", response_model=schemas.AddedAnswer, responses=problems.WRITING
)
async def add_to_calendars(
    database: Db,
    actor: CurrentActor,
    command: schemas.AddToCalendars,
    key: IdempotencyKey,
) -> Response:
    """Add periods and parts of days to the calendars of up to 500 schools at once.

    At all of them, or at none; a school that holds them already stays as it is.
    """
    return http.reply(await many.add_to_calendars(database, actor, command, key))


def _one(told: Calendar) -> Response:
    return http.reply(told, version=told.version)
