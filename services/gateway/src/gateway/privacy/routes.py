"""Privacy over HTTP: copies, erasures, and for how long things are kept."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.paging import PageQuery
from chassis.wire import LaCode
from gateway import days
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.privacy import schemas, service
from gateway.privacy.holders import Holders

router = APIRouter(prefix="/api/directory/v1", tags=["privacy"])


async def today() -> date:
    """The day that it is in England."""
    return days.day_in_england(datetime.now(UTC))


async def holders(request: Request) -> Holders:
    found: Holders = request.app.state.holders
    return found


Today = Annotated[date, Depends(today)]
CurrentHolders = Annotated[Holders, Depends(holders)]


@router.get("/me/data", response_model=schemas.CopyAnswer, responses=problems.READING)
async def get_own_data(
    db: CurrentDatabase, actor: CurrentCaller, holders: CurrentHolders, on: Today
) -> Response:
    """Read all that is held about yourself."""
    return http.reply(schemas.shown(await service.own_copy(db, actor, holders, on)))


@router.get(
    "/people/{person_id:uuid}/data",
    response_model=schemas.CopyAnswer,
    responses=problems.READING,
)
async def get_data(
    db: CurrentDatabase,
    actor: CurrentCaller,
    holders: CurrentHolders,
    person_id: UUID,
    on: Today,
) -> Response:
    """Read all that the LAs that you manage hold about somebody."""
    found = await service.copy_of(db, actor, holders, person_id, on)
    return http.reply(schemas.shown(found))


@router.post(
    "/people/{person_id:uuid}/erasures",
    status_code=202,
    response_model=schemas.ErasureAnswer,
    responses=problems.WRITING,
)
async def ask_erasure(
    db: CurrentDatabase,
    actor: CurrentCaller,
    person_id: UUID,
    command: schemas.AskErasure,
    on: Today,
) -> Response:
    """Ask that an LA lets go of somebody who holds no role there any more."""
    found = await service.ask_erasure(
        db,
        actor,
        person_id,
        command.la_code,
        with_texts=command.with_texts,
        today=on,
    )
    return http.reply(found, 202)


@router.get(
    "/erasures", response_model=schemas.ErasuresAnswer, responses=problems.READING
)
async def list_erasures(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    page: PageQuery,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
) -> Response:
    """List whom your LAs let go of, the newest first."""
    found = await service.list_erasures(db, actor, la_code, page)
    return http.reply_page(request, found)


@router.get(
    "/authorities/{la_code}/retention",
    response_model=schemas.RetentionAnswer,
    responses=problems.READING,
)
async def get_retention(
    db: CurrentDatabase, actor: CurrentCaller, la_code: LaCode
) -> Response:
    """Read for how long an LA keeps things, and what the last nights let go of."""
    months = await service.get_rules(db, actor, la_code)
    runs = await service.list_runs(db, actor, la_code)
    return http.reply({"months": months, "runs": runs})


@router.patch(
    "/authorities/{la_code}/retention",
    response_model=schemas.RetentionAnswer,
    responses=problems.WRITING,
)
async def change_retention(
    db: CurrentDatabase,
    actor: CurrentCaller,
    la_code: LaCode,
    command: schemas.KeptFor,
) -> Response:
    """Have an LA keep things for other times: the next night goes by them."""
    months = await service.change_rules(db, actor, la_code, command.said())
    runs = await service.list_runs(db, actor, la_code)
    return http.reply({"months": months, "runs": runs})
