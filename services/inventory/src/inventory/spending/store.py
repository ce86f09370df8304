"""What consumables cost: one function per query."""

from collections.abc import Mapping
from datetime import date

from chassis import db, sql
from inventory.spending.model import Month, OfSchool

_QUERIES = sql.load("inventory.spending")
# Without its values each would go through all that the caller may see.
_MONTHS = _QUERIES.rows("sum_months", Month, planned_anew=True)
_SCHOOLS = _QUERIES.rows("sum_schools", OfSchool, planned_anew=True)
Place = Mapping[str, object]


async def sum_months(
    tx: db.Tx, where: Place, category: str | None, since: date
) -> list[Month]:
    asked = {**where, "category": category, "since": since}
    return await tx.all(_MONTHS, asked)


async def sum_schools(
    tx: db.Tx, where: Place, category: str | None, since: date
) -> list[OfSchool]:
    asked = {**where, "category": category, "since": since}
    return await tx.all(_SCHOOLS, asked)
