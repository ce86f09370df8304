"""The use cases of pictures of models: each opens the one transaction it needs."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.files import service as files
from chassis.files.model import Depot, File, NewFile
from chassis.files.uploads import Upload
from inventory.catalogue import service as catalogue
from inventory.catalogue.model.entries import ACCESS, WRITERS, Model, Picture
from inventory.catalogue.model.listing import Entry
from inventory.model_pictures import store
from inventory.model_pictures.model import (
    FILE_NAME,
    LARGEST,
    ModelPictureNotFound,
    told,
)
from inventory.pictures import model as pictures
from inventory.pictures import service as studio


async def require_model(database: db.Database, actor: Actor, model_id: UUID) -> None:
    """Refuse a file before it is read where the actor may not show one.

    Raises:
        ModelNotFound: it does not exist or is not within the scope.
        errors.Forbidden: the actor does not say so there.
    """
    async with database.read(actor, ACCESS) as tx:
        await _writable(tx, actor, model_id)


async def show(
    database: db.Database,
    actor: Actor,
    model_id: UUID,
    sent: tuple[Upload, str],
    kept: tuple[Depot, int],
) -> Model:
    """Show a picture of a model, in place of the one there was; it comes with words.

    What was sent is nobody's, and is swept within a day or so: a small picture that is
    made anew of its pixels is kept.

    Raises:
        ModelNotFound: it does not exist or is not within the scope.
        errors.Forbidden: the actor does not say so there.
        PictureUnsuitable: it is no picture, or a damaged one.
        FilesFull: the LA keeps too much already.
    """
    upload, alt = sent
    depot, quota = kept
    content = await depot.get(upload.received.sha256)
    small = await studio.alone(pictures.small_of, content)
    received = await depot.put(_whole(small), LARGEST)
    async with database.begin(actor, ACCESS) as tx:
        entry = await _writable(tx, actor, model_id)
        la_code = entry.model.la_code
        new = NewFile(
            principal=actor.principal,
            name=FILE_NAME,
            la_code=la_code,
            media_type=pictures.PREVIEW,
        )
        # Until this ends, nobody else keeps a file in this LA.
        file_id = await files.keep(tx, received, new, quota)
        picture = _of(entry, alt, file_id)
        gone = await store.show(tx, picture)
        if gone is not None:
            await files.forget(tx, gone)
        target = Target("model", picture.model_id, la_code, None)
        before = told(entry.picture)
        await audit.record(tx, "model.picture-set", target, before, told(picture))
        whole = await catalogue.whole_of(tx, actor, la_code, None)
    return whole.find(model_id).model


async def get_file(database: db.Database, actor: Actor, model_id: UUID) -> File:
    """Read what is known of the picture of a model, by an id that it has or had.

    Raises:
        ModelNotFound: the model does not exist or is not within the scope.
        ModelPictureNotFound: there is no picture of it.
    """
    async with database.read(actor, ACCESS) as tx:
        found = await store.get_picture(tx, model_id)
        if found is None:
            whole = await catalogue.whole_of(tx, actor, None, None)
            found = whole.find(model_id).picture
        if found is None:
            raise ModelPictureNotFound
        return await files.find(tx, found.file_id)


async def remove(database: db.Database, actor: Actor, model_id: UUID) -> None:
    """Show no picture of a model any more.

    Raises:
        ModelNotFound: it does not exist or is not within the scope.
        errors.Forbidden: the actor does not say so there.
        ModelPictureNotFound: there is no picture of it.
    """
    async with database.begin(actor, ACCESS) as tx:
        shown = (await _writable(tx, actor, model_id)).picture
        gone = await store.hide(tx, shown.la_code, shown.model_id) if shown else None
        if shown is None or gone is None:
            raise ModelPictureNotFound
        await files.forget(tx, gone)
        target = Target("model", shown.model_id, shown.la_code, None)
        await audit.record(tx, "model.picture-removed", target, told(shown), {})


async def _writable(tx: db.Tx, actor: Actor, model_id: UUID) -> Entry:
    whole = await catalogue.whole_of(tx, actor, None, None)
    entry = whole.find(model_id)
    actor.require(WRITERS, entry.model.la_code, None)
    return entry


def _of(entry: Entry, alt: str, file_id: UUID) -> Picture:
    """Say which row a model's picture is: one that is there goes before its name."""
    row = entry.picture or entry.model
    place = (row.la_code, row.model_id, row.make, row.model)
    return Picture(*place, alt, file_id, datetime.now(UTC))


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
