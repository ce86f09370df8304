"""The tables of expected lives: one function per query."""

from uuid import UUID

from chassis import db, sql
from inventory.kinds.model.categories import CATEGORIES, Category
from inventory.kinds.model.lives import Life
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.kinds")
_LIVES = _QUERIES.rows("list_lives", Life)
_SET_AUTHORITY = _QUERIES.command("upsert_authority_life")
_DROP_AUTHORITY = _QUERIES.command("delete_authority_life")
_SET_SCHOOL = _QUERIES.command("upsert_school_life")
_DROP_SCHOOL = _QUERIES.command("delete_school_life")


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
) -> None:
    """Store the years of an LA, or of a school of it; None takes them away."""
    told = {
        "la_code": la_code,
        "school_id": school_id,
        "category": category,
        "years": years,
    }
    if school_id is None:
        await tx.run(_SET_AUTHORITY if years else _DROP_AUTHORITY, told)
        return
    query = _SET_SCHOOL if years else _DROP_SCHOOL
    await tx.run(query, told, {"school_life_school_fkey": SchoolOnItsWay()})
