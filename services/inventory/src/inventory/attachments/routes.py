"""Pictures and documents of kit over HTTP: parse, call one use case, answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from chassis import db, errors, http, problems
from chassis.auth import CurrentActor
from chassis.files import answers, uploads
from chassis.files.model import Depot
from chassis.wire import Line
from inventory.attachments import schemas, service
from inventory.attachments.model.attachments import (
    LARGEST,
    AttachmentKind,
    Described,
)

PREFIX = "/api/inventory/v1/assets/{asset_id:uuid}/files"
UPLOADS = {"/api/inventory/v1/assets/*/files": LARGEST + (1 << 16)}
"""The address that takes files, with room for a form around one."""

router = APIRouter(prefix=PREFIX, tags=["attachments"])
Db = Annotated[db.Database, Depends(http.database)]
CurrentDepot = Annotated[Depot, Depends(http.depot)]
ONE = "/{attachment_id:uuid}"


async def described(
    title: Annotated[
        schemas.Title | None,
        Query(description="What it shows or is; else what its file is called."),
    ] = None,
    kind: Annotated[AttachmentKind, Query()] = "other",
) -> Described:
    return Described(kind, title)


@router.get("", response_model=schemas.AttachmentList, responses=problems.READING)
async def list_attachments(
    database: Db, actor: CurrentActor, asset_id: UUID
) -> Response:
    """List the pictures and documents of an asset, the newest first."""
    found = await service.list_attachments(database, actor, asset_id)
    return http.reply({"items": [schemas.shown(each) for each in found]})


@router.post(
    "",
    status_code=201,
    response_model=schemas.AttachmentAnswer,
    responses=problems.WRITING,
    openapi_extra=schemas.UPLOAD,
)
async def attach(
    request: Request,
    database: Db,
    actor: CurrentActor,
    asset_id: UUID,
    said: Annotated[Described, Depends(described)],
    name: Annotated[
        Line, Query(max_length=200, description="The file's name, of a bare body.")
    ] = "file",
) -> Response:
    """Attach a picture or document to an asset.

    A picture is kept upright, at most 2,400 pixels wide or high, and without what a
    camera writes into it, such as where it was taken.
    """
    depot, quota = await http.depot(request), request.app.state.settings.files_quota
    await service.require_asset(database, actor, asset_id)
    found = await uploads.receive(request, depot, LARGEST, ("file",), name)
    if "file" not in found:
        raise errors.Invalid("No file came", [errors.Fault("/file", "Choose a file")])
    sent = (found["file"], said)
    made = await service.attach(database, actor, asset_id, sent, (depot, quota))
    return http.reply(schemas.shown(made), 201)


@router.get(
    f"{ONE}/file",
    response_class=Response,
    responses=problems.READING | schemas.SAVED,
)
async def save_file(
    database: Db,
    actor: CurrentActor,
    depot: CurrentDepot,
    asset_id: UUID,
    attachment_id: UUID,
) -> Response:
    """Save the file of a picture or document."""
    file = await service.get_file(database, actor, asset_id, attachment_id)
    return answers.download(file, depot.pieces(file.sha256))


@router.get(
    f"{ONE}/picture",
    response_class=Response,
    responses=problems.READING | schemas.SHOWN,
)
async def show_picture(
    database: Db,
    actor: CurrentActor,
    depot: CurrentDepot,
    asset_id: UUID,
    attachment_id: UUID,
) -> Response:
    """Show a small picture of what is one, made anew from its pixels."""
    file = await service.get_picture(database, actor, asset_id, attachment_id)
    headers = {
        "content-length": str(file.size),
        "content-security-policy": answers.SANDBOX,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    pieces = depot.pieces(file.sha256)
    return StreamingResponse(pieces, headers=headers, media_type=file.media_type)


@router.delete(ONE, status_code=204, responses=problems.WRITING)
async def remove(
    database: Db, actor: CurrentActor, asset_id: UUID, attachment_id: UUID
) -> Response:
    """Take a picture or document away, for good."""
    await service.remove(database, actor, asset_id, attachment_id)
    return Response(status_code=204)
