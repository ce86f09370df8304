"""Licences over HTTP: parse, call one use case, shape the answer."""

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
from inventory.licences import schemas, service
from inventory.licences.model.listing import Ends, Holder, LicenceFilter, Sort
from inventory.licences.model.things import Measure, State, Term, Told

router = APIRouter(prefix="/api/inventory/v1/licences", tags=["licences"])
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[
        UrnText | None,
        Query(description="URN of a school: its own, and those of its LA."),
    ] = None,
    q: Annotated[
        Line | None,
        Query(
            max_length=80,
            description="Parts of a name, a publisher, a supplier, a reference or a"
            " school.",
        ),
    ] = None,
    state: State | None = None,
    measure: Measure | None = None,
    term: Term | None = None,
    holder: Annotated[
        Holder | None, Query(description="Whether a school holds it, or an LA.")
    ] = None,
    title_id: Annotated[
        UUID | None, Query(description="A title that devices report.")
    ] = None,
    ends: Annotated[
        Ends | None,
        Query(description="Has ended, or ends within 90 or 365 days from today."),
    ] = None,
) -> LicenceFilter:
    return LicenceFilter(
        la_code, school, q or None, state, measure, term, holder, title_id, ends
    )


Wanted = Annotated[LicenceFilter, Depends(wanted)]


@router.get("", response_model=schemas.LicencePage, responses=problems.READING)
async def list_licences(  # noqa: PLR0913 - what is asked for, on which day
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    now: Now,
    wanted: Wanted,
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List the licences that your schools and your LA hold."""
    found = await service.list_licences(database, actor, now.today, wanted, sort, page)
    return http.reply_page(request, found)


@router.get("/count", response_model=schemas.LicenceCount, responses=problems.READING)
async def count_licences(
    database: Db, actor: CurrentActor, now: Now, wanted: Wanted
) -> Response:
    """Count the licences that a listing holds."""
    found = await service.count_licences(database, actor, now.today, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.post(
    "",
    status_code=201,
    response_model=schemas.LicenceAnswer,
    responses=problems.WRITING,
)
async def add_licence(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    command: schemas.AddLicence,
    key: IdempotencyKey,
) -> Response:
    """Write down a licence of a school, or of an LA for all of its schools."""
    added = await service.add_licence(database, actor, now.today, command, key)
    return _one(added, 201, f"{router.prefix}/{added.licence_id}")


@router.get(
    "/{licence_id:uuid}",
    response_model=schemas.LicenceAnswer,
    responses=problems.READING,
)
async def get_licence(
    database: Db, actor: CurrentActor, now: Now, licence_id: UUID
) -> Response:
    """Read a licence."""
    return _one(await service.get_licence(database, actor, now.today, licence_id))


@router.patch(
    "/{licence_id:uuid}",
    response_model=schemas.LicenceAnswer,
    responses=problems.CHANGING,
)
async def change_licence(
    *,
    database: Db,
    actor: CurrentActor,
    now: Now,
    licence_id: UUID,
    command: schemas.ChangeLicence,
    version: ExpectedVersion,
) -> Response:
    """Change what is said of a licence; its holder stays."""
    which = (licence_id, version)
    return _one(
        await service.change_licence(database, actor, now.today, which, command)
    )


@router.delete("/{licence_id:uuid}", status_code=204, responses=problems.CHANGING)
async def remove_licence(
    database: Db, actor: CurrentActor, licence_id: UUID, version: ExpectedVersion
) -> Response:
    """Keep a licence no more, and none of its documents; the audit says what it was."""
    await service.remove_licence(database, actor, (licence_id, version))
    return Response(status_code=204)


def _one(told: Told, status: int = 200, location: str | None = None) -> Response:
    return http.reply(told, status, version=told.version, location=location)
