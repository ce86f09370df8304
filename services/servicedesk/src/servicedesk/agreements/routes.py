"""Agreements over HTTP: parse, call one use case, shape the answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import Day, LaCode, Line, UrnText
from servicedesk.agreements import schemas, service
from servicedesk.agreements.model import Kind
from servicedesk.agreements.model.listing import AgreementFilter, Ends, Sort
from servicedesk.agreements.model.things import Told

router = APIRouter(prefix="/api/servicedesk/v1/agreements", tags=["agreements"])
Db = Annotated[db.Database, Depends(http.database)]
_ENGLAND = ZoneInfo("Europe/London")


async def today() -> date:
    """Say which day it is in England: in summer it begins an hour before UTC's."""
    return datetime.now(_ENGLAND).date()


Today = Annotated[date, Depends(today)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[
        UrnText | None,
        Query(description="URN of a school: its own, and its LA's for all schools."),
    ] = None,
    kind: Kind | None = None,
    on: Annotated[Day | None, Query(description="A day that they govern.")] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a name, a supplier or an account."),
    ] = None,
    ends: Annotated[
        Ends | None,
        Query(
            description="Has ended; or ends, or has its last day for notice, within 90"
            " or 365 days from today."
        ),
    ] = None,
) -> AgreementFilter:
    return AgreementFilter(la_code, school, kind, on, q or None, ends)


Wanted = Annotated[AgreementFilter, Depends(wanted)]


@router.get("", response_model=schemas.AgreementPage, responses=problems.READING)
async def list_agreements(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Today,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List what was promised to your schools, and agreed with suppliers."""
    found = await service.list_agreements(database, actor, now, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.AgreementCount, responses=problems.READING)
async def count_agreements(
    database: Db, actor: CurrentActor, now: Today, wanted: Wanted
) -> Response:
    """Count the agreements that a listing holds."""
    found = await service.count_agreements(database, actor, now, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.post(
    "",
    status_code=201,
    response_model=schemas.AgreementAnswer,
    responses=problems.WRITING,
)
async def add_agreement(
    *,
    database: Db,
    actor: CurrentActor,
    now: Today,
    command: schemas.AddAgreement,
    key: IdempotencyKey,
) -> Response:
    """Write down what was agreed for a school, or for all schools of an LA."""
    added = await service.add_agreement(database, actor, now, command, key)
    return _one(added, 201, f"{router.prefix}/{added.agreement_id}")


@router.get(
    "/{agreement_id:uuid}",
    response_model=schemas.AgreementAnswer,
    responses=problems.READING,
)
async def get_agreement(
    database: Db, actor: CurrentActor, now: Today, agreement_id: UUID
) -> Response:
    """Read an agreement."""
    return _one(await service.get_agreement(database, actor, now, agreement_id))


@router.put(
    "/{agreement_id:uuid}",
    response_model=schemas.AgreementAnswer,
    responses=problems.CHANGING,
)
async def change_agreement(
    *,
    database: Db,
    actor: CurrentActor,
    now: Today,
    agreement_id: UUID,
    command: schemas.ChangeAgreement,
    version: ExpectedVersion,
) -> Response:
    """Write an agreement anew; tickets keep the targets that they began under."""
    which = (agreement_id, version)
    return _one(await service.change_agreement(database, actor, now, which, command))


@router.post(
    "/{agreement_id:uuid}/end",
    response_model=schemas.AgreementAnswer,
    responses=problems.CHANGING,
)
async def end_agreement(
    *,
    database: Db,
    actor: CurrentActor,
    now: Today,
    agreement_id: UUID,
    command: schemas.EndAgreement,
    version: ExpectedVersion,
) -> Response:
    """Let an agreement end, today or later; it renews no more."""
    which = (agreement_id, version)
    ends_on = command.ends_on
    return _one(await service.end_agreement(database, actor, now, which, ends_on))


def _one(told: Told, status: int = 200, location: str | None = None) -> Response:
    return http.reply(told, status, version=told.version, location=location)
