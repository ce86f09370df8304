"""The tables of the catalogue, and kit as they name it: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import auth, db, errors, json, sql
from chassis.paging import Page, PageRequest, uuid_of
from inventory.catalogue.model import entries
from inventory.catalogue.model.entries import (
    ACCESS,
    AtSchool,
    InYear,
    Kind,
    Merge,
    Recorded,
    Spelling,
)
from inventory.catalogue.model.lifecycles import Lifecycle, Wanted, row_of
from inventory.catalogue.model.naming import Words

_QUERIES = sql.load("inventory.catalogue")
_SPELLINGS = _QUERIES.rows("list_spellings", Spelling, planned_anew=True)
_RECORDED = _QUERIES.rows("list_recorded", Recorded)
_MERGES = _QUERIES.rows("list_merges", Merge)
_NEWEST = _QUERIES.rows("list_merges_newest", Merge)
_WRITE = _QUERIES.command("upsert_recorded")
_WRITE_MANY = _QUERIES.command("upsert_many")
_FORGET = _QUERIES.command("delete_recorded")
_MERGE = _QUERIES.rows("insert_merge", Merge)
_UNMERGE = _QUERIES.command("delete_merge")
_BY_SCHOOL = _QUERIES.rows("count_by_school", AtSchool, planned_anew=True)
_BY_YEAR = _QUERIES.rows("count_by_year", InYear, planned_anew=True)
_NEWEST_FIRST = "-made_at"
_OUT_OF_ORDER = errors.Conflict("Another change came first: look at it again")


async def list_spellings(
    tx: db.Tx, actor: auth.Actor, la_code: str | None, school_id: UUID | None
) -> list[Spelling]:
    """Count kit of the scope by how it is written; of one school or LA if named."""
    las, schools = actor.las(ACCESS.read), actor.schools(ACCESS.read)
    only_la = las[0] if len(las) == 1 and not schools else None
    # Row-level security decides; this lets the planner start from the right index.
    own = None if las else schools
    asked = {
        "la_code": la_code or only_la,
        "school_ids": [school_id] if school_id else own,
    }
    return await tx.all(_SPELLINGS, asked)


async def list_recorded(tx: db.Tx, la_code: str | None) -> list[Recorded]:
    return await tx.all(_RECORDED, {"la_code": la_code})


async def list_merges(tx: db.Tx, la_code: str | None) -> list[Merge]:
    return await tx.all(_MERGES, {"la_code": la_code})


async def list_newest_merges(
    tx: db.Tx, la_codes: Sequence[str], page: PageRequest
) -> Page[Merge]:
    [after] = page.key(_NEWEST_FIRST, (str,))
    asked = {
        "la_codes": list(la_codes),
        "after_id": uuid_of(after),
        "page_size": page.page_size,
    }
    rows = await tx.all(_NEWEST, asked)
    return page.page(rows, _NEWEST_FIRST, lambda last: (last.merge_id,))


async def write(
    tx: db.Tx, la_code: str, wanted: Wanted, said: Lifecycle, version: int
) -> bool:
    """Store what is known of a model; False where another change came first."""
    values = {**row_of(wanted), "la_code": la_code, "version": version}
    if said.is_empty:
        return version == 0 or bool(await tx.run(_FORGET, values))
    refusals: db.Refusals = {"catalogue_model_order_check": _OUT_OF_ORDER}
    return bool(await tx.run(_WRITE, values, refusals))


async def write_many(tx: db.Tx, la_code: str, wanted: Sequence[Wanted]) -> None:
    told = json.encode([row_of(each) for each in wanted]).decode()
    refusals: db.Refusals = {"catalogue_model_order_check": _OUT_OF_ORDER}
    await tx.run(_WRITE_MANY, {"la_code": la_code, "models": told}, refusals)


async def insert_merge(
    tx: db.Tx, la_code: str, kind: Kind, start: Words, into: Words
) -> Merge:
    """Keep that two are one; of makes, the models are left out."""
    is_make = kind == "make"
    told = {
        "la_code": la_code,
        "kind": kind,
        "from_key": start.make.key if is_make else "\n".join(start.key),
        "from_make": start.make.name,
        "from_model": "" if is_make else start.model.name,
        "into_make": into.make.name,
        "into_model": "" if is_make else into.model.name,
    }
    refusals: db.Refusals = {"catalogue_merge_once": entries.MergeOfItself()}
    [made] = await tx.all(_MERGE, told, refusals)
    return made


async def delete_merge(tx: db.Tx, la_code: str, merge_id: UUID) -> bool:
    return bool(await tx.run(_UNMERGE, {"la_code": la_code, "merge_id": merge_id}))


async def count_by_school(
    tx: db.Tx, la_code: str, school_id: UUID | None, written: Sequence[str]
) -> list[AtSchool]:
    return await tx.all(_BY_SCHOOL, _written(la_code, school_id, written))


async def count_by_year(
    tx: db.Tx, la_code: str, school_id: UUID | None, written: Sequence[str]
) -> list[InYear]:
    return await tx.all(_BY_YEAR, _written(la_code, school_id, written))


def _written(
    la_code: str, school_id: UUID | None, written: Sequence[str]
) -> dict[str, object]:
    return {
        "la_code": la_code,
        "school_ids": [school_id] if school_id else None,
        "written": list(written),
    }
