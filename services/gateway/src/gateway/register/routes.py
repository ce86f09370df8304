"""Imports of the register over HTTP."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from chassis import errors, http, problems
from chassis.conditional import ExpectedVersion
from chassis.files import answers, uploads
from chassis.files.cells import csv_line
from chassis.files.model import Depot
from chassis.paging import Page, PageQuery
from chassis.wire import Line
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.register import schemas, service
from gateway.register.model.imports import Import, KeptFault
from gateway.register.service import Sent

PREFIX = "/api/directory/v1/schools/imports"
OK = 200
_KEPT_AS = ("application/gzip", "application/octet-stream", "text/csv", "text/plain")
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_TITLES = ("File", "Line", "Column", "What is wrong")

router = APIRouter(prefix=PREFIX, tags=["imports"], responses=problems.READING)
CurrentDepot = Annotated[Depot, Depends(http.depot)]


@router.post(
    "",
    status_code=202,
    response_model=schemas.ImportAnswer,
    responses=problems.WRITING,
    openapi_extra=schemas.UPLOAD,
)
async def send_import(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    depot: CurrentDepot,
    name: Annotated[
        Line, Query(max_length=200, description="The file's name, of a bare body.")
    ] = "register.csv",
) -> Response:
    """Send a file of the register; a job reads it and says what it would change."""
    service.scope_of(actor)
    sent = await sent_files(request, depot, name)
    quota = request.app.state.settings.files_quota
    return _one(await service.send_import(db, actor, sent, quota), 202)


@router.get("", response_model=schemas.ImportsAnswer)
async def list_imports(
    request: Request, db: CurrentDatabase, actor: CurrentCaller, page: PageQuery
) -> Response:
    """List your imports and those of your local authority, the newest first."""
    found = await service.list_imports(db, actor, page)
    items = [schemas.shown(each) for each in found.items]
    return http.reply_page(request, Page(items, found.next))


@router.get("/{import_id:uuid}", response_model=schemas.ImportAnswer)
async def get_import(
    db: CurrentDatabase, actor: CurrentCaller, import_id: UUID
) -> Response:
    """Read an import: its state, what it would change, what is unlikely about it."""
    return _one(await service.get_import(db, actor, import_id))


@router.get("/{import_id:uuid}/changes", response_model=schemas.ChangesAnswer)
async def list_changes(
    *,
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    import_id: UUID,
    page: PageQuery,
    kind: schemas.ChangeKind | None = None,
) -> Response:
    """List what an import does to each school, in the order of the file."""
    found = await service.list_changes(db, actor, import_id, kind, page)
    return http.reply_page(request, found)


@router.get("/{import_id:uuid}/faults", response_model=schemas.FaultsAnswer)
async def list_faults(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    import_id: UUID,
    page: PageQuery,
) -> Response:
    """List the rows of a file that cannot be read, each by line and column."""
    found = await service.list_faults(db, actor, import_id, page)
    return http.reply_page(request, found)


@router.get(
    "/{import_id:uuid}/faults.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def save_faults(
    db: CurrentDatabase, actor: CurrentCaller, import_id: UUID
) -> Response:
    """Save the rows that cannot be read as a spreadsheet."""
    found = await service.get_import(db, actor, import_id)
    return faults_file(found, service.every_fault(db, actor, import_id))


@router.get(
    "/{import_id:uuid}/file",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_KEPT_AS, _BYTES)}},
)
async def save_file(
    db: CurrentDatabase, actor: CurrentCaller, depot: CurrentDepot, import_id: UUID
) -> Response:
    """Save the file as it was sent."""
    file, _ = await service.get_files(db, actor, import_id)
    return answers.download(file, depot.pieces(file.sha256))


@router.post(
    "/{import_id:uuid}/apply",
    status_code=202,
    response_model=schemas.ImportAnswer,
    responses=problems.CHANGING,
)
async def apply_import(
    db: CurrentDatabase,
    actor: CurrentCaller,
    import_id: UUID,
    command: schemas.ApplyImport,
    version: ExpectedVersion,
) -> Response:
    """Make a preview true; a job does it, whole or not at all."""
    found = await service.order_apply(db, actor, import_id, command.overrides, version)
    return _one(found, 202)


@router.post(
    "/{import_id:uuid}/cancel",
    status_code=202,
    response_model=schemas.ImportAnswer,
    responses=problems.CHANGING,
)
async def cancel_import(
    db: CurrentDatabase, actor: CurrentCaller, import_id: UUID, version: ExpectedVersion
) -> Response:
    """Give an import up, or stop the job that is making it true."""
    return _one(await service.cancel_import(db, actor, import_id, version), 202)


async def sent_files(request: Request, depot: Depot, name: str = "") -> Sent:
    """Take in the files of an import.

    Raises:
        errors.Invalid: a form came without the register's file.
    """
    limit = request.app.state.settings.upload_limit
    found = await uploads.receive(request, depot, limit, service.PARTS, name)
    if "file" not in found:
        fault = errors.Fault("/file", "Choose a file of the register")
        raise errors.Invalid("No file came", [fault])
    return Sent(found["file"], found.get("links"))


def faults_file(
    found: Import, pages: AsyncIterator[Sequence[KeptFault]]
) -> StreamingResponse:
    """Write broken rows as CSV while they are read."""

    async def lines() -> AsyncIterator[bytes]:
        yield csv_line(_TITLES)
        async for page in pages:
            for fault in page:
                line = (fault.file, fault.line, fault.column_title, fault.detail)
                yield csv_line(line)

    stem = found.file_name.partition(".")[0]
    headers = answers.attachment(f"{stem} - rows not read.csv")
    return StreamingResponse(lines(), headers=headers, media_type="text/csv")


def _one(found: Import, status: int = OK) -> Response:
    where = None if status == OK else f"{PREFIX}/{found.import_id}"
    said = schemas.shown(found)
    return http.reply(said, status, version=found.version, location=where)
