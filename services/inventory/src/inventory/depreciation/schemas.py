"""Depreciation on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.depreciation.model import Lack
from inventory.kinds.model.categories import Category


class ChargeAnswer(Answer):
    """A financial year of one asset, in pence."""

    begins: date
    ends: date
    charge_pence: int = Field(description="What the year writes off.")
    disposal_pence: int = Field(
        description="What was left when it was disposed of, and is written off with it."
    )
    book_value_pence: int = Field(description="What is left at the year's end.")


class ScheduleAnswer(Answer):
    """What an asset is worth, and what each year writes off of it.

    In a straight line over its expected life, month by month from that of its purchase,
    which counts in full; nothing is left at the end.
    """

    asset_id: UUID
    as_of: date
    price_pence: int | None
    expected_years: int | None
    book_value_pence: int | None = Field(description="On that day.")
    lacks: list[Lack] = Field(description="What would have to be known of it.")
    years: list[ChargeAnswer]


class YearAnswer(Answer):
    """A financial year of all kit that a place has now, in pence."""

    begins: date
    ends: date
    charge_pence: int = Field(description="What the year writes off.")
    book_value_pence: int = Field(description="What is left at the year's end.")


class CategoryAnswer(Answer):
    """What the kit of a kind cost and is worth now, in pence."""

    category: Category
    assets: int
    valued: int = Field(
        description="Those of which price, purchase and life are known."
    )
    no_price: int
    no_purchase_date: int
    cost_pence: int = Field(description="Of the valued.")
    book_value_pence: int = Field(description="Of the valued.")


class BookValueAnswer(Answer):
    """What the kit of a place cost and is worth, and what years to come write off.

    All that the school has, in use or not: neither on order, cancelled nor disposed of,
    and no virtual machines.
    """

    as_of: date
    assets: int
    valued: int = Field(
        description="Those of which price, purchase and life are known."
    )
    no_price: int
    no_purchase_date: int
    cost_pence: int = Field(description="Of the valued.")
    book_value_pence: int = Field(description="Of the valued, on that day.")
    years: list[YearAnswer] = Field(description="That of the day, and four after it.")
    by_category: list[CategoryAnswer]
