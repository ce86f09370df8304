"""What is measured and tested over HTTP: parse, call one use case, shape the answer."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.idempotency import IdempotencyKey
from chassis.paging import Page, PageQuery
from inventory.circuits.routes import Now
from inventory.probes import schemas, service
from inventory.probes.service import Where

router = APIRouter(
    prefix="/api/inventory/v1/circuits/{circuit_id:uuid}", tags=["circuits"]
)
Db = Annotated[db.Database, Depends(http.database)]
_MEASUREMENT = tuple(schemas.MeasurementAnswer.model_fields)
_TEST = tuple(schemas.FailoverTestAnswer.model_fields)


async def where(database: Db, actor: CurrentActor, now: Now, circuit_id: UUID) -> Where:
    return Where(database, actor, circuit_id, now)


Here = Annotated[Where, Depends(where)]


@router.get(
    "/measurements",
    response_model=schemas.MeasurementPage,
    responses=problems.READING,
)
async def list_measurements(request: Request, here: Here, page: PageQuery) -> Response:
    """List what was measured on a circuit, the latest first."""
    found = await service.list_measurements(here, page)
    return http.reply_page(request, Page(_each(found.items, _MEASUREMENT), found.next))


@router.post(
    "/measurements",
    response_model=schemas.TakenAnswer,
    responses=problems.WRITING,
)
async def record_measurements(
    here: Here, command: schemas.RecordMeasurements, key: IdempotencyKey
) -> Response:
    """Write down what was measured on a circuit; what is sent again changes nothing."""
    return http.reply(await service.record_measurements(here, command, key))


@router.get(
    "/failover-tests",
    response_model=schemas.FailoverTestPage,
    responses=problems.READING,
)
async def list_tests(request: Request, here: Here, page: PageQuery) -> Response:
    """List the tests of whether a back-up line takes over, the latest first."""
    found = await service.list_tests(here, page)
    return http.reply_page(request, Page(_each(found.items, _TEST), found.next))


@router.post(
    "/failover-tests",
    status_code=201,
    response_model=schemas.FailoverTestAnswer,
    responses=problems.WRITING,
)
async def record_test(
    here: Here, command: schemas.RecordTest, key: IdempotencyKey
) -> Response:
    """Write down that a back-up line was tested, and whether it took over."""
    return http.reply(_told(await service.record_test(here, command, key), _TEST), 201)


def _told(entry: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def _each(entries: Sequence[object], names: Sequence[str]) -> list[dict[str, Any]]:
    return [_told(entry, names) for entry in entries]
