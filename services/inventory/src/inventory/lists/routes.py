"""Lists of kit over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import Day, LaCode, Line, UrnText
from inventory.assets.model import AssetFilter, Match, Sort, Status
from inventory.catalogue.model.entries import Support
from inventory.kinds.model.categories import Category
from inventory.lists import schemas, service
from inventory.lists.model import ListFilter

router = APIRouter(prefix="/api/inventory/v1/assets", tags=["assets"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    category: Category | None = None,
    status: Status | None = None,
    room: Annotated[
        Line | None,
        Query(max_length=80, description="Name of a room, whatever its case."),
    ] = None,
    q: Annotated[
        Line | None,
        Query(
            max_length=80,
            description="Parts of a tag, make, model, serial, building, room or host.",
        ),
    ] = None,
    warranty_by: Annotated[
        Day | None,
        Query(description="Only kit whose warranty ends on that day at the latest."),
    ] = None,
    match: Annotated[
        Match,
        Query(description="`near`: with one letter of each word of `q` wrong."),
    ] = "exact",
    held: Annotated[
        bool | None,
        Query(
            description="Whether it is anything but retired, disposed of or cancelled."
        ),
    ] = None,
    model_id: Annotated[
        UUID | None, Query(description="A model of the catalogue: `/models`.")
    ] = None,
    support: Annotated[
        Support | None, Query(description="How the support of its model stands today.")
    ] = None,
) -> ListFilter:
    kit = AssetFilter(
        *(la_code, school, category, status, room or None, q or None, warranty_by),
        *(match, held),
    )
    return ListFilter(kit, model_id, support)


@router.get("", response_model=schemas.AssetPage, responses=problems.READING)
async def list_assets(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[ListFilter, Depends(wanted)],
    page: PageQuery,
    sort: Sort = "tag",
) -> Response:
    """List the assets within your scope."""
    found = await service.list_assets(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/count", response_model=schemas.AssetCountAnswer, responses=problems.READING
)
async def count_assets(
    database: Db, actor: CurrentActor, wanted: Annotated[ListFilter, Depends(wanted)]
) -> Response:
    """Count the assets within your scope, up to a hundred thousand."""
    return http.reply(await service.count_assets(database, actor, wanted))
