"""Choices of post over HTTP, and the link of a message that stops its like."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import http, problems
from gateway.callers.routes import CurrentCaller, CurrentDatabase, nobody_viewing
from gateway.mail import schemas, service
from gateway.mail.model import Frequency, Kind

RETRY = "/api/directory/v1/people/{person_id:uuid}/mail-retry"
PATH = "/api/directory/v1/me/mail-choices"
STOP = "/mail/stop"
router = APIRouter(tags=["mail"])


@router.get(PATH, response_model=schemas.ChoicesAnswer, responses=problems.READING)
async def list_choices(db: CurrentDatabase, actor: CurrentCaller) -> Response:
    """Say how often you are told of each kind of thing by e-mail."""
    return _all(await service.list_choices(db, actor))


@router.post(PATH, response_model=schemas.ChoicesAnswer, responses=problems.WRITING)
async def choose(
    db: CurrentDatabase, actor: CurrentCaller, command: schemas.Choose
) -> Response:
    """Choose how often you are told of one kind of thing by e-mail."""
    chosen = await service.choose(db, actor, command.kind, command.frequency)
    return _all(chosen)


@router.post(RETRY, status_code=204, responses=problems.WRITING)
async def try_again(
    db: CurrentDatabase, actor: CurrentCaller, person_id: UUID
) -> Response:
    """Send to somebody's address again, after messages to it came back."""
    await service.try_again(db, actor, person_id, datetime.now(UTC))
    return Response(status_code=204)


@router.post(
    f"{STOP}/one-click",
    include_in_schema=False,
    dependencies=[Depends(nobody_viewing)],
)
async def stop_by_one_click(
    request: Request, db: CurrentDatabase, token: str
) -> Response:
    """Do what a mail program's own button asks (RFC 8058): no session, no page."""
    await service.unsubscribe(db, request.app.state.seal, token)
    return Response(status_code=204)


def _all(chosen: Mapping[Kind, Frequency]) -> Response:
    items = [{"kind": k, "frequency": f} for k, f in chosen.items()]
    return http.reply({"items": items})
