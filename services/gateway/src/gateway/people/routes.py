"""People and their roles over HTTP."""

# ruff: noqa: FAST003 - HeldOfPath reads the names of the path

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import Page, PageQuery
from chassis.wire import LaCode, UrnText
from gateway import days
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.directory.schemas import SearchText
from gateway.people import assigning, importing, schemas, service
from gateway.people.model import Assignment, Known, PeopleFilters, State

router = APIRouter(prefix="/api/directory/v1/people", tags=["people"])


async def today() -> date:
    """The day that it is in England."""
    return days.day_in_england(datetime.now(UTC))


Today = Annotated[date, Depends(today)]


async def held_of_path(person_id: UUID, assignment_id: UUID) -> tuple[UUID, UUID]:
    return person_id, assignment_id


HeldOfPath = Annotated[tuple[UUID, UUID], Depends(held_of_path)]


async def people_filters(
    q: Annotated[
        SearchText | None, Query(description="A part of the name or address.")
    ] = None,
    school: Annotated[UrnText | None, Query(description="A school's URN.")] = None,
    la_code: Annotated[LaCode | None, Query()] = None,
    role: Annotated[schemas.GivenRole | None, Query()] = None,
    state: Annotated[State | None, Query()] = None,
) -> PeopleFilters:
    return PeopleFilters(q, la_code, school, role, state)


@router.get("", response_model=schemas.PeopleAnswer, responses=problems.READING)
async def list_people(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    page: PageQuery,
    filters: Annotated[PeopleFilters, Depends(people_filters)],
    on: Today,
) -> Response:
    """List the people who are assigned where you may see them, by name."""
    found = await service.list_people(db, actor, filters, page, on)
    items = [schemas.shown(each) for each in found.items]
    return http.reply_page(request, Page(items, found.next))


@router.post(
    "",
    status_code=201,
    response_model=schemas.PersonAnswer,
    responses=problems.WRITING,
)
async def invite_person(
    db: CurrentDatabase,
    actor: CurrentCaller,
    command: schemas.InvitePerson,
    key: IdempotencyKey,
    on: Today,
) -> Response:
    """Invite somebody, with the roles that they are to have."""
    made = await service.invite_person(db, actor, command, key, on)
    return _one(made, 201, f"{router.prefix}/{made.person.person_id}")


@router.post(
    "/imports",
    response_model=schemas.BroughtAnswer,
    responses=problems.WRITING,
    openapi_extra=schemas.UPLOAD,
)
async def import_people(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    on: Today,
    dry_run: Annotated[
        bool, Query(description="Say what would happen, and do nothing.")
    ] = True,
) -> Response:
    """Invite the people of a file and give them their roles; bad rows are named."""
    content = await request.body()
    return http.reply(
        await importing.import_people(db, actor, content, on, dry_run=dry_run)
    )


@router.get(
    "/{person_id:uuid}", response_model=schemas.PersonAnswer, responses=problems.READING
)
async def get_person(
    db: CurrentDatabase, actor: CurrentCaller, person_id: UUID, on: Today
) -> Response:
    """Read a person, with those of their roles that you may see."""
    return _one(await service.get_person(db, actor, person_id, on))


@router.patch(
    "/{person_id:uuid}",
    response_model=schemas.PersonAnswer,
    responses=problems.CHANGING,
)
async def change_person(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    person_id: UUID,
    command: schemas.ChangePerson,
    version: ExpectedVersion,
    on: Today,
) -> Response:
    """Change the name or address of somebody whom your school or LA keeps."""
    return _one(await service.change_person(db, actor, person_id, version, command, on))


@router.post(
    "/{person_id:uuid}/invite",
    response_model=schemas.PersonAnswer,
    responses=problems.WRITING,
)
async def invite_again(
    db: CurrentDatabase, actor: CurrentCaller, person_id: UUID, on: Today
) -> Response:
    """Send somebody who has not signed in yet another invitation."""
    return _one(await service.invite_again(db, actor, person_id, on))


@router.post(
    "/{person_id:uuid}/assignments",
    status_code=201,
    response_model=schemas.AssignmentAnswer,
    responses=problems.WRITING,
)
async def assign(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    person_id: UUID,
    command: schemas.GiveRole,
    key: IdempotencyKey,
    on: Today,
) -> Response:
    """Give somebody a further role; the others stay as they are."""
    given = await assigning.assign(db, actor, person_id, command, key, on)
    return _role(given, on, 201)


@router.patch(
    "/{person_id:uuid}/assignments/{assignment_id:uuid}",
    response_model=schemas.AssignmentAnswer,
    responses=problems.CHANGING,
)
async def move_assignment(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    held: HeldOfPath,
    command: schemas.MoveAssignment,
    version: ExpectedVersion,
    on: Today,
) -> Response:
    """Give a role other days."""
    moved = await assigning.move_assignment(db, actor, held, version, command, on)
    return _role(moved, on)


@router.post(
    "/{person_id:uuid}/assignments/{assignment_id:uuid}/end",
    response_model=schemas.AssignmentAnswer,
    responses=problems.CHANGING,
)
async def end_assignment(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    held: HeldOfPath,
    version: ExpectedVersion,
    on: Today,
) -> Response:
    """End a role at once; that they held it is kept."""
    ended = await assigning.end_assignment(db, actor, held, version, on)
    return _role(ended, on)


@router.post(
    "/{person_id:uuid}/leave",
    response_model=schemas.LeftAnswer,
    responses=problems.WRITING,
)
async def leave(
    db: CurrentDatabase, actor: CurrentCaller, person_id: UUID, on: Today
) -> Response:
    """End every role of theirs that you could have given."""
    return http.reply({"ended": await assigning.leave(db, actor, person_id, on)})


def _one(known: Known, status: int = 200, location: str | None = None) -> Response:
    said = schemas.shown(known)
    return http.reply(said, status, version=known.person.version, location=location)


def _role(held: Assignment, on: date, status: int = 200) -> Response:
    where = None if status == 200 else f"{router.prefix}/{held.person_id}"  # noqa: PLR2004
    said = schemas.shown_role(held, on)
    return http.reply(said, status, version=held.version, location=where)
