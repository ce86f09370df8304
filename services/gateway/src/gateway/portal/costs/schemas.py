"""What inventory answers of what kit costs, and what the browser sends."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class Cost(Answer):
    """What some kit has cost so far, and what a year of one piece costs."""

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
    running_pence_a_year: int | None = None
    pence_a_year: int | None = None

    @property
    def carbon_kg(self) -> int:
        return round(self.carbon_grams / 1000)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """What it was spent on, with the pence of each."""
        return [
            ("To buy", self.price_pence),
            ("Repairs", self.repairs_pence),
            ("Consumables", self.consumables_pence),
            ("Electricity", self.electricity_pence),
        ]


class AssetCost(Answer):
    """What one asset has cost, and what its electricity is reckoned by."""

    as_of: date
    kwh_a_year: float
    is_measured: bool
    cost: Cost


class OfCategory(Answer):
    category: str
    cost: Cost


class Costs(Answer):
    """What the kit of a place has cost."""

    as_of: date
    cost: Cost
    by_category: list[OfCategory]


class ModelCost(Answer):
    """What the kit of a model has cost."""

    model_id: UUID
    make: str
    model: str
    category: str
    cost: Cost

    @property
    def name(self) -> str:
        return f"{self.make} {self.model}".strip()


class Price(Answer):
    """What electricity costs from a day on."""

    starts_on: date
    pence_per_mwh: int

    @property
    def pence(self) -> Decimal:
        """Pence for a kilowatt-hour."""
        return Decimal(self.pence_per_mwh) / 1000


class Tariff(Answer):
    """What electricity costs a school or an LA, the newest first."""

    own: list[Price]
    authority: list[Price]
    pence_per_mwh: int | None = None

    @property
    def pence(self) -> Decimal | None:
        found = self.pence_per_mwh
        return None if found is None else Decimal(found) / 1000


class PriceForm(FormBody):
    """A price as a person types it: pence for a kilowatt-hour, from a day on."""

    price: str = ""
    starts_on: str = ""


class RemoveForm(FormBody):
    """The day from which a place says nothing any more, as ISO 8601 writes it."""

    starts_on: str = ""
