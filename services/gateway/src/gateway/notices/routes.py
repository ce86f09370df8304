"""Notices over HTTP."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from gateway import days
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.notices import schemas, service
from gateway.notices.model import Notice

router = APIRouter(prefix="/api/directory/v1/notices", tags=["notices"])


async def today() -> date:
    """The day that it is in England."""
    return days.day_in_england(datetime.now(UTC))


Today = Annotated[date, Depends(today)]


@router.get("", response_model=schemas.NoticesAnswer, responses=problems.READING)
async def list_notices(
    request: Request, db: CurrentDatabase, actor: CurrentCaller, page: PageQuery
) -> Response:
    """List the notices of your LAs, the newest first."""
    return http.reply_page(request, await service.list_notices(db, actor, page))


@router.post(
    "",
    status_code=201,
    response_model=schemas.NoticeAnswer,
    responses=problems.WRITING,
)
async def write_notice(
    db: CurrentDatabase,
    actor: CurrentCaller,
    command: schemas.WriteNotice,
    key: IdempotencyKey,
) -> Response:
    """Write a notice; it is a draft until it is published."""
    notice = await service.write_notice(db, actor, command, key)
    return _one(notice, 201, f"{router.prefix}/{notice.notice_id}")


@router.get("/shown", response_model=schemas.NoticesAnswer, responses=problems.READING)
async def shown_notices(
    db: CurrentDatabase, actor: CurrentCaller, on: Today
) -> Response:
    """List the notices that are for you today and that you have not put away."""
    found = await service.shown_notices(db, actor, on)
    return http.reply({"items": found, "next": None})


@router.get(
    "/{notice_id:uuid}", response_model=schemas.NoticeAnswer, responses=problems.READING
)
async def get_notice(
    db: CurrentDatabase, actor: CurrentCaller, notice_id: UUID
) -> Response:
    """Read a notice of your LA."""
    return _one(await service.get_notice(db, actor, notice_id))


@router.patch(
    "/{notice_id:uuid}",
    response_model=schemas.NoticeAnswer,
    responses=problems.CHANGING,
)
async def change_notice(
    db: CurrentDatabase,
    actor: CurrentCaller,
    notice_id: UUID,
    command: schemas.ChangeNotice,
    version: ExpectedVersion,
) -> Response:
    """Change some values of a notice."""
    return _one(await service.change_notice(db, actor, notice_id, version, command))


@router.post(
    "/{notice_id:uuid}/publish",
    response_model=schemas.NoticeAnswer,
    responses=problems.CHANGING,
)
async def publish_notice(
    db: CurrentDatabase,
    actor: CurrentCaller,
    notice_id: UUID,
    version: ExpectedVersion,
) -> Response:
    """Show a notice to its audience from its first day to its last."""
    return _one(await service.set_state(db, actor, notice_id, version, "published"))


@router.post(
    "/{notice_id:uuid}/withdraw",
    response_model=schemas.NoticeAnswer,
    responses=problems.CHANGING,
)
async def withdraw_notice(
    db: CurrentDatabase,
    actor: CurrentCaller,
    notice_id: UUID,
    version: ExpectedVersion,
) -> Response:
    """Take a notice back for good."""
    return _one(await service.set_state(db, actor, notice_id, version, "withdrawn"))


@router.post("/{notice_id:uuid}/put-away", status_code=204, responses=problems.WRITING)
async def put_away(
    db: CurrentDatabase, actor: CurrentCaller, notice_id: UUID, on: Today
) -> Response:
    """Have a notice shown to you no more."""
    await service.put_away(db, actor, notice_id, on)
    return Response(status_code=204)


def _one(notice: Notice, status: int = 200, location: str | None = None) -> Response:
    return http.reply(notice, status, version=notice.version, location=location)
