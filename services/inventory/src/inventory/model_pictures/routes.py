"""Pictures of models over HTTP: parse, call one use case, answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from chassis import db, errors, http, problems
from chassis.auth import CurrentActor
from chassis.files import answers, uploads
from chassis.files.model import Depot
from inventory.catalogue.schemas import ModelAnswer
from inventory.model_pictures import schemas, service
from inventory.model_pictures.model import LARGEST

PREFIX = "/api/inventory/v1/models/{model_id:uuid}/picture"
UPLOADS = {"/api/inventory/v1/models/*/picture/files": LARGEST + (1 << 16)}
"""The address that takes files, with room for a form around one."""
LONGEST_TAG = 400

router = APIRouter(prefix=PREFIX, tags=["catalogue"])
Db = Annotated[db.Database, Depends(http.database)]
CurrentDepot = Annotated[Depot, Depends(http.depot)]


@router.post(
    "/files",
    status_code=201,
    response_model=ModelAnswer,
    responses=problems.WRITING,
    openapi_extra=schemas.UPLOAD,
)
async def set_model_picture(
    request: Request,
    database: Db,
    actor: CurrentActor,
    model_id: UUID,
    alt: Annotated[
        schemas.Alt, Query(description="What it shows, for those who cannot see it.")
    ],
) -> Response:
    """Show a picture of a model of your LA, in place of the one that it had.

    It is kept upright, at most 480 pixels wide or high, and without what a camera
    writes into it, such as where it was taken.
    """
    depot, quota = await http.depot(request), request.app.state.settings.files_quota
    await service.require_model(database, actor, model_id)
    found = await uploads.receive(request, depot, LARGEST, ("file",), "picture")
    if "file" not in found:
        raise errors.Invalid("No file came", [errors.Fault("/file", "Choose a file")])
    sent = (found["file"], alt)
    made = await service.show(database, actor, model_id, sent, (depot, quota))
    return http.reply(made, 201)


@router.get("", response_class=Response, responses=problems.READING | schemas.SHOWN)
async def show_model_picture(
    database: Db,
    actor: CurrentActor,
    depot: CurrentDepot,
    model_id: UUID,
    if_none_match: Annotated[str, Header(max_length=LONGEST_TAG)] = "",
) -> Response:
    """Show the picture of a model; a browser asks whether it is still the same."""
    file = await service.get_file(database, actor, model_id)
    tag = f'"{file.sha256}"'
    headers = {
        "etag": tag,
        "content-security-policy": answers.SANDBOX,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
    }
    if tag in if_none_match:
        return Response(status_code=304, headers=headers)
    headers["content-length"] = str(file.size)
    pieces = depot.pieces(file.sha256)
    return StreamingResponse(pieces, headers=headers, media_type=file.media_type)


@router.delete("", status_code=204, responses=problems.WRITING)
async def remove_model_picture(
    database: Db, actor: CurrentActor, model_id: UUID
) -> Response:
    """Show no picture of a model of your LA any more."""
    await service.remove(database, actor, model_id)
    return Response(status_code=204)
