"""The tables of imports: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from chassis import db, json, sql
from inventory.schools.model import SchoolOnItsWay
from inventory.sheets.model.imports import Import, KeptFault, RowFault

_QUERIES = sql.load("inventory.sheets")
_INSERT = _QUERIES.scalar("insert_import", UUID)
_GET = _QUERIES.rows("get_import", Import)
_LOCK = _QUERIES.scalar("lock_import", UUID)
_LIST = _QUERIES.rows("list_imports", Import)
_FIND_READING = _QUERIES.scalar("find_reading", dict[str, Any])
_SET_READING = _QUERIES.command("set_reading")
_HAND = _QUERIES.command("hand_import")
_MOVE = _QUERIES.command("move_import")
_KEEP_TRIAL = _QUERIES.command("keep_trial")
_DELETE_FAULTS = _QUERIES.command("delete_faults")
_INSERT_FAULTS = _QUERIES.command("insert_faults")
_LIST_FAULTS = _QUERIES.rows("list_faults", KeptFault)
_INSERT_EFFECTS = _QUERIES.command("insert_effects")
_COUNT_UP = _QUERIES.command("count_up")


@dataclass(frozen=True, slots=True)
class Effect:
    """An asset that an import made or changed, and the version that it made."""

    asset_id: UUID
    asset_version: int


_TAKE = _QUERIES.rows("take_effects", Effect)
_COUNT_UNDONE = _QUERIES.command("count_undone")
_AT_ONCE = 2_000


async def insert_import(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    refusals: db.Refusals = {"asset_import_school_fkey": SchoolOnItsWay()}
    told = {
        **values,
        "columns": json.encode(values["columns"]).decode(),
        "reading": json.encode(values["reading"]).decode(),
    }
    return await tx.one(_INSERT, told, refusals)


async def get_import(tx: db.Tx, import_id: UUID) -> Import | None:
    return await tx.maybe(_GET, {"import_id": import_id})


async def lock_import(tx: db.Tx, import_id: UUID) -> Import | None:
    """Hold an import that may be changed, and read it as it then is."""
    held = await tx.maybe(_LOCK, {"import_id": import_id})
    return None if held is None else await get_import(tx, held)


async def list_imports(
    tx: db.Tx, school_id: UUID | None, after_id: UUID | None, page_size: int
) -> list[Import]:
    place = {"school_id": school_id, "after_id": after_id, "page_size": page_size}
    return await tx.all(_LIST, place)


async def find_reading(
    tx: db.Tx, la_code: str, school_id: UUID | None, headings: Sequence[str]
) -> dict[str, Any] | None:
    place = {"la_code": la_code, "school_id": school_id, "headings": list(headings)}
    return await tx.maybe(_FIND_READING, place)


async def set_reading(tx: db.Tx, import_id: UUID, reading: object) -> None:
    told = json.encode(reading).decode()
    await tx.run(_SET_READING, {"import_id": import_id, "reading": told})


async def hand_import(tx: db.Tx, import_id: UUID, state: str, job_id: UUID) -> None:
    told = {"import_id": import_id, "state": state, "job_id": job_id}
    await tx.run(_HAND, told)


async def move_import(
    tx: db.Tx, import_id: UUID, state: str, problem: str | None = None
) -> None:
    told = {"import_id": import_id, "state": state, "problem": problem}
    await tx.run(_MOVE, told)


async def keep_trial(
    tx: db.Tx, import_id: UUID, counts: Mapping[str, int], faults: Sequence[RowFault]
) -> None:
    await tx.run(_DELETE_FAULTS, {"import_id": import_id})
    for start in range(0, len(faults), _AT_ONCE):
        part = [
            {"place": place, **asdict(fault)}
            for place, fault in enumerate(faults[start : start + _AT_ONCE], start)
        ]
        told = json.encode(part).decode()
        await tx.run(_INSERT_FAULTS, {"import_id": import_id, "faults": told})
    await tx.run(_KEEP_TRIAL, {"import_id": import_id, **counts})


async def list_faults(
    tx: db.Tx, import_id: UUID, after: int, page_size: int
) -> list[KeptFault]:
    place = {"import_id": import_id, "after": after, "page_size": page_size}
    return await tx.all(_LIST_FAULTS, place)


async def keep_effects(
    tx: db.Tx,
    import_id: UUID,
    effects: Sequence[Mapping[str, object]],
    counts: Mapping[str, int],
) -> None:
    """Keep what a part of an import did, and how far it is since."""
    told = json.encode(effects).decode()
    await tx.run(_INSERT_EFFECTS, {"import_id": import_id, "effects": told})
    await tx.run(_COUNT_UP, {"import_id": import_id, **counts})


async def take_effects(tx: db.Tx, import_id: UUID, most: int) -> dict[UUID, int]:
    """Take some effects in hand: the versions that were made, by asset."""
    found = await tx.all(_TAKE, {"import_id": import_id, "most": most})
    return {each.asset_id: each.asset_version for each in found}


async def count_undone(tx: db.Tx, import_id: UUID, undone: int, kept: int) -> None:
    told = {"import_id": import_id, "undone": undone, "kept": kept}
    await tx.run(_COUNT_UNDONE, told)
