"""Use cases on imports of the register: send, preview, look at, apply, cancel."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import auth, conditional, errors, paging
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.db import Database, Tx
from chassis.files import records
from chassis.files import service as files
from chassis.files.model import File, FileNotFound, NewFile
from chassis.files.uploads import Upload
from chassis.jobs import service as jobs
from chassis.jobs.model import NewJob
from chassis.paging import Page, PageRequest
from gateway.clients.model import SANDBOX_LA
from gateway.register import applying, previewing, store
from gateway.register.model import england, imports
from gateway.register.model.imports import (
    APPLYING,
    CANCELLED,
    FAILED,
    PREVIEWED,
    WAITING,
    Import,
    ImportNotFound,
    ImportNotReady,
    KeptChange,
    KeptFault,
)
from gateway.register.previewing import Files, Told

NEWEST = "newest"
PLACE = "place"
PARTS = ("file", "links")
"""What the files of an import are called where they are sent."""
_LOCK = "schools-import"
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """The files of an import as they came."""

    register: Upload
    links: Upload | None = None


async def silent(done: int, total: int | None, note: str) -> None:
    """Hear of progress and say nothing."""
    del done, total, note


async def operator(db: Database) -> Actor:
    """Make the actor of the operator's command: all of England, and what else there is.

    A demonstration's authorities are in the directory and not in England. Nor is that
    of the sandbox schools, of which no register knows.
    """
    async with db.system() as tx:
        known = await store.list_authority_codes(tx)
    la_codes = {*england.AUTHORITIES, *known} - {SANDBOX_LA}
    return auth.service_actor("gateway", sorted(la_codes))


def scope_of(actor: Actor) -> list[str]:
    """List the LAs in which an actor may import.

    Raises:
        errors.Forbidden: there are none.
    """
    la_codes = actor.las(imports.IMPORTERS | {auth.SERVICE_ROLE})
    if not la_codes:
        raise errors.Forbidden
    return la_codes


async def begin_import(db: Database, actor: Actor, file_name: str) -> Import:
    """Note that a file has come; it takes effect within the actor's own LAs only."""
    la_codes = scope_of(actor)
    async with db.begin(_runner(la_codes), auth.SERVICE_ACCESS) as tx:
        import_id = await store.insert_import(tx, _begun(actor, la_codes, file_name))
        found = _there(await store.get_import(tx, import_id))
        entry = imports.recorded("begun", found, file_name=found.file_name)
        await audit.record_many(tx, [entry])
        return found


async def send_import(db: Database, actor: Actor, sent: Sent, quota: int) -> Import:
    """Keep files that came, and start the job that previews them.

    Raises:
        FileUnreadable: a file is of another kind altogether.
        FilesFull: the LA keeps too much already.
    """
    la_codes = scope_of(actor)
    uploads = [upload for upload in (sent.register, sent.links) if upload]
    for part, upload in zip(PARTS, uploads, strict=False):
        records.require_kind(upload.received.head, part)
    values = _begun(actor, la_codes, sent.register.name)
    la_code = None if values["la_code"] is None else la_codes[0]
    async with db.begin(_runner(la_codes), auth.SERVICE_ACCESS) as tx:
        ids = [
            await files.keep(
                tx,
                upload.received,
                NewFile(principal=actor.principal, name=upload.name, la_code=la_code),
                quota,
            )
            for upload in uploads
        ]
        values |= {"file_id": ids[0], "links_file_id": ids[1] if ids[1:] else None}
        import_id = await store.insert_import(tx, values)
        found = _there(await store.get_import(tx, import_id))
        await _hand(tx, found, actor, WAITING, imports.PREVIEW)
        entry = imports.recorded("sent", found, file_name=found.file_name)
        await audit.record_many(tx, [entry])
        return _there(await store.get_import(tx, import_id))


async def sent_before(db: Database, actor: Actor, sent: Sent) -> Import | None:
    """Find the import that the very same files began, unless it came to nothing."""
    digest = sent.register.received.sha256
    links = sent.links and sent.links.received.sha256
    async with db.read(actor, imports.ACCESS) as tx:
        return await store.find_import_of_files(tx, digest, links, scope_of(actor))


async def preview_import(
    db: Database, found: Import, sent: Files, told: Told = silent
) -> Import:
    """Read the file of a waiting import and keep what it would change.

    Raises:
        errors.Refusal: the file cannot be read; the import has failed.
    """
    try:
        await previewing.preview(db, found, sent, told)
    except (errors.Unavailable, errors.TimedOut):
        raise
    except errors.Refusal as refusal:
        await _fail(db, found, refusal.detail)
        raise
    return await get_import(db, _runner(found.la_codes), found.import_id)


async def apply_import(
    db: Database, found: Import, overrides: Collection[str], told: Told = silent
) -> int:
    """Make a preview true at once; return how many schools were recorded."""
    return await applying.apply(db, found, overrides, told)


async def order_apply(
    db: Database,
    actor: Actor,
    import_id: UUID,
    overrides: Sequence[str],
    expected: int,
) -> Import:
    """Start the job that makes a preview true.

    Raises:
        ImportNotFound: there is none within the actor's scope.
        errors.Forbidden: the actor may not import in all of its LAs any more.
        errors.Stale: it is no longer as the caller saw it.
        RegisterImplausible: a concern is not among the overrides.
        ImportNotReady: it is not previewed, or is being applied already.
    """
    async with db.begin(actor, imports.ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected)
        applying.require_appliable(held, overrides)
        chosen = sorted(set(overrides))
        await _hand(tx, held, actor, APPLYING, imports.APPLY, overrides=chosen)
        target = Target("school-import", import_id, held.la_code)
        said = {"overrides": chosen}
        await audit.record(tx, "register.import-ordered", target, after=said)
        return _there(await store.get_import(tx, import_id))


