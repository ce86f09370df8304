"""The tables of expected lives: one function per query."""

from uuid import UUID

from chassis import db, sql
from inventory.kinds.model.categories import CATEGORIES, Category
from inventory.kinds.model.lives import Life, Policy
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.kinds")
_LIVES = _QUERIES.rows("list_lives", Life)
_SET_AUTHORITY = _QUERIES.rows("upsert_authority_life", Policy)
_SET_SCHOOL = _QUERIES.rows("upsert_school_life", Policy)
_RENEW = _QUERIES.rows("renew_lives", Policy)
_RESTATE = _QUERIES.rows("restate_lives", Policy)


async def list_lives(tx: db.Tx, la_code: str, school_id: UUID | None) -> list[Life]:
    asked = {
        "categories": list(CATEGORIES),
        "la_code": la_code,
        "school_id": school_id,
    }
    return await tx.all(_LIVES, asked)


async def set_life(
    tx: db.Tx,
    la_code: str,
    school_id: UUID | None,
    category: Category,
    years: int | None,
) -> Policy | None:
    """Store the years of an LA, or of a school of it; None where it said so before."""
    told = {
        "la_code": la_code,
        "school_id": school_id,
        "category": category,
        "years": years,
    }
    query = _SET_SCHOOL if school_id else _SET_AUTHORITY
    return await tx.maybe(query, told, {"school_life_school_fkey": SchoolOnItsWay()})


async def renew_lives(tx: db.Tx, school_id: UUID) -> list[Policy]:
    return await tx.all(_RENEW, {"school_id": school_id})


async def restate_lives(tx: db.Tx) -> list[Policy]:
    return await tx.all(_RESTATE)
