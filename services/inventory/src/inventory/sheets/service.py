"""Use cases on imports of files of assets: send, say how to read, apply, undo."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis import conditional, errors, paging
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from chassis.files import service as files
from chassis.files.model import Depot, File, NewFile
from chassis.files.uploads import Upload
from chassis.jobs import service as jobs
from chassis.jobs.model import NewJob
from chassis.paging import Page, PageRequest
from inventory.assets.model import REGISTERING
from inventory.kinds.model.lives import PlaceUnclear
from inventory.schools import service as schools
from inventory.sheets import store
from inventory.sheets.model import imports, presets, reading, sheet
from inventory.sheets.model.imports import (
    ACCESS,
    AssetImportNotFound,
    Import,
    KeptFault,
    ReadingWrong,
    State,
    Step,
)
from inventory.sheets.model.reading import Reading

Place = tuple[int | None, str | None]
"""Of which school (by URN) a file is, or else of which LA."""
NEWEST, PLACE = "newest", "place"
_PAGE = 500
_KINDS: dict[Step, tuple[State, str]] = {
    "try": ("trying", imports.TRY),
    "apply": ("applying", imports.APPLY),
    "undo": ("undoing", imports.UNDO),
}


async def require_place(
    db: Database, actor: Actor, place: Place
) -> tuple[str, UUID | None]:
    """Find the school or LA of a file, where the actor may register.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.NotFound: the LA is not.
        PlaceUnclear: neither is named, or both are.
        errors.Forbidden: the actor may not register there.
    """
    urn, la_code = place
    if urn is not None and la_code is not None:
        raise PlaceUnclear
    if urn is None:
        if la_code is None:
            raise PlaceUnclear
        if la_code not in actor.las(REGISTERING.read):
            raise errors.NotFound("There is no such LA within your scope")
        actor.require(ACCESS.write, la_code, None)
        return la_code, None
    async with db.read(actor, REGISTERING) as tx:
        school = await schools.school_of(tx, urn)
    actor.require(ACCESS.write, school.la_code, school.school_id)
    return school.la_code, school.school_id


async def send_import(
    db: Database,
    actor: Actor,
    place: Place,
    sent: Upload,
    kept: tuple[Depot, int],
) -> Import:
    """Keep a file of a school's kit (by URN), or of an LA's, and suggest its reading.

    A file of JSON Lines needs no reading: it is tried at once.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not register there.
        FileUnreadable: it is no such file.
        FilesFull: the LA keeps too much already.
    """
    la_code, school_id = await require_place(db, actor, place)
    depot, quota = kept
    content = await depot.get(sent.received.sha256)
    told = await asyncio.to_thread(_looked_at, content)
    async with db.begin(actor, REGISTERING) as tx:
        new = NewFile(
            principal=actor.principal,
            name=sent.name,
            la_code=la_code,
            school_id=school_id,
        )
        file_id = await files.keep(tx, sent.received, new, quota)
        alike = await store.find_reading(tx, la_code, school_id, told["headings"])
        values = {
            **told,
            "reading": alike or told["reading"],
            "la_code": la_code,
            "school_id": school_id,
            "file_id": file_id,
            "file_name": sent.name,
        }
        import_id = await store.insert_import(tx, values)
        found = _there(await store.get_import(tx, import_id))
        entry = imports.recorded("sent", found, file_name=found.file_name)
        await audit.record_many(tx, [entry])
        if found.layout == "jsonl":
            await _hand(tx, actor, found, "try")
        return _there(await store.get_import(tx, import_id))


async def set_reading(
    db: Database, actor: Actor, import_id: UUID, expected: int, wanted: Reading
) -> Import:
    """Say how the columns are read; a job then says what would come of each row.

    Raises:
        AssetImportNotFound: there is none within the scope.
        AssetImportNotReady: a job works on it, or it was applied.
        ReadingWrong: the columns cannot be read like that.
        errors.Stale: it is no longer as the caller saw it.
    """
    async with db.begin(actor, ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected, "try")
        headings = [str(each["heading"]) for each in held.columns]
        is_one = held.school_id is not None
        if faults := reading.faults_of(wanted, headings, of_a_school=is_one):
            raise ReadingWrong(faults=faults)
        await store.set_reading(tx, import_id, asdict(wanted))
        return await _hand(tx, actor, held, "try")


async def apply_import(
    db: Database, actor: Actor, import_id: UUID, expected: int
) -> Import:
    """Order that the assets of an import be registered; its broken rows stay out.

    Raises: as `set_reading`.
    """
    async with db.begin(actor, ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected, "apply")
        return await _hand(tx, actor, held, "apply")


async def undo_import(
    db: Database, actor: Actor, import_id: UUID, expected: int
) -> Import:
    """Order that all be taken back that an import did and nobody has changed since.

    Raises: as `set_reading`.
    """
    async with db.begin(actor, ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected, "undo")
        return await _hand(tx, actor, held, "undo")


async def give_up(db: Database, actor: Actor, import_id: UUID, expected: int) -> Import:
    """Give up what has not been applied; what is under way is stopped where it is.

    Raises: as `set_reading`.
    """
    async with db.begin(actor, ACCESS) as tx:
        held = await _held(tx, actor, import_id, expected, "give-up")
        if held.state in imports.UNDER_WAY and held.job_id is not None:
            await jobs.ask_cancel(tx, held.job_id)
        if held.state != "applying":
            await store.move_import(tx, import_id, "given-up")
        await audit.record_many(tx, [imports.recorded("given-up", held)])
        return _there(await store.get_import(tx, import_id))


async def settle(tx: Tx, import_id: UUID, job_id: UUID, why: str | None) -> None:
    """Let an import be where it is after its job ended before it was done."""
    held = await store.lock_import(tx, import_id)
    if held is None or held.job_id != job_id or held.state not in imports.ENDS:
        return
    ended = imports.ENDS[held.state]
    state = "failed" if why and held.state == "trying" else ended
    await store.move_import(tx, import_id, state, why)


async def get_import(db: Database, actor: Actor, import_id: UUID) -> Import:
    """Read an import.

    Raises:
        AssetImportNotFound: there is none within the actor's scope.
    """
    async with db.read(actor, ACCESS) as tx:
        return _there(await store.get_import(tx, import_id))


async def get_file(db: Database, actor: Actor, import_id: UUID) -> File:
    """Read what is known of an import's file."""
    async with db.read(actor, ACCESS) as tx:
        found = _there(await store.get_import(tx, import_id))
        return await files.find(tx, found.file_id)


