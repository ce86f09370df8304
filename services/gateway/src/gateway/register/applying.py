"""Applies a previewed import: every school, its history and its facts, or nothing."""

from collections.abc import Collection, Sequence
from uuid import UUID

import orjson

from chassis import auth
from chassis.audit import service as audit
from chassis.db import Database, Tx
from gateway.directory import publishing
from gateway.directory.model import Recorded
from gateway.register import store
from gateway.register.model import england
from gateway.register.model.imports import (
    APPLIED,
    APPLYING,
    PREVIEWED,
    Import,
    ImportNotFound,
    ImportNotReady,
    RegisterChanged,
    RegisterImplausible,
)
from gateway.register.model.imports import recorded as entry_of
from gateway.register.previewing import Told
from gateway.register.store import Part

PART = 500


async def apply(
    db: Database,
    found: Import,
    overrides: Collection[str],
    told: Told,
    job_id: UUID | None = None,
) -> int:
    """Make a preview true in one transaction; return how many schools were recorded.

    The job that an import was handed to is the only one to apply it.

    Raises:
        RegisterChanged: a school in its scope changed since the preview.
        RegisterImplausible: a concern is not among the overrides.
        ImportNotReady: it is not previewed, or was applied before.
    """
    actor = auth.service_actor("gateway", found.la_codes)
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        held = await store.lock_import(tx, found.import_id)
        if held is None:
            raise ImportNotFound
        require_appliable(held, overrides, job_id)
        if await store.get_schools_digest(tx, held.la_codes) != held.seen:
            raise RegisterChanged
        await store.look_rows_up(tx)
        await _ensure_authorities(tx, held.la_codes)
        recorded = await _record(tx, held, told)
        await store.move_import(tx, held.import_id, APPLIED)
        entry = entry_of("applied", held, counts=held.counts, schools=recorded)
        await audit.record_many(tx, [entry])
    return recorded


def require_appliable(
    held: Import, overrides: Collection[str], job_id: UUID | None = None
) -> None:
    """Refuse what is not previewed, or is unlikely and not overridden.

    Raises:
        RegisterImplausible: a concern is not among the overrides.
        ImportNotReady: it is not previewed, or was applied before.
    """
    ready = PREVIEWED if job_id is None else APPLYING
    if held.state != ready or (job_id is not None and held.job_id != job_id):
        raise ImportNotReady(f"The import is {held.state}")
    left = [concern for concern in held.concerns if concern["name"] not in overrides]
    if left:
        said = "; ".join(f"{each['detail']} ({each['name']})" for each in left)
        raise RegisterImplausible(said, concerns=left)


async def _ensure_authorities(tx: Tx, la_codes: Sequence[str]) -> None:
    las = [england.AUTHORITIES[la] for la in la_codes if la in england.AUTHORITIES]
    regions = [{"region_code": r.region_code, "name": r.name} for r in _regions()]
    named = [
        {"la_code": la.la_code, "name": la.name, "region_code": la.region_code}
        for la in las
    ]
    if las:
        await store.insert_regions(tx, orjson.dumps(regions).decode())
        await store.insert_authorities(tx, orjson.dumps(named).decode())


def _regions() -> Sequence[england.Region]:
    return list(england.REGIONS.values())


async def _record(tx: Tx, held: Import, told: Told) -> int:
    total = held.counts.get("total", 0)
    count = 0
    for first in range(0, total, PART):
        part = Part(held.import_id, first, first + PART - 1)
        count += await _record_part(tx, part)
        await told(min(first + PART, total), total, "Recording schools")
    return count


async def _record_part(tx: Tx, part: Part) -> int:
    new = await store.insert_new_schools(tx, part)
    known = await store.update_schools(tx, part)
    await store.keep_history(tx, part)
    first = [Recorded(school_id, None) for school_id in new]
    return await publishing.say_recorded(tx, [*first, *known])
