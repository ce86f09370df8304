"""Circuits over HTTP: parse, call one use case, shape the answer."""

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
from inventory.circuits import schemas, service
from inventory.circuits.model.listing import CircuitFilter, Ends, Sort
from inventory.circuits.model.things import Circuit, Role, State, Technology
from inventory.estate.model.kit import Clock
from inventory.estate.routes import clock

router = APIRouter(prefix="/api/inventory/v1/circuits", tags=["circuits"])
Db = Annotated[db.Database, Depends(http.database)]
Now = Annotated[Clock, Depends(clock)]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    q: Annotated[
        Line | None,
        Query(
            max_length=80, description="Parts of a reference, a provider or a school."
        ),
    ] = None,
    state: State | None = None,
    role: Role | None = None,
    technology: Technology | None = None,
    ends: Annotated[
        Ends | None,
        Query(
            description="Whose contract has ended, or ends within 90 or 365 days from "
            "today; none that has ceased."
        ),
    ] = None,
) -> CircuitFilter:
    return CircuitFilter(la_code, school, q or None, state, role, technology, ends)


Wanted = Annotated[CircuitFilter, Depends(wanted)]


@router.get("", response_model=schemas.CircuitPage, responses=problems.READING)
async def list_circuits(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "reference",
) -> Response:
    """List the lines that join your schools to the internet."""
    found = await service.list_circuits(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.CircuitCount, responses=problems.READING)
async def count_circuits(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the circuits that a listing holds."""
    found = await service.count_circuits(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.post(
    "",
    status_code=201,
    response_model=schemas.CircuitAnswer,
    responses=problems.WRITING,
)
async def add_circuit(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    command: schemas.AddCircuit,
    key: IdempotencyKey,
) -> Response:
    """Add a line of a school, planned or live already."""
    added = await service.add_circuit(database, actor, now.today, command, key)
    return _one(added, 201, f"{router.prefix}/{added.circuit_id}")


@router.get(
    "/{circuit_id:uuid}",
    response_model=schemas.CircuitAnswer,
    responses=problems.READING,
)
async def get_circuit(database: Db, actor: CurrentActor, circuit_id: UUID) -> Response:
    """Read a circuit, what was measured on it and when it was tested."""
    return _one(await service.get_circuit(database, actor, circuit_id))


@router.patch(
    "/{circuit_id:uuid}",
    response_model=schemas.CircuitAnswer,
    responses=problems.CHANGING,
)
async def change_circuit(
    *,
    database: Db,
    actor: CurrentActor,
    circuit_id: UUID,
    command: schemas.ChangeCircuit,
    version: ExpectedVersion,
) -> Response:
    """Change what is said of a circuit; its state changes by steps of its own."""
    which = (circuit_id, version)
    return _one(await service.change_circuit(database, actor, which, command))


@router.post(
    "/{circuit_id:uuid}/state",
    response_model=schemas.CircuitAnswer,
    responses=problems.CHANGING,
)
async def move_circuit(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    circuit_id: UUID,
    command: schemas.MoveCircuit,
    version: ExpectedVersion,
) -> Response:
    """Let a planned circuit go live, or one cease; 409 says where it may pass to."""
    moved = await service.move_circuit(
        database, actor, now.today, (circuit_id, version), command
    )
    return _one(moved)


def _one(told: Circuit, status: int = 200, location: str | None = None) -> Response:
    return http.reply(told, status, version=told.version, location=location)
