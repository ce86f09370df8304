"""Use cases on files: keep what came, read, delete, sweep what nobody keeps."""

import unicodedata
from uuid import UUID

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from chassis.db import Database, Tx
from chassis.files import kinds, store
from chassis.files.model import Depot, File, FileNotFound, FilesFull, NewFile, Received

LONGEST_NAME = 200
SWEEP_SECONDS = 24 * 3600.0
"""What nobody keeps goes after a day: a use case may be about to keep it."""


async def keep(tx: Tx, received: Received, new: NewFile, quota: int) -> UUID:
    """Make bytes of the depot somebody's file: it is theirs if the transaction commits.

    Raises:
        FilesFull: the LA, or the caller where it is no LA's, would keep too much.
    """
    kept = await store.measure(tx, new)
    if kept + received.size > quota:
        raise FilesFull(kept_bytes=kept, quota_bytes=quota)
    media_type = new.media_type or kinds.media_type(received.head, new.name)
    file_id = await store.insert_file(tx, new, received, media_type)
    target = Target("file", file_id, new.la_code, new.school_id)
    said = {"name": new.name, "size": received.size, "sha256": received.sha256}
    entry = Entry("file.kept", target, after=said, principal=new.principal)
    await audit.record_many(tx, [entry])
    return file_id


async def find(tx: Tx, file_id: UUID) -> File:
    """Read what is known of a file, within a use case's own transaction.

    Raises:
        FileNotFound: there is none within the scope.
    """
    found = await store.get_file(tx, file_id)
    if found is None:
        raise FileNotFound
    return found


async def get_file(db: Database, actor: Actor, access: Access, file_id: UUID) -> File:
    """Read what is known of a file.

    Raises:
        FileNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, access) as tx:
        return await find(tx, file_id)


async def delete_file(
    db: Database, actor: Actor, access: Access, file_id: UUID
) -> None:
    """Forget a file; its bytes go when nobody keeps them any more.

    Raises:
        FileNotFound: there is none within the actor's scope.
        errors.Forbidden: it is another's, and the actor only reads there.
    """
    async with db.begin(actor, access) as tx:
        found = await find(tx, file_id)
        if found.principal != actor.principal:
            actor.require(access.write, found.la_code or "", found.school_id)
        await forget(tx, file_id)


async def forget(tx: Tx, file_id: UUID) -> None:
    """Forget a file as part of a use case that judged whether its caller may.

    Raises:
        FileNotFound: there is none within the scope.
    """
    found = await find(tx, file_id)
    await store.delete_file(tx, file_id)
    target = Target("file", file_id, found.la_code, found.school_id)
    await audit.record(tx, "file.deleted", target, before={"name": found.name})


async def sweep(db: Database, service: str, depot: Depot) -> int:
    """Drop the bytes that no file of any tenant is; say how many contents went."""
    old = await depot.older_than(SWEEP_SECONDS)
    if not old:
        return 0
    actor = auth.service_actor(service, [])
    async with db.read(actor, auth.SERVICE_ACCESS) as tx:
        ownerless = await store.list_ownerless(tx, old)
    gone = [await depot.drop(digest, SWEEP_SECONDS) for digest in ownerless]
    return sum(gone)


def plain_name(name: str) -> str:
    """Keep of a name what can be shown and stored: no folder, no control character."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return shown[:LONGEST_NAME] or "file"
