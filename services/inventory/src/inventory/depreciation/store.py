"""What kit cost and is worth: one function per query."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis import db, sql
from inventory.depreciation.model import (
    EARLIEST,
    LATEST,
    NOT_HELD,
    OfCategory,
    OfYear,
    Valued,
    Year,
    month_of,
)

_QUERIES = sql.load("inventory.depreciation")
_VALUED = _QUERIES.rows("get_valued", Valued)
# Without its values each would go through all that the caller may see.
_YEARS = _QUERIES.rows("sum_years", OfYear, planned_anew=True)
_CATEGORIES = _QUERIES.rows("sum_categories", OfCategory, planned_anew=True)
Place = Mapping[str, object]


async def get_valued(tx: db.Tx, asset_id: UUID) -> Valued | None:
    return await tx.maybe(_VALUED, {"asset_id": asset_id})


async def sum_years(
    tx: db.Tx, where: Place, category: str | None, years: Sequence[Year]
) -> list[OfYear]:
    asked = {
        **_asked(where, category),
        "months_before": [year.month_before for year in years],
        "last_months": [year.last_month for year in years],
    }
    return await tx.all(_YEARS, asked)


async def sum_categories(
    tx: db.Tx, where: Place, category: str | None, as_of: date
) -> list[OfCategory]:
    asked = {**_asked(where, category), "month": month_of(as_of)}
    return await tx.all(_CATEGORIES, asked)


def _asked(where: Place, category: str | None) -> dict[str, object]:
    return {
        **where,
        "category": category,
        "not_held": list(NOT_HELD),
        "earliest": EARLIEST,
        "latest": LATEST,
    }
