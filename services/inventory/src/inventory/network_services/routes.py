"""Services over the network, over HTTP: parse, call one use case, shape the answer."""

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
from inventory.estate.routes import Now
from inventory.network_services import schemas, service
from inventory.network_services.model import (
    Ends,
    Kind,
    NetworkService,
    ServiceFilter,
    Sort,
    State,
)

router = APIRouter(
    prefix="/api/inventory/v1/network-services", tags=["network services"]
)
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a name, provider or school."),
    ] = None,
    kind: Kind | None = None,
    state: Annotated[State | None, Query(description="As it is today.")] = None,
    ends: Annotated[
        Ends | None,
        Query(
            description="Whose contract has ended, or ends within 90 or 365 days from "
            "today; none that has ceased."
        ),
    ] = None,
) -> ServiceFilter:
    return ServiceFilter(la_code, school, q or None, kind, state, ends)


Wanted = Annotated[ServiceFilter, Depends(wanted)]


@router.get("", response_model=schemas.NetworkServicePage, responses=problems.READING)
async def list_services(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List what your schools take over the network."""
    found = await service.list_services(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/count", response_model=schemas.NetworkServiceCount, responses=problems.READING
)
async def count_services(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the services that a listing holds."""
    found = await service.count_services(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.post(
    "",
    status_code=201,
    response_model=schemas.NetworkServiceAnswer,
    responses=problems.WRITING,
)
async def add_service(
    database: Db, actor: CurrentActor, command: schemas.AddService, key: IdempotencyKey
) -> Response:
    """Write down a service that a school takes from its consortium or from others."""
    added = await service.add_service(database, actor, command, key)
    return _one(added, 201, f"{router.prefix}/{added.service_id}")


@router.get(
    "/{service_id:uuid}",
    response_model=schemas.NetworkServiceAnswer,
    responses=problems.READING,
)
async def get_service(database: Db, actor: CurrentActor, service_id: UUID) -> Response:
    """Read a service, and what the LA knows of its provider."""
    return _one(await service.get_service(database, actor, service_id))


@router.patch(
    "/{service_id:uuid}",
    response_model=schemas.NetworkServiceAnswer,
    responses=problems.CHANGING,
)
async def change_service(
    *,
    database: Db,
    actor: CurrentActor,
    service_id: UUID,
    command: schemas.ChangeService,
    version: ExpectedVersion,
) -> Response:
    """Change what is said of a service: that it is used, and that it ceased, too."""
    which = (service_id, version)
    return _one(await service.change_service(database, actor, which, command))


def _one(
    told: NetworkService, status: int = 200, location: str | None = None
) -> Response:
    return http.reply(told, status, version=told.version, location=location)
