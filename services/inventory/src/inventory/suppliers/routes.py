"""Suppliers over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line
from inventory.estate.model.kit import Clock
from inventory.estate.routes import clock
from inventory.suppliers import schemas, service
from inventory.suppliers.model import Ends, Sort, Supplier, SupplierFilter

router = APIRouter(prefix="/api/inventory/v1/suppliers", tags=["suppliers"])
Db = Annotated[db.Database, Depends(http.database)]
Now = Annotated[Clock, Depends(clock)]


async def wanted(
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a name, an account or a contract."),
    ] = None,
    ends: Annotated[
        Ends | None,
        Query(
            description="Whose contract has ended, or ends within 90 or 365 days from "
            "today."
        ),
    ] = None,
) -> SupplierFilter:
    return SupplierFilter(la_code, q or None, ends)


Wanted = Annotated[SupplierFilter, Depends(wanted)]


@router.get("", response_model=schemas.SupplierPage, responses=problems.READING)
async def list_suppliers(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List from whom your schools buy, as your LA knows them."""
    found = await service.list_suppliers(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.SupplierCount, responses=problems.READING)
async def count_suppliers(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the suppliers that a listing holds."""
    found = await service.count_suppliers(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.post(
    "",
    status_code=201,
    response_model=schemas.SupplierAnswer,
    responses=problems.WRITING,
)
async def add_supplier(
    database: Db,
    actor: CurrentActor,
    command: schemas.AddSupplier,
    key: IdempotencyKey,
) -> Response:
    """Write down what an LA knows of a supplier; lines that name it tell its desk."""
    added = await service.add_supplier(database, actor, command, key)
    return _one(added, 201, f"{router.prefix}/{added.supplier_id}")


@router.get(
    "/{supplier_id:uuid}",
    response_model=schemas.SupplierAnswer,
    responses=problems.READING,
)
async def get_supplier(
    database: Db, actor: CurrentActor, supplier_id: UUID
) -> Response:
    """Read what the LA knows of a supplier."""
    return _one(await service.get_supplier(database, actor, supplier_id))


@router.patch(
    "/{supplier_id:uuid}",
    response_model=schemas.SupplierAnswer,
    responses=problems.CHANGING,
)
async def change_supplier(
    *,
    database: Db,
    actor: CurrentActor,
    supplier_id: UUID,
    command: schemas.ChangeSupplier,
    version: ExpectedVersion,
) -> Response:
    """Change what an LA knows of a supplier."""
    which = (supplier_id, version)
    return _one(await service.change_supplier(database, actor, which, command))


def _one(told: Supplier, status: int = 200, location: str | None = None) -> Response:
    return http.reply(told, status, version=told.version, location=location)
