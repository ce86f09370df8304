"""API clients over HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.conditional import ExpectedVersion
from chassis.idempotency import IdempotencyKey
from chassis.paging import Page, PageQuery
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.clients import schemas, service
from gateway.clients.model import Known, Made
from gateway.sessions.seal import Seal

router = APIRouter(prefix="/api/directory/v1/clients", tags=["clients"])


@dataclass(frozen=True, slots=True)
class Issuing:
    """What a secret is sealed with until Keycloak has it, and where it gets tokens."""

    seal: Seal
    token_url: str


async def issuing(request: Request) -> Issuing:
    return Issuing(request.app.state.seal, request.app.state.token_url)


CurrentIssuing = Annotated[Issuing, Depends(issuing)]


@router.get("", response_model=schemas.ClientsAnswer, responses=problems.READING)
async def list_clients(
    request: Request, db: CurrentDatabase, actor: CurrentCaller, page: PageQuery
) -> Response:
    """List the API clients of your LAs by name, those withdrawn last."""
    found = await service.list_clients(db, actor, page)
    items = [schemas.shown(each, _now()) for each in found.items]
    return http.reply_page(request, Page(items, found.next))


@router.post(
    "",
    status_code=201,
    response_model=schemas.MadeAnswer,
    responses=problems.WRITING,
)
async def make_client(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    issuing: CurrentIssuing,
    command: schemas.MakeClient,
    key: IdempotencyKey,
) -> Response:
    """Make an API client; its secret is in this answer and nowhere else."""
    made = await service.make_client(db, actor, issuing.seal, command, key)
    where = f"{router.prefix}/{made.known.client.api_client_id}"
    return _made(made, issuing.token_url, 201, where)


@router.get(
    "/{api_client_id:uuid}",
    response_model=schemas.ClientAnswer,
    responses=problems.READING,
)
async def get_client(
    db: CurrentDatabase, actor: CurrentCaller, api_client_id: UUID
) -> Response:
    """Read an API client of your LA."""
    return _one(await service.get_client(db, actor, api_client_id))


@router.patch(
    "/{api_client_id:uuid}",
    response_model=schemas.ClientAnswer,
    responses=problems.CHANGING,
)
async def change_client(
    db: CurrentDatabase,
    actor: CurrentCaller,
    api_client_id: UUID,
    command: schemas.ChangeClient,
    version: ExpectedVersion,
) -> Response:
    """Change what a client may do, where and how often; it holds within seconds."""
    return _one(await service.change_client(db, actor, api_client_id, version, command))


@router.post(
    "/{api_client_id:uuid}/rotate",
    response_model=schemas.MadeAnswer,
    responses=problems.CHANGING,
)
async def rotate_secret(
    *,
    db: CurrentDatabase,
    actor: CurrentCaller,
    issuing: CurrentIssuing,
    api_client_id: UUID,
    command: schemas.RotateSecret,
    version: ExpectedVersion,
) -> Response:
    """Give a client another id and secret; the present ones end after the overlap."""
    overlap = timedelta(hours=command.overlap_hours)
    made = await service.rotate_secret(
        db, actor, issuing.seal, (api_client_id, version), overlap
    )
    return _made(made, issuing.token_url)


@router.post(
    "/{api_client_id:uuid}/withdraw",
    response_model=schemas.ClientAnswer,
    responses=problems.CHANGING,
)
async def withdraw_client(
    db: CurrentDatabase,
    actor: CurrentCaller,
    api_client_id: UUID,
    version: ExpectedVersion,
) -> Response:
    """Let a client in no more, for good; its tokens are refused within seconds."""
    return _one(await service.withdraw_client(db, actor, api_client_id, version))


def _one(known: Known) -> Response:
    return http.reply(schemas.shown(known, _now()), version=known.client.version)


def _made(
    made: Made, token_url: str, status: int = 200, location: str | None = None
) -> Response:
    said = schemas.shown_made(made, _now(), token_url)
    version = made.known.client.version
    return http.reply(said, status, version=version, location=location)


def _now() -> datetime:
    return datetime.now(UTC)
