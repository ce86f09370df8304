"""Devices and doubts over HTTP: parse, call one use case, shape the answer."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.paging import PageQuery
from chassis.wire import LaCode, UrnText
from inventory.agents.model.report import Kind
from inventory.devices import schemas, service
from inventory.devices.model import (
    MOST_DAYS,
    DeviceFilter,
    Doubtful,
    Sort,
    Standing,
)

router = APIRouter(prefix="/api/inventory/v1", tags=["agents"])
Db = Annotated[db.Database, Depends(http.database)]
School = Annotated[UrnText | None, Query(description="URN of a school.")]


async def device_filter(  # noqa: PLR0913 - each is a filter of the listing
    *,
    la_code: Annotated[LaCode | None, Query(description="Code of an LA.")] = None,
    school: School = None,
    asset: Annotated[
        UUID | None, Query(description="Those that are this asset.")
    ] = None,
    kind: Annotated[Kind | None, Query(description="What they are.")] = None,
    standing: Annotated[
        Standing | None, Query(description="Whether it is known which assets they are.")
    ] = None,
    q: Annotated[
        str | None,
        Query(
            max_length=80,
            description="Words of name, serial, make, model or the asset's tag.",
        ),
    ] = None,
    unseen_days: Annotated[
        int | None,
        Query(ge=1, le=MOST_DAYS, description="Nothing heard for so many days."),
    ] = None,
) -> service.Asked:
    return school, DeviceFilter(la_code, None, asset, kind, standing, q, unseen_days)


Wanted = Annotated[service.Asked, Depends(device_filter)]


@router.get(
    "/agent-devices", response_model=schemas.DevicePage, responses=problems.READING
)
async def list_devices(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Wanted,
    page: PageQuery,
    sort: Annotated[
        Sort, Query(description="By what they are listed.")
    ] = "last_seen_at",
) -> Response:
    """List the devices that agents of your schools told of, the longest unheard first.

    With `unseen_days` only those of which nothing was heard for at least so long.
    """
    found = await service.list_devices(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/agent-devices/count",
    response_model=schemas.DeviceCount,
    responses=problems.READING,
)
async def count_devices(database: Db, actor: CurrentActor, wanted: Wanted) -> Response:
    """Count the devices that a listing with the same filters holds."""
    return http.reply(await service.count_devices(database, actor, wanted))


@router.get(
    "/agent-refusals", response_model=schemas.RefusalPage, responses=problems.READING
)
async def list_refusals(
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    school: School = None,
) -> Response:
    """List how often agents with the keys of your schools were refused, and why."""
    found = await service.list_refusals(database, actor, school, page)
    return http.reply_page(request, found)


@router.get(
    "/agent-devices/{device_id:uuid}",
    response_model=schemas.DetailAnswer,
    responses=problems.READING,
)
async def get_device(database: Db, actor: CurrentActor, device_id: UUID) -> Response:
    """Read a device and all that is known of it; its software is its asset's."""
    device, sections = await service.get_device(database, actor, device_id)
    told = {**asdict(device), "sections": sections}
    return http.reply(told, version=device.version)


@router.post(
    "/agent-devices/{device_id:uuid}/identify",
    response_model=schemas.DeviceAnswer,
    responses=problems.CHANGING,
)
async def identify_device(
    *,
    database: Db,
    actor: CurrentActor,
    device_id: UUID,
    command: schemas.IdentifyDevice,
    version: ExpectedVersion,
) -> Response:
    """Say anew what a device is, whether or not it was an asset before.

    Its software and what else it told are taken down with its next report.
    """
    found = await service.identify_device(database, actor, device_id, version, command)
    return http.reply(found, version=found.version)


@router.get(
    "/agent-devices/{device_id:uuid}/changes",
    response_model=schemas.DeviceChangePage,
    responses=problems.READING,
)
async def list_changes(
    request: Request,
    database: Db,
    actor: CurrentActor,
    device_id: UUID,
    page: PageQuery,
) -> Response:
    """List what changed on a device from report to report, the newest first."""
    found = await service.list_changes(database, actor, device_id, page)
    return http.reply_page(request, found)


@router.get(
    "/agent-doubts", response_model=schemas.DoubtPage, responses=problems.READING
)
async def list_doubts(
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    school: School = None,
) -> Response:
    """List the devices of your schools that may be one asset or another."""
    found = await service.list_doubts(database, actor, school, page)
    return http.reply_page(request, found)


@router.get(
    "/agent-doubts/{doubt_id:uuid}",
    response_model=schemas.DoubtAnswer,
    responses=problems.READING,
)
async def get_doubt(database: Db, actor: CurrentActor, doubt_id: UUID) -> Response:
    """Read what is doubtful of a device."""
    return _one(await service.get_doubt(database, actor, doubt_id))


@router.post(
    "/agent-doubts/{doubt_id:uuid}/settle",
    response_model=schemas.DoubtAnswer,
    responses=problems.CHANGING,
)
async def settle_doubt(
    database: Db,
    actor: CurrentActor,
    doubt_id: UUID,
    command: schemas.SettleDoubt,
    version: ExpectedVersion,
) -> Response:
    """Say what a doubtful device is: an asset of its school, something new, or nothing.

    Its software and what else it told are taken down with its next report.
    """
    return _one(await service.settle_doubt(database, actor, doubt_id, version, command))


def _one(doubt: Doubtful) -> Response:
    return http.reply(doubt, version=doubt.version)
