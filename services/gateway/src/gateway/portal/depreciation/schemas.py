"""Depreciation as inventory answers it, and what the browser asks for."""

from datetime import date

from gateway.portal.visit.schemas import Answer, FormBody


class Charge(Answer):
    """A financial year of one asset."""

    begins: date
    ends: date
    charge_pence: int
    disposal_pence: int
    book_value_pence: int


class Schedule(Answer):
    """What an asset is worth on a day, and what each year writes off of it."""

    as_of: date
    price_pence: int | None = None
    expected_years: int | None = None
    book_value_pence: int | None = None
    lacks: list[str]
    years: list[Charge]


class Year(Answer):
    """A financial year of all kit of a place."""

    begins: date
    ends: date
    charge_pence: int
    book_value_pence: int


class OfCategory(Answer):
    """What the kit of a kind cost and is worth."""

    category: str
    assets: int
    valued: int
    no_price: int
    no_purchase_date: int
    cost_pence: int
    book_value_pence: int


class BookValue(Answer):
    """What the kit of a place cost and is worth, and what years to come write off."""

    as_of: date
    assets: int
    valued: int
    no_price: int
    no_purchase_date: int
    cost_pence: int
    book_value_pence: int
    years: list[Year]
    by_category: list[OfCategory]


class DepreciationQuery(FormBody):
    """Of which kind of kit, and in whose financial years."""

    category: str = ""
    year_begins: str = ""
