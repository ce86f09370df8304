"""The cost of owning kit, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.kinds.model.categories import Category


class CostAnswer(Answer):
    """What kit has cost since it was bought, in pence, and what a year of it costs.

    Support minutes are not among it.
    """

    assets: int
    priced: int = Field(description="Those whose price is known.")
    measured: int = Field(description="Those that have an energy of their own.")
    years: float = Field(description="Of all pieces together, since each was bought.")
    price_pence: int
    repairs: int
    repairs_pence: int
    consumables_pence: int = Field(description="What was used for it out of stock.")
    electricity_pence: int
    is_electricity_priced: bool = Field(
        description="Whether its price is known for every day; what is not known"
        " counts nothing."
    )
    kwh: int = Field(description="Drawn since it was bought: measured, or typical.")
    carbon_grams: int = Field(
        description="CO2 equivalent of that, by the factor of the grid of each year."
    )
    total_pence: int
    running_pence_a_year: int | None = Field(
        description="Repairs, consumables and electricity of one piece in a year."
    )
    pence_a_year: int | None = Field(
        description="That, and the price spread over the expected life."
    )


class AssetCostAnswer(Answer):
    """What one asset has cost, and what its electricity is reckoned by."""

    asset_id: UUID
    as_of: date
    kwh_a_year: float
    is_measured: bool = Field(
        description="Recorded of it as `kwh_a_year`; else typical of its kind."
    )
    cost: CostAnswer


class CategoryCostAnswer(Answer):
    """What the kit of one kind has cost."""

    category: Category
    cost: CostAnswer


class CostsAnswer(Answer):
    """What the kit of a place has cost: all that it has, and no virtual machines."""

    as_of: date
    cost: CostAnswer
    by_category: list[CategoryCostAnswer]


class ModelCostAnswer(Answer):
    """What the kit of one model has cost, as its LA's catalogue calls it."""

    model_id: UUID
    la_code: str
    make: str
    model: str
    category: Category
    cost: CostAnswer


class ModelCostPage(Answer):
    """A page of models."""

    items: list[ModelCostAnswer]
    next: str | None = None


class ModelCostCount(Answer):
    """How many models a listing holds."""

    count: int
    is_exact: bool
