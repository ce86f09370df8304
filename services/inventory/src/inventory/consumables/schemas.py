"""Consumables on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, LaCode, Line, Urn, partial, whole
from inventory.assets.schemas import Site, Words
from inventory.consumables.model.reorder import Basis
from inventory.consumables.model.things import Category, State

Name = Annotated[
    Line, Field(min_length=1, max_length=120, description="Once at each site.")
]
Unit = Annotated[
    Line,
    Field(min_length=1, max_length=20, description="What is counted: each, pack, box."),
]
Fits = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=120)]],
    Field(max_length=50, description="Models of kit, each as it is written on it."),
]
LeadTime = Annotated[
    int,
    Field(
        ge=0, le=365, strict=True, description="Days from an order until it has come."
    ),
    BeforeValidator(whole),
]
Minimum = Annotated[
    int,
    Field(ge=0, le=100_000, strict=True, description="What should always be there."),
    BeforeValidator(whole),
]


class AddConsumable(Body):
    """Something that a school uses up."""

    school_urn: Urn
    name: Name
    site: Site | None = None
    code: Words | None = Field(default=None, description="Its maker's code.")
    category: Category
    unit: Unit = "each"
    fits: Fits = Field(default_factory=list[str])
    lead_time_days: LeadTime = 7
    minimum: Minimum = 0
    is_stocked: bool = True


@partial
class ChangeConsumable(TypedDict, total=False):
    """New values of a consumable; what is left out stays."""

    name: Name
    site: Site | None
    code: Words | None
    category: Category
    unit: Unit
    fits: Fits
    lead_time_days: LeadTime
    minimum: Minimum
    is_stocked: bool


class ForecastAnswer(Answer):
    """How a consumable stands today, from the school's own rate of use."""

    state: State = Field(
        description="`order-now`: what is there and on order is no more than the "
        "reorder point; `on-order`: what is there is not, with what is on order it is."
    )
    used: int = Field(description="In those days, less what was taken back.")
    over_days: int
    basis: Basis = Field(
        description="The last 365 days; those since it first came; four weeks where "
        "that is later still; none where none ever came."
    )
    lead_time_use: int = Field(description="What is used until an order comes.")
    reorder_point: int = Field(description="The minimum and that.")
    runs_out_on: date | None = Field(description="Null: in ten years, or never.")


class ConsumableAnswer(Answer):
    """Something that a school uses up, and how it stands."""

    consumable_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    school_name: str
    name: str
    site: str | None
    code: str | None
    category: Category
    unit: str
    fits: list[str]
    lead_time_days: int
    minimum: int
    is_stocked: bool
    on_hand: int
    on_order: int
    counted_on: date | None = Field(description="When it was last counted.")
    version: int
    added_at: datetime
    changed_at: datetime
    used: int = Field(description="On the 365 days up to today.")
    first_received_on: date | None
    value_pence: int = Field(
        description="What is there, each at the price of the line that it came in."
    )
    price_pence: int | None = Field(description="Of one, at the last order.")
    supplier: str | None = Field(description="Of the last order.")
    ordered_on: date | None = Field(description="The last order.")
    forecast: ForecastAnswer


class ConsumablePage(Answer):
    """A page of consumables."""

    items: list[ConsumableAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class ConsumableCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")


class SuggestionAnswer(Answer):
    """How much of one to order: the sum of what is wanted less what there is."""

    consumable_id: UUID
    name: str
    site: str | None
    code: str | None
    category: Category
    unit: str
    supplier: str | None = Field(description="Of the last order.")
    state: State
    months_use: int = Field(description="What is used in the months asked for.")
    lead_time_use: int = Field(description="What is used until it comes.")
    minimum: int
    on_hand: int
    on_order: int
    quantity: int = Field(
        description="`months_use` + `lead_time_use` + `minimum` - `on_hand` - "
        "`on_order`."
    )
    price_pence: int | None = Field(description="Of one, at the last order.")
    cost_pence: int | None


class NextOrderAnswer(Answer):
    """What a school should order now: what is at its reorder point, by name."""

    as_of: date
    months: int
    items: list[SuggestionAnswer]
    cost_pence: int = Field(description="Of those with a price.")
    unpriced: int = Field(description="Those without one.")
