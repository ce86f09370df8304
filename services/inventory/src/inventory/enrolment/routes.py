"""Enrolment keys over HTTP: parse, call one use case, shape the answer."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import Page, PageQuery
from chassis.wire import UrnText
from inventory.enrolment import schemas, service
from inventory.enrolment.model import EnrolmentKey, Made

router = APIRouter(prefix="/api/inventory/v1/enrolment-keys", tags=["agents"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get("", response_model=schemas.KeyPage, responses=problems.READING)
async def list_keys(
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
) -> Response:
    """List the enrolment keys of your schools, the newest first."""
    found = await service.list_keys(database, actor, school, page)
    items = [schemas.shown(each) for each in found.items]
    return http.reply_page(request, Page([i.model_dump() for i in items], found.next))


@router.post(
    "",
    status_code=201,
    response_model=schemas.MadeAnswer,
    responses=problems.WRITING,
)
async def make_key(
    database: Db, actor: CurrentActor, command: schemas.MakeKey, key: IdempotencyKey
) -> Response:
    """Make an enrolment key for a school; its letters are in this answer alone."""
    made = await service.make_key(database, actor, command, key)
    return _made(made, 201, f"{router.prefix}/{made.known.key_id}")


@router.get(
    "/{key_id:uuid}", response_model=schemas.KeyAnswer, responses=problems.READING
)
async def get_key(database: Db, actor: CurrentActor, key_id: UUID) -> Response:
    """Read an enrolment key, without its letters."""
    return _one(await service.get_key(database, actor, key_id))


@router.post(
    "/{key_id:uuid}/rotate",
    response_model=schemas.MadeAnswer,
    responses=problems.CHANGING,
)
async def rotate_key(
    *,
    database: Db,
    actor: CurrentActor,
    key_id: UUID,
    command: schemas.RotateKey,
    version: ExpectedVersion,
) -> Response:
    """Give a key other letters; the present ones end after the overlap."""
    overlap = timedelta(hours=command.overlap_hours)
    return _made(await service.rotate_key(database, actor, key_id, version, overlap))


@router.post(
    "/{key_id:uuid}/withdraw",
    response_model=schemas.KeyAnswer,
    responses=problems.CHANGING,
)
async def withdraw_key(
    database: Db, actor: CurrentActor, key_id: UUID, version: ExpectedVersion
) -> Response:
    """Take a key no more: its agents are refused from now on."""
    return _one(await service.withdraw_key(database, actor, key_id, version))


def _one(key: EnrolmentKey) -> Response:
    return http.reply(schemas.shown(key).model_dump(), version=key.version)


def _made(made: Made, status: int = 200, location: str | None = None) -> Response:
    shown = schemas.shown_made(made).model_dump()
    return http.reply(shown, status, version=made.known.version, location=location)
