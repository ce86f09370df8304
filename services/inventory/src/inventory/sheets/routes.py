"""Imports of files of assets over HTTP: parse, call one use case, shape the answer."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from chassis import db, errors, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.files import answers, uploads
from chassis.files.cells import csv_line
from chassis.files.model import Depot
from chassis.paging import Page, PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.sheets import schemas, service
from inventory.sheets.model.imports import Import, KeptFault

PREFIX = "/api/inventory/v1/assets/imports"
OK, ACCEPTED = 200, 202
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT_AS = (_XLSX, "application/octet-stream", "text/csv", "text/plain")
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_TITLES = ("Line", "Column", "What it says", "What is wrong")

router = APIRouter(prefix=PREFIX, tags=["imports"])
Db = Annotated[db.Database, Depends(http.database)]
CurrentDepot = Annotated[Depot, Depends(http.depot)]


async def place(
    school_urn: Annotated[
        UrnText | None, Query(description="Whose kit all of it is.")
    ] = None,
    la_code: Annotated[
        LaCode | None,
        Query(description="Of a file whose rows name schools of the LA by their URN."),
    ] = None,
) -> service.Place:
    return school_urn, la_code


@router.post(
    "",
    status_code=201,
    response_model=schemas.AssetImportAnswer,
    responses=problems.WRITING,
    openapi_extra=schemas.UPLOAD,
)
async def send_import(
    request: Request,
    database: Db,
    actor: CurrentActor,
    depot: CurrentDepot,
    whose: Annotated[service.Place, Depends(place)],
    name: Annotated[
        Line, Query(max_length=200, description="The file's name, of a bare body.")
    ] = "assets.csv",
) -> Response:
    """Send a file of assets; nothing is registered before you say how it is read.

    JSON Lines hold what registering an asset takes, an object on each line: they need
    no reading, and are tried at once.
    """
    settings = request.app.state.settings
    await service.require_place(database, actor, whose)
    found = await uploads.receive(
        request, depot, settings.upload_limit, ("file",), name
    )
    if "file" not in found:
        raise errors.Invalid("No file came", [errors.Fault("/file", "Choose a file")])
    kept = (depot, settings.files_quota)
    made = await service.send_import(database, actor, whose, found["file"], kept)
    return _one(made, 201)


@router.get("", response_model=schemas.AssetImportsAnswer, responses=problems.READING)
async def list_imports(
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    school_urn: Annotated[UrnText | None, Query(description="Of one school.")] = None,
) -> Response:
    """List imports of files of assets, the newest first."""
    found = await service.list_imports(database, actor, school_urn, page)
    items = [schemas.shown(each) for each in found.items]
    return http.reply_page(request, Page(items, found.next))


@router.get(
    "/{asset_import_id:uuid}",
    response_model=schemas.AssetImportAnswer,
    responses=problems.READING,
)
async def get_import(
    database: Db, actor: CurrentActor, asset_import_id: UUID
) -> Response:
    """Read an import: how its file is read, and what came of it."""
    return _one(await service.get_import(database, actor, asset_import_id))


@router.put(
    "/{asset_import_id:uuid}/reading",
    status_code=ACCEPTED,
    response_model=schemas.AssetImportAnswer,
    responses=problems.CHANGING,
)
async def set_reading(
    database: Db,
    actor: CurrentActor,
    asset_import_id: UUID,
    command: schemas.SetReading,
    version: ExpectedVersion,
) -> Response:
    """Say how the columns are read; a job then tries every row and registers none."""
    reading = command.reading()
    found = await service.set_reading(
        database, actor, asset_import_id, version, reading
    )
    return _one(found, ACCEPTED)


@router.get(
    "/{asset_import_id:uuid}/faults",
    response_model=schemas.RowFaultsAnswer,
    responses=problems.READING,
)
async def list_faults(
    request: Request,
    database: Db,
    actor: CurrentActor,
    asset_import_id: UUID,
    page: PageQuery,
) -> Response:
    """List the rows that are not taken, each by line and column."""
    found = await service.list_faults(database, actor, asset_import_id, page)
    return http.reply_page(request, found)


@router.get(
    "/{asset_import_id:uuid}/faults.csv",
    response_class=Response,
    responses=problems.READING
    | {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def save_faults(
    database: Db, actor: CurrentActor, asset_import_id: UUID
) -> Response:
    """Save the rows that are not taken as a spreadsheet."""
    found = await service.get_import(database, actor, asset_import_id)
    pages = service.every_fault(database, actor, asset_import_id)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    headers = answers.attachment(f"{stem} - rows not taken.csv")
    return StreamingResponse(_lines(pages), headers=headers, media_type="text/csv")


@router.get(
    "/{asset_import_id:uuid}/file",
    response_class=Response,
    responses=problems.READING | {200: {"content": dict.fromkeys(_KEPT_AS, _BYTES)}},
)
async def save_file(
    database: Db, actor: CurrentActor, depot: CurrentDepot, asset_import_id: UUID
) -> Response:
    """Save the file as it was sent."""
    file = await service.get_file(database, actor, asset_import_id)
    return answers.download(file, depot.pieces(file.sha256))


@router.post(
    "/{asset_import_id:uuid}/apply",
    status_code=ACCEPTED,
    response_model=schemas.AssetImportAnswer,
    responses=problems.CHANGING,
)
async def apply_import(
    database: Db, actor: CurrentActor, asset_import_id: UUID, version: ExpectedVersion
) -> Response:
    """Register the assets of an import; a job does it, and its broken rows stay out."""
    found = await service.apply_import(database, actor, asset_import_id, version)
    return _one(found, ACCEPTED)


@router.post(
    "/{asset_import_id:uuid}/undo",
    status_code=ACCEPTED,
    response_model=schemas.AssetImportAnswer,
    responses=problems.CHANGING,
)
async def undo_import(
    database: Db, actor: CurrentActor, asset_import_id: UUID, version: ExpectedVersion
) -> Response:
    """Take back all that an import did; what was changed since stays as it is."""
    found = await service.undo_import(database, actor, asset_import_id, version)
    return _one(found, ACCEPTED)


@router.post(
    "/{asset_import_id:uuid}/cancel",
    status_code=ACCEPTED,
    response_model=schemas.AssetImportAnswer,
    responses=problems.CHANGING,
)
async def give_up(
    database: Db, actor: CurrentActor, asset_import_id: UUID, version: ExpectedVersion
) -> Response:
    """Give an import up, or stop the job that is applying it."""
    return _one(
        await service.give_up(database, actor, asset_import_id, version), ACCEPTED
    )


async def _lines(pages: AsyncIterator[Sequence[KeptFault]]) -> AsyncIterator[bytes]:
    yield csv_line(_TITLES)
    async for page in pages:
        for each in page:
            yield csv_line((each.line, each.heading, each.said, each.detail))


def _one(found: Import, status: int = OK) -> Response:
    where = None if status == OK else f"{PREFIX}/{found.import_id}"
    said = schemas.shown(found)
    return http.reply(said, status, version=found.version, location=where)
