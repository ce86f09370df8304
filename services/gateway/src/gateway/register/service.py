"""Use cases on imports of the register: begin, preview, look at, apply, cancel."""

from collections.abc import Collection
from uuid import UUID

from chassis import auth, conditional, errors, paging
from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import Page, PageRequest
from gateway.register import applying, previewing, store
from gateway.register.model import england, imports
from gateway.register.model.imports import (
    CANCELLED,
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


async def silent(done: int, total: int | None, note: str) -> None:
    """Hear of progress and say nothing."""
    del done, total, note


async def operator(db: Database) -> Actor:
    """Make the actor of the operator's command: all of England, and what else there is.

    A demonstration's authorities are in the directory and not in England.
    """
    async with db.system() as tx:
        known = await store.list_authority_codes(tx)
    return auth.service_actor("gateway", sorted({*england.AUTHORITIES, *known}))


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
    runs_as = auth.service_actor("gateway", la_codes)
    async with db.begin(runs_as, auth.SERVICE_ACCESS) as tx:
        values: dict[str, object] = {
            "la_code": la_codes[0] if len(la_codes) == 1 else None,
            "principal": actor.principal,
            "la_codes": la_codes,
            "file_name": file_name[:200],
        }
        import_id = await store.insert_import(tx, values)
        found = await store.get_import(tx, import_id)
    return _there(found)


async def preview_import(
    db: Database, found: Import, files: Files, told: Told = silent
) -> Import:
    """Read the file of a waiting import and keep what it would change.

    Raises:
        errors.Refusal: the file cannot be read; the import has failed.
    """
    try:
        await previewing.preview(db, found, files, told)
    except errors.Refusal as refusal:
        await _fail(db, found, refusal.detail)
        raise
    return await get_import(
        db, auth.service_actor("gateway", found.la_codes), found.import_id
    )


async def apply_import(
    db: Database, found: Import, overrides: Collection[str], told: Told = silent
) -> int:
    """Make a preview true; return how many schools were recorded."""
    return await applying.apply(db, found, overrides, told)


async def cancel_import(
    db: Database, actor: Actor, import_id: UUID, expected: int
) -> Import:
    """Give up an import that has not been applied.

    Raises:
        ImportNotFound: there is none within the actor's scope.
        ImportNotReady: it was applied, or has ended otherwise.
        errors.Stale: it is no longer as the caller saw it.
    """
    async with db.begin(actor, imports.ACCESS) as tx:
        held = _there(await store.lock_import(tx, import_id))
        conditional.check(expected, held.version)
        if held.state not in {WAITING, PREVIEWED}:
            raise ImportNotReady(f"The import is {held.state}")
        await store.move_import(tx, import_id, CANCELLED)
        found = await store.get_import(tx, import_id)
    return _there(found)


async def get_import(db: Database, actor: Actor, import_id: UUID) -> Import:
    """Read an import.

    Raises:
        ImportNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, imports.ACCESS) as tx:
        return _there(await store.get_import(tx, import_id))


async def list_imports(db: Database, actor: Actor, page: PageRequest) -> Page[Import]:
    scope_of(actor)
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


async def _fail(db: Database, found: Import, problem: str) -> None:
    actor = auth.service_actor("gateway", found.la_codes)
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        await store.move_import(tx, found.import_id, "failed", problem)


def _there(found: Import | None) -> Import:
    if found is None:
        raise ImportNotFound
    return found
