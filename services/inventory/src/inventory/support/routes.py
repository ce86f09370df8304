"""Support of machines over HTTP: parse, call one use case, shape the answer."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.estate.model.kit import Clock
from inventory.lifecycle.model.releases import State
from inventory.support import schemas, service
from inventory.support.model.machines import MachineFilter, Sort
from inventory.support.model.readiness import Readiness

router = APIRouter(prefix="/api/inventory/v1", tags=["support"])
Db = Annotated[db.Database, Depends(http.database)]
School = Annotated[UrnText | None, Query(description="URN of a school.")]
Authority = Annotated[LaCode | None, Query(description="An LA's code.")]


async def today() -> date:
    return Clock(datetime.now(UTC)).today


Today = Annotated[date, Depends(today)]


async def machines_wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Authority = None,
    school: School = None,
    state: Annotated[
        State | None,
        Query(description="Of the product that is named, or else of the system."),
    ] = None,
    product: Annotated[
        Line | None, Query(max_length=40, description="Its name at endoflife.date.")
    ] = None,
    cycle: Annotated[
        Line | None, Query(max_length=100, description="A release of the product.")
    ] = None,
    room: Annotated[
        Line | None,
        Query(max_length=80, description="Name of a room, whatever its case."),
    ] = None,
    windows_11: Annotated[
        Readiness | None, Query(description="Whether it can run Windows 11.")
    ] = None,
) -> MachineFilter:
    which = (product or None, cycle or None, room or None)
    return MachineFilter(la_code, school, state, *which, windows_11)


Machines = Annotated[MachineFilter, Depends(machines_wanted)]


@router.get(
    "/support", response_model=schemas.SupportAnswer, responses=problems.READING
)
async def get_support(
    database: Db,
    actor: CurrentActor,
    day: Today,
    la_code: Authority = None,
    school: School = None,
) -> Response:
    """Say until when what the machines of your scope run is supported."""
    found = await service.get_support(database, actor, day, la_code, school)
    return http.reply(found)


@router.get(
    "/support/devices",
    response_model=schemas.SupportedDevicePage,
    responses=problems.READING,
)
async def list_devices(  # noqa: PLR0913 - a listing by its parts
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    day: Today,
    wanted: Machines,
    page: PageQuery,
    sort: Sort = "tag",
) -> Response:
    """List the machines in use within your scope by how their system is supported."""
    found = await service.list_devices(database, actor, day, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/support/devices/count",
    response_model=schemas.SupportedCount,
    responses=problems.READING,
)
async def count_devices(
    database: Db, actor: CurrentActor, day: Today, wanted: Machines
) -> Response:
    """Count the machines that a listing holds."""
    found = await service.count_devices(database, actor, day, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.get(
    "/assets/{asset_id:uuid}/support",
    response_model=schemas.AssetSupport,
    responses=problems.READING,
)
async def get_support_of(
    database: Db, actor: CurrentActor, day: Today, asset_id: UUID
) -> Response:
    """Say until when the system and the programs of an asset are supported."""
    return http.reply(await service.get_support_of(database, actor, day, asset_id))
