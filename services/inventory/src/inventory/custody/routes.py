"""Custody over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.custody import schemas, service
from inventory.custody.model import (
    Custody,
    CustodyFilter,
    HolderKind,
    Purpose,
    Sort,
    State,
)

router = APIRouter(prefix="/api/inventory/v1", tags=["custody"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    state: Annotated[
        State | None, Query(description="`due-soon`: within a week.")
    ] = None,
    purpose: Purpose | None = None,
    holder_kind: HolderKind | None = None,
    holder: Annotated[
        Line | None,
        Query(max_length=120, description="The whole of a holder's name."),
    ] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a holder, tag, make or model."),
    ] = None,
) -> CustodyFilter:
    return CustodyFilter(
        *(la_code, school, state, purpose, holder_kind, holder or None, q or None)
    )


Wanted = Annotated[CustodyFilter, Depends(wanted)]


@router.get(
    "/assets/{asset_id:uuid}/custody",
    response_model=schemas.CustodyList,
    responses=problems.READING,
)
async def list_of_asset(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """List who had an asset, the last first."""
    found = await service.list_of_asset(database, actor, asset_id)
    return http.reply({"items": found})


@router.post(
    "/assets/{asset_id:uuid}/custody",
    status_code=201,
    response_model=schemas.CustodyAnswer,
    responses=problems.WRITING,
)
async def issue_asset(
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    command: schemas.IssueAsset,
    key: IdempotencyKey,
) -> Response:
    """Give an asset out: as a loan, for one pupil, with a class set, to a school."""
    made = await service.issue_asset(database, actor, asset_id, command, key)
    return _one(made, 201, f"{router.prefix}/custodies/{made.custody_id}")


@router.get(
    "/custodies", response_model=schemas.CustodyPage, responses=problems.READING
)
async def list_custodies(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "due_on",
) -> Response:
    """List who has or had kit within your scope."""
    found = await service.list_custodies(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/custodies/count", response_model=schemas.CustodyCount, responses=problems.READING
)
async def count_custodies(
    database: Db, actor: CurrentActor, wanted: Wanted
) -> Response:
    """Count what such a listing holds."""
    found = await service.count_custodies(database, actor, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get(
    "/custodies/{custody_id:uuid}",
    response_model=schemas.CustodyAnswer,
    responses=problems.READING,
)
async def get_custody(database: Db, actor: CurrentActor, custody_id: UUID) -> Response:
    """Read who has or had an asset."""
    return _one(await service.get_custody(database, actor, custody_id))


@router.patch(
    "/custodies/{custody_id:uuid}",
    response_model=schemas.CustodyAnswer,
    responses=problems.CHANGING,
)
async def renew_custody(
    database: Db,
    actor: CurrentActor,
    custody_id: UUID,
    command: schemas.RenewCustody,
    version: ExpectedVersion,
) -> Response:
    """Say until when they may have it from now on."""
    return _one(
        await service.renew_custody(database, actor, custody_id, version, command)
    )


@router.post(
    "/custodies/{custody_id:uuid}/return",
    response_model=schemas.CustodyAnswer,
    responses=problems.WRITING,
)
async def return_asset(
    database: Db, actor: CurrentActor, custody_id: UUID, command: schemas.ReturnAsset
) -> Response:
    """Take an asset back."""
    return _one(await service.return_asset(database, actor, custody_id, command))


def _one(custody: Custody, status: int = 200, location: str | None = None) -> Response:
    return http.reply(custody, status, version=custody.version, location=location)
