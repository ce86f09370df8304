"""Reads a file, compares it with the directory, and keeps what it would change."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain

import orjson

from chassis import auth
from chassis.db import Database, Tx
from chassis.parts import in_parts
from gateway.register import store
from gateway.register.model import comparing, england, links, plausibility, reading
from gateway.register.model.changes import Change
from gateway.register.model.comparing import Comparison, Scope
from gateway.register.model.imports import Import, ImportNotReady
from gateway.register.model.links import Links
from gateway.register.model.plausibility import Before, Concern
from gateway.register.model.reading import Fault, Register
from gateway.register.model.succession import Held

BATCH = 2000
_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")

Told = Callable[[int, int | None, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Files:
    """The register's bytes, and those of its links where they came with it."""

    register: bytes
    links: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    register: Register
    links: Links

    @property
    def urns(self) -> list[int]:
        ends = chain.from_iterable(self.links.links)
        return sorted({row.urn for row in self.register.rows} | set(ends))


@dataclass(frozen=True, slots=True)
class _Stored:
    held: Held
    seen: str
    before: Before | None
    ended_roles: Sequence[object]


async def preview(db: Database, found: Import, files: Files, told: Told) -> None:
    """Keep what a waiting import would change; all of it or nothing.

    Raises:
        FileUnreadable: a file is of another kind, or its header lacks a column.
        ImportNotReady: it was previewed or cancelled before.
    """
    await told(0, None, "Reading the file")
    read = await asyncio.to_thread(_read, files, frozenset(found.la_codes))
    stored = await _stored(db, found.la_codes, read)
    await told(read.register.count, None, "Comparing with the directory")
    scope = Scope(frozenset(found.la_codes))
    today = datetime.now(UTC).date()
    compared = await asyncio.to_thread(
        comparing.compare, read.register, read.links, stored.held, scope, today
    )
    actor = auth.service_actor("gateway", found.la_codes)
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        summary = _summary(found, read, compared, stored)
        if not await store.keep_preview(tx, summary):
            raise ImportNotReady
        await _keep_changes(tx, found, compared.changes, told)
        await _keep_faults(tx, found, read)


def _read(files: Files, la_codes: frozenset[str]) -> _Read:
    followed = links.NONE if files.links is None else links.read(files.links)
    return _Read(reading.read(files.register, la_codes), followed)


async def _stored(db: Database, la_codes: Sequence[str], read: _Read) -> _Stored:
    """Read the schools of the scope, and of England those that the file names.

    A school that the file moves over the border of the scope has to be known: it is
    reported, and never changed.
    """
    england_wide = sorted({*england.AUTHORITIES, *la_codes})
    actor = auth.service_actor("gateway", england_wide)
    # Worked out before the transaction, which the database ends when it waits long.
    urns = await asyncio.to_thread(lambda: read.urns)
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        await store.look_rows_up(tx)
        seen = await store.get_schools_digest(tx, la_codes)
        known = await store.list_known_schools(tx, la_codes, urns)
        earlier = await store.list_earlier_urns(tx, england_wide)
        linked = await store.list_linked_urns(tx, england_wide)
        before = await store.get_last_applied(tx, la_codes)
        ended = [la for la in la_codes if la in _ENDED]
        roles = await store.count_wide_roles(tx, ended)
    by_id = {school.school_id: school for school in known}
    held = Held(
        {school.urn: school for school in known},
        {e.urn: by_id[e.school_id] for e in earlier if e.school_id in by_id},
        frozenset((pair.urn, pair.other_urn) for pair in linked),
    )
    return _Stored(held, seen, before, roles)


_ENDED = frozenset(a.la_code for a in england.AUTHORITIES.values() if a.to_year)


def _summary(
    found: Import, read: _Read, compared: Comparison, stored: _Stored
) -> dict[str, object]:
    as_of = _as_of(found.file_name, read.register.changed_on)
    rows = read.register.count
    concerns: list[Concern] = list(
        plausibility.concerns(rows, as_of, compared, stored.before)
    )
    return {
        "import_id": found.import_id,
        "file_rows": rows,
        "as_of": as_of,
        "counts": _json(_counts(read, compared)),
        "left_out": _json(dict(compared.left_out)),
        "concerns": _json(concerns),
        "ended_roles": _json(stored.ended_roles),
        "seen": stored.seen,
    }


def _counts(read: _Read, compared: Comparison) -> Mapping[str, int]:
    kinds = Counter(change.kind for change in compared.changes)
    faults = len(read.register.faults) + len(read.links.faults)
    return {
        **kinds,
        "unchanged": compared.unchanged,
        "absent": compared.absent,
        "faults": faults,
        "total": len(compared.changes),
    }


def _as_of(file_name: str, changed_on: date | None) -> date | None:
    """Say of which day a file is: its name tells it, else the newest row."""
    told = _DAY.search(file_name)
    try:
        return date(*map(int, told.groups())) if told else changed_on
    except ValueError:
        return changed_on


async def _keep_changes(
    tx: Tx, found: Import, changes: Sequence[Change], told: Told
) -> None:
    for start in range(0, len(changes), BATCH):
        batch = changes[start : start + BATCH]
        entries = [_entry(start + n, change) for n, change in enumerate(batch)]
        await store.insert_changes(tx, _of_import(found, entries))
        note = "Writing the preview"
        await told(start + len(batch), len(changes), note)


def _entry(place: int, change: Change) -> Mapping[str, object]:
    return {
        "la_code": change.la_code,
        "place": place,
        "kind": change.kind,
        "urn": change.urn,
        "name": change.name,
        "line": change.line,
        "school_id": change.school_id,
        "old_la_code": change.old_la_code,
        "differences": change.differences,
        "details": {
            "facts": change.facts,
            "identities": change.identities,
            "past": change.past,
            "relations": change.relations,
        },
    }


async def _keep_faults(tx: Tx, found: Import, read: _Read) -> None:
    for part in in_parts(list(_fault_entries(read)), BATCH):
        batch = _of_import(found, part)
        await store.insert_faults(tx, {**batch, "la_code": found.la_code})


def _fault_entries(read: _Read) -> Iterator[Mapping[str, object]]:
    files: tuple[tuple[str, Sequence[Fault]], ...] = (
        ("register", read.register.faults),
        ("links", read.links.faults),
    )
    place = 0
    for file, faults in files:
        for fault in faults:
            told = asdict(fault)
            yield {"place": place, "file": file, "column_title": told.pop("column")} | (
                told
            )
            place += 1


def _of_import(found: Import, entries: Sequence[object]) -> dict[str, object]:
    return {
        "import_id": found.import_id,
        "principal": found.principal,
        "entries": _json(entries),
    }


def _json(value: object) -> str:
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not kept in a preview")
