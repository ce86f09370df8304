"""Tickets over HTTP: parse, call one use case, shape the answer."""

from datetime import UTC, datetime
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
from servicedesk.agreements.model import Party
from servicedesk.tickets import schemas, service
from servicedesk.tickets.model import Kind, Sort, Status, Ticket, TicketFilter

router = APIRouter(prefix="/api/servicedesk/v1/tickets", tags=["tickets"])
MOST_MINUTES = 60 * 24 * 366
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - each is a filter of the listing
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    status: Status | None = None,
    priority: Annotated[int | None, Query(ge=1, le=4)] = None,
    kind: Kind | None = None,
    asset: Annotated[UUID | None, Query(description="Id of a linked asset.")] = None,
    assignee: Annotated[
        Line | None, Query(max_length=120, description="Who works on it: their id.")
    ] = None,
    party: Annotated[Party | None, Query(description="Whose turn it is.")] = None,
    due_within: Annotated[
        int | None,
        Query(
            ge=0,
            le=MOST_MINUTES,
            description="Of which something is due within so many minutes; 0: late.",
        ),
    ] = None,
    q: Annotated[
        Line | None,
        Query(max_length=80, description="Parts of a number, summary or description."),
    ] = None,
) -> TicketFilter:
    assets = None if asset is None else [asset]
    return TicketFilter(
        la_code,
        school,
        status,
        priority,
        kind,
        assets,
        q or None,
        assignee or None,
        party,
        due_within,
    )


@router.get("", response_model=schemas.TicketPage, responses=problems.READING)
async def list_tickets(
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[TicketFilter, Depends(wanted)],
    page: PageQuery,
    sort: Sort = "-opened_at",
) -> Response:
    """List the tickets within your scope."""
    found = await service.list_tickets(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.post(
    "",
    status_code=201,
    response_model=schemas.TicketAnswer,
    responses=problems.WRITING,
)
async def open_ticket(
    database: Db,
    actor: CurrentActor,
    command: schemas.OpenTicket,
    key: IdempotencyKey,
) -> Response:
    """Report a fault at a school, or ask for something."""
    now = datetime.now(UTC)
    ticket = await service.open_ticket(database, actor, command, key, now)
    return _one(ticket, 201, f"{router.prefix}/{ticket.ticket_id}")


@router.get("/count", response_model=schemas.CountAnswer, responses=problems.READING)
async def count_tickets(
    database: Db, actor: CurrentActor, wanted: Annotated[TicketFilter, Depends(wanted)]
) -> Response:
    """Count the tickets within your scope, up to a hundred thousand."""
    return http.reply(await service.count_tickets(database, actor, wanted))


@router.get(
    "/{ticket_id:uuid}", response_model=schemas.TicketAnswer, responses=problems.READING
)
async def get_ticket(database: Db, actor: CurrentActor, ticket_id: UUID) -> Response:
    """Read a ticket."""
    return _one(await service.get_ticket(database, actor, ticket_id))


@router.patch(
    "/{ticket_id:uuid}",
    response_model=schemas.TicketAnswer,
    responses=problems.CHANGING,
)
async def change_ticket(
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    command: schemas.ChangeTicket,
    version: ExpectedVersion,
) -> Response:
    """Change some values of a ticket, such as who works on it."""
    return _one(
        await service.change_ticket(database, actor, ticket_id, version, command)
    )


@router.post(
    "/{ticket_id:uuid}/hand-over",
    response_model=schemas.TicketAnswer,
    responses=problems.CHANGING,
)
async def hand_over_ticket(
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    command: schemas.HandOver,
    version: ExpectedVersion,
) -> Response:
    """Hand a ticket to another party, or back to one that had it."""
    which, now = (ticket_id, version), datetime.now(UTC)
    return _one(await service.hand_over_ticket(database, actor, which, command, now))


@router.get(
    "/{ticket_id:uuid}/clocks",
    response_model=schemas.ClocksAnswer,
    responses=problems.READING,
)
async def get_clocks(database: Db, actor: CurrentActor, ticket_id: UUID) -> Response:
    """Say who held a ticket for how long, and how each promise for it is kept."""
    now = datetime.now(UTC)
    return http.reply(await service.get_clocks(database, actor, ticket_id, now))


@router.get(
    "/{ticket_id:uuid}/history",
    response_model=schemas.HistoryPage,
    responses=problems.READING,
)
async def list_history(
    request: Request,
    database: Db,
    actor: CurrentActor,
    ticket_id: UUID,
    page: PageQuery,
) -> Response:
    """List what happened to a ticket, oldest first."""
    found = await service.list_history(database, actor, ticket_id, page)
    return http.reply_page(request, found)


@router.post(
    "/{ticket_id:uuid}/resolve",
    response_model=schemas.TicketAnswer,
    responses=problems.CHANGING,
)
async def resolve_ticket(
    database: Db, actor: CurrentActor, ticket_id: UUID, version: ExpectedVersion
) -> Response:
    """Say that a ticket is settled."""
    return _one(await service.resolve_ticket(database, actor, ticket_id, version))


@router.post(
    "/{ticket_id:uuid}/reopen",
    response_model=schemas.TicketAnswer,
    responses=problems.CHANGING,
)
async def reopen_ticket(
    database: Db, actor: CurrentActor, ticket_id: UUID, version: ExpectedVersion
) -> Response:
    """Say that a resolved ticket is not settled after all."""
    return _one(await service.reopen_ticket(database, actor, ticket_id, version))


@router.post(
    "/{ticket_id:uuid}/close",
    response_model=schemas.TicketAnswer,
    responses=problems.CHANGING,
)
async def close_ticket(
    database: Db, actor: CurrentActor, ticket_id: UUID, version: ExpectedVersion
) -> Response:
    """End a ticket for good."""
    return _one(await service.close_ticket(database, actor, ticket_id, version))


def _one(ticket: Ticket, status: int = 200, location: str | None = None) -> Response:
    return http.reply(ticket, status, version=ticket.version, location=location)
