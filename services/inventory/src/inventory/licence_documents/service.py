"""The use cases of documents of licences: each opens the one transaction it needs."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.files import service as files
from chassis.files.model import Depot, File, NewFile
from chassis.files.uploads import Upload
from inventory.attachments.model import contents
from inventory.licence_documents import model, store
from inventory.licence_documents.model import LARGEST, MOST, Document
from inventory.licences import service as licences
from inventory.licences.model.things import ACCESS
from inventory.pictures import service as studio


async def require_licence(
    database: db.Database, actor: Actor, licence_id: UUID
) -> None:
    """Refuse a file before it is read where the actor may not add one.

    Raises:
        LicenceNotFound: the licence is not within the scope.
        errors.Forbidden: the actor does not write there.
    """
    async with database.read(actor, ACCESS) as tx:
        await licences.writable(tx, actor, licence_id)


async def list_documents(
    database: db.Database, actor: Actor, licence_id: UUID
) -> Sequence[Document]:
    """List the documents of a licence; of an LA's, to the LA alone.

    Raises:
        LicenceNotFound: the licence is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await licences.licence_of(tx, licence_id)
        return await store.list_documents(tx, licence_id)


async def add_document(
    database: db.Database,
    actor: Actor,
    licence_id: UUID,
    sent: tuple[Upload, str | None],
    kept: tuple[Depot, int],
) -> Document:
    """Keep a document of a licence; a picture is kept by its pixels alone.

    Raises:
        LicenceNotFound: the licence is not within the scope.
        errors.Forbidden: the actor does not write there.
        AttachmentUnsuitable: it is none of the kinds that are kept, or damaged.
        DocumentThere: the licence has that content already.
        DocumentsFull: the licence has as many as one may have.
        FilesFull: the LA keeps too much already.
    """
    upload, title = sent
    depot, quota = kept
    content = await studio.alone(
        contents.prepared, await depot.get(upload.received.sha256), upload.name
    )
    received = upload.received
    if content.remade is not None:
        received = await depot.put(_whole(content.remade), 2 * LARGEST)
    async with database.begin(actor, ACCESS) as tx:
        held = await licences.hold(tx, actor, licence_id)
        place = {"la_code": held.la_code, "school_id": held.school_id}
        new = NewFile(
            principal=actor.principal,
            name=content.name,
            la_code=held.la_code,
            school_id=held.school_id,
            media_type=content.media_type,
        )
        file_id = await files.keep(tx, received, new, quota)
        had = await store.count_documents(tx, licence_id, received.sha256)
        if had.alike:
            raise model.DocumentThere
        if had.documents >= MOST:
            raise model.DocumentsFull
        said = {"title": title or content.name, "file_id": file_id}
        values = {**place, **said, "licence_id": licence_id}
        made = await store.insert_document(tx, values)
        found = await _document_of(tx, licence_id, made)
        await audit.record_many(tx, [model.told("licence.document-added", found)])
    return found


async def get_file(
    database: db.Database, actor: Actor, licence_id: UUID, document_id: UUID
) -> File:
    """Read what is known of a document's file.

    Raises:
        LicenceNotFound, DocumentNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await licences.licence_of(tx, licence_id)
        found = await _document_of(tx, licence_id, document_id)
        return await files.find(tx, found.file_id)


async def remove_document(
    database: db.Database, actor: Actor, licence_id: UUID, document_id: UUID
) -> None:
    """Keep a document no more, for good; that it was there stays known.

    Raises:
        LicenceNotFound, DocumentNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write there.
    """
    async with database.begin(actor, ACCESS) as tx:
        await licences.hold(tx, actor, licence_id)
        found = await _document_of(tx, licence_id, document_id)
        if not await store.delete_document(tx, document_id):
            raise model.DocumentNotFound
        await audit.record_many(tx, [model.told("licence.document-removed", found)])


async def _document_of(tx: db.Tx, licence_id: UUID, document_id: UUID) -> Document:
    found = await store.get_document(tx, licence_id, document_id)
    if found is None:
        raise model.DocumentNotFound
    return found


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