async def cancel_import(
    db: Database, actor: Actor, import_id: UUID, expected: int
) -> Import:
    """Give up an import that has not been applied; what is under way is stopped.

    One that is being applied goes back to its preview once its job has stopped.

    Raises:
        ImportNotFound: there is none within the actor's scope.
        ImportNotReady: it was applied, or has ended otherwise.
        errors.Stale: it is no longer as the caller saw it.
    """
    async with db.begin(actor, imports.ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected)
        if held.state not in {WAITING, PREVIEWED, APPLYING}:
            raise ImportNotReady(f"The import is {held.state}")
        if held.job_id is not None and held.state != PREVIEWED:
            await jobs.ask_cancel(tx, held.job_id)
        if held.state != APPLYING:
            await store.move_import(tx, import_id, CANCELLED)
        target = Target("school-import", import_id, held.la_code)
        await audit.record(tx, "register.import-cancelled", target)
        return _there(await store.get_import(tx, import_id))


async def settle_import(tx: Tx, import_id: UUID, job_id: UUID, why: str | None) -> None:
    """Let an import end as its job did: cancelled without a reason, else failed."""
    held = await store.lock_import(tx, import_id)
    if held is None or held.job_id != job_id:
        return
    if held.state == APPLYING:
        await store.move_import(tx, import_id, FAILED if why else PREVIEWED, why)
    elif held.state == WAITING:
        await store.move_import(tx, import_id, FAILED if why else CANCELLED, why)


async def get_import(db: Database, actor: Actor, import_id: UUID) -> Import:
    """Read an import.

    Raises:
        ImportNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, imports.ACCESS) as tx:
        return _there(await store.get_import(tx, import_id))


async def get_files(
    db: Database, actor: Actor, import_id: UUID
) -> tuple[File, File | None]:
    """Read what is known of an import's file, and of the links that came with it.

    Raises:
        ImportNotFound: there is none within the actor's scope.
        FileNotFound: the import has no file kept, as an operator's has none.
    """
    async with db.read(actor, imports.ACCESS) as tx:
        found = _there(await store.get_import(tx, import_id))
        if found.file_id is None:
            raise FileNotFound
        file = await files.find(tx, found.file_id)
        links = found.links_file_id
        return file, None if links is None else await files.find(tx, links)


async def list_imports(db: Database, actor: Actor, page: PageRequest) -> Page[Import]:
    (after,) = page.key(NEWEST, (str,))
    async with db.read(actor, imports.ACCESS) as tx:
        found = await store.list_imports(tx, paging.uuid_of(after), page.page_size)
    return page.page(found, NEWEST, lambda each: (str(each.import_id),))


async def list_changes(
    db: Database, actor: Actor, import_id: UUID, kind: str | None, page: PageRequest
) -> Page[KeptChange]:
    (after,) = page.key(PLACE, (int,))
    async with db.read(actor, imports.ACCESS) as tx:
        _there(await store.get_import(tx, import_id))
        key = -1 if after is None else int(after)
        found = await store.list_changes(tx, import_id, kind, key, page.page_size)
    return page.page(found, PLACE, lambda each: (each.place,))


async def list_faults(
    db: Database, actor: Actor, import_id: UUID, page: PageRequest
) -> Page[KeptFault]:
    (after,) = page.key(PLACE, (int,))
    async with db.read(actor, imports.ACCESS) as tx:
        _there(await store.get_import(tx, import_id))
        key = -1 if after is None else int(after)
        found = await store.list_faults(tx, import_id, key, page.page_size)
    return page.page(found, PLACE, lambda each: (each.place,))


async def every_fault(
    db: Database, actor: Actor, import_id: UUID
) -> AsyncIterator[Sequence[KeptFault]]:
    """Read all broken rows of an import, a page at a time."""
    after: str | None = None
    while True:
        page = await list_faults(db, actor, import_id, PageRequest(_PAGE, after))
        yield page.items
        after = page.next
        if after is None:
            return


def _runner(la_codes: Sequence[str]) -> Actor:
    """The actor as whom an import is read and applied, for the LAs of its sender."""
    return auth.service_actor("gateway", la_codes)


def _begun(actor: Actor, la_codes: Sequence[str], file_name: str) -> dict[str, object]:
    return {
        "la_code": la_codes[0] if len(la_codes) == 1 else None,
        "principal": actor.principal,
        "la_codes": list(la_codes),
        "file_name": file_name[:200],
        "file_id": None,
        "links_file_id": None,
    }


async def _held(tx: Tx, actor: Actor, import_id: UUID, expected: int) -> Import:
    """Hold an import for a change by somebody who may import in all of its LAs."""
    seen = _there(await store.get_import(tx, import_id))
    if not set(seen.la_codes) <= set(actor.las(imports.IMPORTERS)):
        raise errors.Forbidden
    held = _there(await store.lock_import(tx, import_id))
    conditional.check(expected, held.version)
    return held


async def _hand(
    tx: Tx, held: Import, actor: Actor, state: str, kind: str, **arguments: object
) -> None:
    """Start an import's job; jobs of imports run one after the other."""
    new = NewJob(
        kind=kind,
        principal=actor.principal,
        la_code=held.la_code,
        subject_id=held.import_id,
        arguments=arguments,
        lock=_LOCK,
    )
    await store.hand_import(tx, held.import_id, await jobs.start(tx, new), state)


async def _fail(db: Database, found: Import, problem: str) -> None:
    async with db.begin(_runner(found.la_codes), auth.SERVICE_ACCESS) as tx:
        await store.move_import(tx, found.import_id, FAILED, problem)


def _there(found: Import | None) -> Import:
    if found is None:
        raise ImportNotFound
    return found
