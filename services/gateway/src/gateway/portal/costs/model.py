"""The words of what kit costs, its files, and a price as it is typed; no I/O."""

import re
from collections.abc import Mapping
from datetime import date

from chassis import errors
from gateway.portal.assets import model as assets
from gateway.portal.costs.schemas import Cost, Costs, ModelCost
from gateway.portal.tables.export import Cell, Row
from gateway.portal.tables.model import Column
from gateway.portal.templates import formats

COLUMNS = (
    Column("by", "Counted by"),
    Column("name", "What"),
    Column("assets", "Assets", "number"),
    Column("price", "To buy in pounds", "number"),
    Column("repairs", "Repairs in pounds", "number"),
    Column("consumables", "Consumables in pounds", "number"),
    Column("electricity", "Electricity in pounds", "number"),
    Column("total", "In all in pounds", "number"),
    Column("a_year", "A year of one in pounds", "number"),
    Column("kwh", "Electricity in kWh", "number"),
    Column("carbon", "CO2e of it in kg", "number"),
)
"""Those of the file of a place."""
_PRICE = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,3}))?")
_MOST = 1_000_000


def category(code: str) -> str:
    return assets.CATEGORIES.get(code) or formats.words(code)


def table(found: Costs) -> list[Row]:
    """Write what is known as the rows of its file."""
    return [
        ["All", None, *_figures(found.cost)],
        *(
            ["Kind", category(each.category), *_figures(each.cost)]
            for each in found.by_category
        ),
    ]


def cells(each: ModelCost) -> dict[str, Cell]:
    """Write a model as a row of its list."""
    cost = each.cost
    figures: Mapping[str, Cell] = {
        "category": category(each.category),
        "price": _pounds(cost.price_pence),
        "repairs": _pounds(cost.repairs_pence),
        "consumables": _pounds(cost.consumables_pence),
        "electricity": _pounds(cost.electricity_pence),
        "total": _pounds(cost.total_pence),
        "running": _pounds(cost.running_pence_a_year),
        "a_year": _pounds(cost.pence_a_year),
    }
    more: Mapping[str, Cell] = {
        "name": each.name,
        "assets": cost.assets,
        "kwh": cost.kwh,
        "carbon": cost.carbon_kg,
        "measured": cost.measured,
    }
    return {**figures, **more}


def read_price(text: str) -> int:
    """Read pence for a kilowatt-hour, like 27.35p, as pence for a megawatt-hour.

    Raises:
        errors.Invalid: the text is no such price.
    """
    found = _PRICE.fullmatch(text.strip().lower().removesuffix("p").strip())
    pence = (
        int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else None
    )
    if pence is None or pence > _MOST:
        detail = "Enter pence for a kilowatt-hour, such as 27.35, and 1,000 at most"
        raise errors.Invalid(faults=[errors.Fault("/pence_per_mwh", detail)])
    return pence


def read_start(text: str) -> date:
    """Read the day from which a price holds.

    Raises:
        errors.Invalid: the text is no real date.
    """
    day = assets.read_day(text, "starts_on")
    if day is None:
        detail = "Enter the first day of the price, such as 1/4/2026"
        raise errors.Invalid(faults=[errors.Fault("/starts_on", detail)])
    return day


def _figures(cost: Cost) -> Row:
    return [
        cost.assets,
        _pounds(cost.price_pence),
        _pounds(cost.repairs_pence),
        _pounds(cost.consumables_pence),
        _pounds(cost.electricity_pence),
        _pounds(cost.total_pence),
        _pounds(cost.pence_a_year),
        cost.kwh,
        cost.carbon_kg,
    ]


def _pounds(pence: int | None) -> Cell:
    return None if pence is None else formats.pence(pence)
