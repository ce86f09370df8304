"""Documents of licences over HTTP: parse, call one use case, answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, errors, http, problems
from chassis.auth import CurrentActor
from chassis.files import answers, uploads
from chassis.files.model import Depot
from chassis.wire import Line
from inventory.attachments.schemas import SAVED, UPLOAD
from inventory.licence_documents import schemas, service
from inventory.licence_documents.model import LARGEST

PREFIX = "/api/inventory/v1/licences/{licence_id:uuid}/files"
UPLOADS = {"/api/inventory/v1/licences/*/files": LARGEST + (1 << 16)}
"""The address that takes files, with room for a form around one."""

router = APIRouter(prefix=PREFIX, tags=["licences"])
Db = Annotated[db.Database, Depends(http.database)]
CurrentDepot = Annotated[Depot, Depends(http.depot)]
ONE = "/{document_id:uuid}"


@router.get("", response_model=schemas.DocumentList, responses=problems.READING)
async def list_documents(
    database: Db, actor: CurrentActor, licence_id: UUID
) -> Response:
    """List the documents of a licence, the newest first; of an LA's, to the LA."""
    found = await service.list_documents(database, actor, licence_id)
    return http.reply({"items": [schemas.shown(each) for each in found]})


@router.post(
    "",
    status_code=201,
    response_model=schemas.DocumentAnswer,
    responses=problems.WRITING,
    openapi_extra=UPLOAD,
)
async def add_document(
    request: Request,
    database: Db,
    actor: CurrentActor,
    licence_id: UUID,
    title: Annotated[
        schemas.Title | None,
        Query(description="What it is; else what its file is called."),
    ] = None,
    name: Annotated[
        Line, Query(max_length=200, description="The file's name, of a bare body.")
    ] = "file",
) -> Response:
    """Keep a document of a licence: its order, its agreement, or a proof of it."""
    depot, quota = await http.depot(request), request.app.state.settings.files_quota
    await service.require_licence(database, actor, licence_id)
    found = await uploads.receive(request, depot, LARGEST, ("file",), name)
    if "file" not in found:
        raise errors.Invalid("No file came", [errors.Fault("/file", "Choose a file")])
    sent = (found["file"], title)
    made = await service.add_document(database, actor, licence_id, sent, (depot, quota))
    return http.reply(schemas.shown(made), 201)


@router.get(f"{ONE}/file", response_class=Response, responses=problems.READING | SAVED)
async def save_file(
    database: Db,
    actor: CurrentActor,
    depot: CurrentDepot,
    licence_id: UUID,
    document_id: UUID,
) -> Response:
    """Save the file of a document."""
    file = await service.get_file(database, actor, licence_id, document_id)
    return answers.download(file, depot.pieces(file.sha256))


@router.delete(ONE, status_code=204, responses=problems.WRITING)
async def remove_document(
    database: Db, actor: CurrentActor, licence_id: UUID, document_id: UUID
) -> Response:
    """Keep a document no more, for good."""
    await service.remove_document(database, actor, licence_id, document_id)
    return Response(status_code=204)