async def list_imports(
    db: Database, actor: Actor, school_urn: int | None, page: PageRequest
) -> Page[Import]:
    """List imports, the newest first; an unknown school is not an empty one."""
    (after,) = page.key(NEWEST, (str,))
    async with db.read(actor, ACCESS) as tx:
        school_id = None
        if school_urn is not None:
            school_id = (await schools.school_of(tx, school_urn)).school_id
        key = paging.uuid_of(after)
        found = await store.list_imports(tx, school_id, key, page.page_size)
    return page.page(found, NEWEST, lambda each: (str(each.import_id),))


async def list_faults(
    db: Database, actor: Actor, import_id: UUID, page: PageRequest
) -> Page[KeptFault]:
    """List the rows that are not taken, in the order of the file."""
    (after,) = page.key(PLACE, (int,))
    async with db.read(actor, ACCESS) as tx:
        _there(await store.get_import(tx, import_id))
        key = -1 if after is None else int(after)
        found = await store.list_faults(tx, import_id, key, page.page_size)
    return page.page(found, PLACE, lambda each: (each.place,))


async def every_fault(
    db: Database, actor: Actor, import_id: UUID
) -> AsyncIterator[Sequence[KeptFault]]:
    """Read all rows that are not taken, a page at a time."""
    after: str | None = None
    while True:
        page = await list_faults(db, actor, import_id, PageRequest(_PAGE, after))
        yield page.items
        after = page.next
        if after is None:
            return


def _looked_at(content: bytes) -> dict[str, Any]:
    """Say what a file holds, before anything of it is taken."""
    layout = sheet.layout_of(content[:512])
    if layout == "jsonl":
        return {
            "layout": layout,
            "headings": [],
            "columns": [],
            "preset": None,
            "rows": sum(1 for _ in sheet.lines(content)),
            "reading": Reading({}),
        }
    table = sheet.read(content)
    columns = reading.columns_of(table)
    preset = presets.preset_of(table.headings)
    return {
        "layout": table.layout,
        "headings": list(table.headings),
        "columns": columns,
        "preset": None if preset is None else preset.name,
        "rows": len(table.rows),
        "reading": reading.suggested(table, columns),
    }


async def _held(
    tx: Tx, actor: Actor, import_id: UUID, expected: int, step: Step
) -> Import:
    """Hold an import for a step by somebody who may write where it is for."""
    seen = _there(await store.get_import(tx, import_id))
    actor.require(ACCESS.write, seen.la_code, seen.school_id)
    held = _there(await store.lock_import(tx, import_id))
    conditional.check(expected, held.version)
    imports.require(step, held)
    return held


async def _hand(tx: Tx, actor: Actor, held: Import, step: Step) -> Import:
    """Start the job of a step; jobs of one place run one after the other."""
    state, kind = _KINDS[step]
    new = NewJob(
        kind=kind,
        principal=actor.principal,
        la_code=held.la_code,
        school_id=held.school_id,
        subject_id=held.import_id,
        lock=f"asset-imports-{held.school_id or held.la_code}",
    )
    await store.hand_import(tx, held.import_id, state, await jobs.start(tx, new))
    await audit.record_many(tx, [imports.recorded(f"{step}-ordered", held)])
    return _there(await store.get_import(tx, held.import_id))


def _there(found: Import | None) -> Import:
    if found is None:
        raise AssetImportNotFound
    return found
