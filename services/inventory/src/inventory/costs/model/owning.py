"""The total cost of ownership of kit, from what was counted; no I/O.

Of each piece: what it cost, what its repairs cost, the consumables that were used for
it, and the electricity that it drew since it was bought. A year of it costs its price
spread over its expected life, and its share of all the rest. Energy is what is recorded
of the piece itself, or else what is typical of its kind: an estimate, and said so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

from inventory.catalogue.model.ways import Names
from inventory.costs.model.energy import KWH_A_YEAR
from inventory.kinds.model.categories import Category

ENERGY = "kwh_a_year"
"""The field of an asset that says what was measured of it."""
Sort = Literal[
    "name",
    "-name",
    "assets",
    "-assets",
    "total",
    "-total",
    "a_year",
    "-a_year",
    "running",
    "-running",
]
SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_YEAR = Decimal("365.25")
_KWH = 1000
_NONE = -1
"""Where a model without a figure stands: below all that have one."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What is counted of kit of one make, model and kind, as it is written.

    `days` are those since each was bought, in all. Of kit without an energy of its own
    there are `other_days`; `other_power` are these times the price of each day, in
    pence for a megawatt-hour, and `other_carbon` times its factor, in grams. `energy`,
    `power` and `carbon` are the same of the measured, times its kWh in a year.
    `spread` is the price over the expected life, in pence a year, of those of which
    both are known. `dear_days` are those of which a price of electricity is known.
    """

    la_code: str
    manufacturer: str
    model: str
    category: Category
    assets: int
    priced: int
    price_pence: int
    spread_over: int
    spread: Decimal
    repairs: int
    repairs_pence: int
    consumables_pence: int
    days: int
    dear_days: int
    measured: int
    energy: Decimal
    power: Decimal
    carbon: Decimal
    other_days: int
    other_power: Decimal
    other_carbon: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What some kit has cost so far, and what a year of one piece costs. In pence.

    `kwh` and `carbon_grams` are those of its use since it was bought, `years` the years
    of all pieces together. A year has no cost where no price or no day is known.
    """

    assets: int
    priced: int
    measured: int
    years: float
    price_pence: int
    repairs: int
    repairs_pence: int
    consumables_pence: int
    electricity_pence: int
    is_electricity_priced: bool
    kwh: int
    carbon_grams: int
    total_pence: int
    running_pence_a_year: int | None
    pence_a_year: int | None


@dataclass(frozen=True, slots=True)
class OfCategory:
    category: Category
    cost: Cost


@dataclass(frozen=True, slots=True)
class OfPlace:
    """What all kit of a place has cost, and each kind of it."""

    as_of: date
    cost: Cost
    by_category: list[OfCategory]


@dataclass(frozen=True, slots=True)
class OfModel:
    """What the kit of a model has cost."""

    model_id: UUID
    la_code: str
    make: str
    model: str
    category: Category
    cost: Cost


@dataclass(frozen=True, slots=True)
class OfAsset:
    """What an asset has cost, and what its electricity is reckoned by."""

    asset_id: UUID
    as_of: date
    kwh_a_year: float
    is_measured: bool
    cost: Cost


def measured(details: Mapping[str, object]) -> float | None:
    """Say what was recorded of an asset itself, in kWh a year."""
    found = details.get(ENERGY)
    return float(found) if isinstance(found, int | float) else None


def of_place(as_of: date, rows: Sequence[Sums]) -> OfPlace:
    by_kind: dict[Category, list[Sums]] = {}
    for row in rows:
        by_kind.setdefault(row.category, []).append(row)
    kinds = [OfCategory(kind, cost(of)) for kind, of in sorted(by_kind.items())]
    return OfPlace(as_of, cost(rows), kinds)


def of_models(rows: Iterable[Sums], names: Names, q: str | None) -> list[OfModel]:
    """Sum by what the catalogue calls kit; `q` is a part of a make and model."""
    found: dict[tuple[UUID, Category], list[Sums]] = {}
    called: dict[UUID, tuple[str, str]] = {}
    for row in rows:
        known = names.of(row.la_code, row.manufacturer, row.model)
        called.setdefault(known.model_id, (known.make, known.model))
        found.setdefault((known.model_id, row.category), []).append(row)
    text = (q or "").casefold()
    return [
        OfModel(model_id, of[0].la_code, *called[model_id], category, cost(of))
        for (model_id, category), of in found.items()
        if text in " ".join(called[model_id]).casefold()
    ]


def of_asset(asset_id: UUID, as_of: date, row: Sums, own: float | None) -> OfAsset:
    """Say what an asset has cost; `own` is what was measured of it."""
    drawn = KWH_A_YEAR.get(row.category, 0) if own is None else own
    return OfAsset(asset_id, as_of, drawn, own is not None, cost([row]))


def cost(rows: Sequence[Sums]) -> Cost:
    """Sum what was counted; each kind of kit draws what is measured or typical."""
    price, repairs = _sum(rows, "price_pence"), _sum(rows, "repairs_pence")
    consumables, days = _sum(rows, "consumables_pence"), _sum(rows, "days")
    electricity = _whole(_drawn(rows, "power") / _YEAR / _KWH)
    running = repairs + consumables + electricity
    return Cost(
        assets=_sum(rows, "assets"),
        priced=_sum(rows, "priced"),
        measured=_sum(rows, "measured"),
        years=round(float(days / _YEAR), 2),
        price_pence=price,
        repairs=_sum(rows, "repairs"),
        repairs_pence=repairs,
        consumables_pence=consumables,
        electricity_pence=electricity,
        is_electricity_priced=_sum(rows, "dear_days") == days,
        kwh=_whole(_drawn(rows, "energy") / _YEAR),
        carbon_grams=_whole(_drawn(rows, "carbon") / _YEAR / _KWH),
        total_pence=price + running,
        running_pence_a_year=_whole(running * _YEAR / days) if days else None,
        pence_a_year=_a_year(rows, running, days),
    )


def key_of(each: OfModel, sort: Sort) -> tuple[int | str, str, str]:
    """Say where a model stands in an order: by its figure, its name, its id."""
    name = f"{each.make} {each.model}".casefold()[:SORTED_BY]
    by = sort.removeprefix("-")
    first: int | str = name if by == "name" else _figure(each.cost, by)
    return first, name, f"{each.model_id}{each.category}"


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    """Say of what kinds the parts of such a key are."""
    return (str if sort.endswith("name") else int), str, str


def _figure(of: Cost, by: str) -> int:
    figures: Mapping[str, int | None] = {
        "assets": of.assets,
        "total": of.total_pence,
        "a_year": of.pence_a_year,
        "running": of.running_pence_a_year,
    }
    found = figures[by]
    return _NONE if found is None else found


def _a_year(rows: Sequence[Sums], running: int, days: int) -> int | None:
    spread_over = _sum(rows, "spread_over")
    if not spread_over or not days:
        return None
    spread = sum((row.spread for row in rows), Decimal()) / spread_over
    return _whole(spread + running * _YEAR / days)


def _drawn(rows: Iterable[Sums], what: Literal["energy", "power", "carbon"]) -> Decimal:
    other = {"energy": "other_days", "power": "other_power", "carbon": "other_carbon"}
    return sum(
        (
            getattr(row, what)
            + KWH_A_YEAR.get(row.category, 0) * getattr(row, other[what])
            for row in rows
        ),
        Decimal(),
    )


def _sum(rows: Iterable[Sums], name: str) -> int:
    return sum(getattr(row, name) for row in rows)


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
