"""Disposals over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import Page, PageQuery
from chassis.wire import Day, LaCode, Line, UrnText
from inventory.assets.model import DisposalMethod
from inventory.disposals import schemas, service
from inventory.disposals.model import DisposalFilter, Sort, Which

router = APIRouter(prefix="/api/inventory/v1/disposals", tags=["disposals"])
Db = Annotated[db.Database, Depends(http.database)]
_TOLD = tuple(schemas.GoneAnswer.model_fields)


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    method: Annotated[DisposalMethod | None, Query(description="How it left.")] = None,
    q: Annotated[
        Line | None, Query(max_length=80, description="Parts of a reference.")
    ] = None,
) -> DisposalFilter:
    return DisposalFilter(la_code, school, method, q or None)


async def one_wanted(
    *,
    school: Annotated[UrnText, Query(description="URN of the school.")],
    disposed_on: Annotated[Day, Query(description="The day on which it left.")],
    method: Annotated[DisposalMethod, Query(description="How it left.")],
    reference: Annotated[
        Line | None,
        Query(max_length=120, description="None of what left without one."),
    ] = None,
) -> Which:
    return Which(school, disposed_on, method, reference or None)


Wanted = Annotated[DisposalFilter, Depends(wanted)]
One = Annotated[Which, Depends(one_wanted)]


@router.get("", response_model=schemas.DisposalPage, responses=problems.READING)
async def list_disposals(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "-disposed_on",
) -> Response:
    """List what left together: on one day, in one way and under one reference."""
    found = await service.list_disposals(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.DisposalCount, responses=problems.READING)
async def count_disposals(
    database: Db, actor: CurrentActor, wanted: Wanted
) -> Response:
    """Count what such a listing holds."""
    found = await service.count_disposals(database, actor, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get("/kit", response_model=schemas.GonePage, responses=problems.READING)
async def list_gone(
    *, request: Request, database: Db, actor: CurrentActor, which: One, page: PageQuery
) -> Response:
    """List the kit of one disposal by tag, each with how its data was erased."""
    found = await service.list_gone(database, actor, which, page)
    items = [{name: getattr(each, name) for name in _TOLD} for each in found.items]
    return http.reply_page(request, Page(items, found.next))
