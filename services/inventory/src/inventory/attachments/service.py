"""The use cases of pictures and documents of kit."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.files import service as files
from chassis.files.model import Depot, File, NewFile, Received
from chassis.files.uploads import Upload
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, Asset, AssetNotFound, present
from inventory.attachments import store
from inventory.attachments.model import contents
from inventory.attachments.model.attachments import (
    FULL,
    LARGEST,
    MOST,
    Attachment,
    AttachmentNotFound,
    AttachmentsFull,
    AttachmentThere,
    Content,
    Described,
    PictureNotFound,
    named,
    told,
)
from inventory.pictures import model as pictures
from inventory.pictures import service as studio


async def require_asset(database: db.Database, actor: Actor, asset_id: UUID) -> None:
    """Refuse a file before it is read where the actor may not attach one.

    Raises:
        AssetNotFound: the asset is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    async with database.read(actor, ACCESS) as tx:
        await _writable(tx, actor, asset_id)


async def list_attachments(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Attachment]:
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_attachments(tx, asset_id)


async def attach(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    sent: tuple[Upload, Described],
    kept: tuple[Depot, int],
) -> Attachment:
    """Attach a file that came to an asset; a picture is kept by its pixels alone.

    What was sent of a picture is nobody's, and is swept within a day or so.

    Raises:
        AssetNotFound: the asset is not within the scope.
        errors.Forbidden: the actor may not write there.
        AttachmentUnsuitable: it is none of the kinds that are kept, or damaged.
        AttachmentThere: the asset has that content already.
        AttachmentsFull: the asset has as many as one may have.
        AssetMerged: it was merged into another.
        FilesFull: the LA keeps too much already.
    """
    upload, described = sent
    depot, quota = kept
    content = await _prepared(depot, upload)
    received, preview = upload.received, None
    if content.remade is not None and content.preview is not None:
        received = await depot.put(_whole(content.remade), 2 * LARGEST)
        preview = await depot.put(_whole(content.preview), LARGEST)
    async with database.begin(actor, ACCESS) as tx:
        asset = await _held(tx, actor, asset_id)
        file_id = await files.keep(tx, received, _file_of(actor, asset, content), quota)
        # Until this ends, nobody else keeps a file in this LA.
        had = await store.count_attachments(tx, asset_id, received.sha256)
        if had.alike:
            raise AttachmentThere
        if had.attachments >= MOST:
            raise AttachmentsFull(FULL, most=MOST)
        preview_id = await _preview(tx, actor, asset, preview, quota)
        values = {
            "la_code": asset.la_code,
            "school_id": asset.school_id,
            "asset_id": asset_id,
            "kind": described.kind,
            "title": described.title or content.name,
            "file_id": file_id,
            "preview_id": preview_id,
        }
        made = await store.insert_attachment(tx, values)
        found = _there(await store.get_attachment(tx, asset_id, made))
        await audit.record_many(tx, [told("attachment.added", found)])
        await assets.note(tx, asset, "attached", named(None, found))
    return found


async def get_file(
    database: db.Database, actor: Actor, asset_id: UUID, attachment_id: UUID
) -> File:
    """Read what is known of an attachment's file.

    Raises:
        AttachmentNotFound: there is none within the actor's scope.
    """
    async with database.read(actor, ACCESS) as tx:
        found = await _of_asset(tx, asset_id, attachment_id)
        return await files.find(tx, found.file_id)


async def get_picture(
    database: db.Database, actor: Actor, asset_id: UUID, attachment_id: UUID
) -> File:
    """Read what is known of the picture that a page shows of an attachment.

    Raises:
        AttachmentNotFound: there is none within the actor's scope.
        PictureNotFound: it is a document.
    """
    async with database.read(actor, ACCESS) as tx:
        found = await _of_asset(tx, asset_id, attachment_id)
        if found.preview_id is None:
            raise PictureNotFound
        return await files.find(tx, found.preview_id)


async def remove(
    database: db.Database, actor: Actor, asset_id: UUID, attachment_id: UUID
) -> None:
    """Take a picture or document away, for good; that it was there stays known.

    Raises:
        AssetNotFound, AttachmentNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
    """
    async with database.begin(actor, ACCESS) as tx:
        asset = await _held(tx, actor, asset_id)
        found = _there(await store.get_attachment(tx, asset_id, attachment_id))
        if not await store.delete_attachment(tx, attachment_id):
            raise AttachmentNotFound
        for file_id in (found.file_id, found.preview_id):
            if file_id is not None:
                await files.forget(tx, file_id)
        await audit.record_many(tx, [told("attachment.removed", found)])
        await assets.note(tx, asset, "detached", named(found, None))


async def hand_over(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None = None
) -> list[UUID]:
    """Let what is attached to an asset, or `only` some of it, be another's.

    Raises:
        AttachmentsFull: that is more than one asset may have.
    """
    moved = await store.move_attachments(tx, old_id, new_id, only)
    if moved:
        await require_room(tx, new_id, 0)
    return moved


async def require_room(tx: db.Tx, asset_id: UUID, more: int) -> None:
    """Vouch that an asset may have so many attachments more.

    Raises:
        AttachmentsFull: that is more than one may have.
    """
    had = await store.count_attachments(tx, asset_id, "")
    if had.attachments + more > MOST:
        raise AttachmentsFull(FULL, most=MOST)


async def _prepared(depot: Depot, upload: Upload) -> Content:
    content = await depot.get(upload.received.sha256)
    return await studio.alone(contents.prepared, content, upload.name)


def _file_of(actor: Actor, asset: Asset, content: Content) -> NewFile:
    return NewFile(
        principal=actor.principal,
        name=content.name,
        la_code=asset.la_code,
        school_id=asset.school_id,
        media_type=content.media_type,
    )


async def _preview(
    tx: db.Tx, actor: Actor, asset: Asset, preview: Received | None, quota: int
) -> UUID | None:
    if preview is None:
        return None
    new = _file_of(actor, asset, Content(pictures.PREVIEW, "preview.webp"))
    return await files.keep(tx, preview, new, quota)


async def _writable(tx: db.Tx, actor: Actor, asset_id: UUID) -> Asset:
    asset = await assets.asset_of(tx, asset_id)
    actor.require(ACCESS.write, asset.la_code, asset.school_id)
    return asset


async def _held(tx: db.Tx, actor: Actor, asset_id: UUID) -> Asset:
    """Find an asset that the actor may write, and hold it.

    Raises:
        AssetNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        AssetMerged: it was merged into another, which has its attachments now.
    """
    await _writable(tx, actor, asset_id)
    held = (await assets.hold_many(tx, [asset_id])).get(asset_id)
    if held is None:
        raise AssetNotFound
    return present(held)


async def _of_asset(tx: db.Tx, asset_id: UUID, attachment_id: UUID) -> Attachment:
    await assets.asset_of(tx, asset_id)
    return _there(await store.get_attachment(tx, asset_id, attachment_id))


def _there(found: Attachment | None) -> Attachment:
    if found is None:
        raise AttachmentNotFound
    return found


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
