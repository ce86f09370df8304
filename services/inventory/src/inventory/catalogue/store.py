"""The tables of the catalogue, and kit as they name it: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import auth, db, errors, json, sql
from inventory.assets.model import Written
from inventory.catalogue.model.entries import (
    ACCESS,
    AtSchool,
    InYear,
    Merge,
    Picture,
    Recorded,
    Spelling,
)
from inventory.catalogue.model.joining import Marked
from inventory.catalogue.model.lifecycles import Lifecycle, Wanted, row_of

_QUERIES = sql.load("inventory.catalogue")
_SPELLINGS = _QUERIES.rows("list_spellings", Spelling, planned_anew=True)
_OF_AUTHORITIES = _QUERIES.rows("list_ways_of_authorities", Written, planned_anew=True)
_OF_SCHOOLS = _QUERIES.rows("list_ways_of_schools", Written, planned_anew=True)
_PICTURES = _QUERIES.rows("list_pictures", Picture)
_MARKS = _QUERIES.rows("list_marks", Marked)
_RECORDED = _QUERIES.rows("list_recorded", Recorded)
_MERGES = _QUERIES.rows("list_merges", Merge)
_WRITE = _QUERIES.command("upsert_recorded")
_WRITE_MANY = _QUERIES.command("upsert_many")
_FORGET = _QUERIES.command("delete_recorded")
_BY_SCHOOL = _QUERIES.rows("count_by_school", AtSchool, planned_anew=True)
_BY_YEAR = _QUERIES.rows("count_by_year", InYear, planned_anew=True)
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


async def list_ways(tx: db.Tx, actor: auth.Actor, la_code: str | None) -> list[Written]:
    """Say in which ways makes and models are written on kit of the scope."""
    las = [la for la in actor.las(ACCESS.read) if la_code in {None, la}]
    found = await tx.all(_OF_AUTHORITIES, {"la_codes": las}) if las else []
    if schools := actor.schools(ACCESS.read):
        found += await tx.all(_OF_SCHOOLS, {"school_ids": schools})
    return [each for each in found if la_code in {None, each.la_code}]


async def list_pictures(tx: db.Tx, la_code: str | None) -> list[Picture]:
    return await tx.all(_PICTURES, {"la_code": la_code})


async def list_marks(tx: db.Tx, la_code: str | None) -> list[Marked]:
    return await tx.all(_MARKS, {"la_code": la_code})


async def list_recorded(tx: db.Tx, la_code: str | None) -> list[Recorded]:
    return await tx.all(_RECORDED, {"la_code": la_code})


async def list_merges(tx: db.Tx, la_code: str | None) -> list[Merge]:
    return await tx.all(_MERGES, {"la_code": la_code})


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
