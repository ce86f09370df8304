"""What kit cost to own: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import db, json, sql
from inventory.costs.model import energy
from inventory.costs.model.owning import Sums
from inventory.depreciation.model import NOT_HELD
from inventory.tariffs.model import EARLIEST, Span

_QUERIES = sql.load("inventory.costs")
# Without its values it would go through all that the caller may see.
_COSTS = _QUERIES.rows("sum_costs", Sums, planned_anew=True)
Place = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Of which kit is summed: of one kind, or one asset whether it is held or not."""

    category: str | None = None
    asset_id: UUID | None = None


async def sum_costs(
    tx: db.Tx, where: Place, wanted: Narrowed, tariff: Sequence[Span], today: date
) -> list[Sums]:
    return await tx.all(_COSTS, asked(where, wanted, tariff, today))


def asked(
    where: Place, wanted: Narrowed, tariff: Sequence[Span], today: date
) -> dict[str, object]:
    """Lay out the values by which costs are summed."""
    grid = energy.grid()
    return {
        **where,
        "category": wanted.category,
        "asset_id": wanted.asset_id,
        "not_held": [] if wanted.asset_id else sorted(NOT_HELD),
        "earliest": EARLIEST,
        "today": today,
        "tariffs": json.encode(_by_place(tariff)).decode(),
        "grid_from": [span.starts_on for span in grid],
        "grid_until": [span.ends_on for span in grid],
        "grams_per_mwh": [span.grams_per_mwh for span in grid],
    }


def _by_place(tariff: Sequence[Span]) -> dict[str, list[Mapping[str, object]]]:
    """Lay each place's prices by its name, so that each piece of kit finds its own."""
    places: dict[str, list[Mapping[str, object]]] = {}
    for span in tariff:
        price = {
            "starts_on": span.starts_on,
            "ends_on": span.ends_on,
            "pence_per_mwh": span.pence_per_mwh,
        }
        places.setdefault(str(span.school_id or span.la_code), []).append(price)
    return places
