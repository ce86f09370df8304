"""What kit cost to own: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import db, sql
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
    grid = energy.grid()
    asked = {
        **where,
        "category": wanted.category,
        "asset_id": wanted.asset_id,
        "not_held": [] if wanted.asset_id else sorted(NOT_HELD),
        "earliest": EARLIEST,
        "today": today,
        "own_tariffs": sorted({s.school_id for s in tariff if s.school_id}),
        "places": [str(span.school_id or span.la_code) for span in tariff],
        "dear_from": [span.starts_on for span in tariff],
        "dear_until": [span.ends_on for span in tariff],
        "pence_per_mwh": [span.pence_per_mwh for span in tariff],
        "grid_from": [span.starts_on for span in grid],
        "grid_until": [span.ends_on for span in grid],
        "grams_per_mwh": [span.grams_per_mwh for span in grid],
    }
    return await tx.all(_COSTS, asked)
