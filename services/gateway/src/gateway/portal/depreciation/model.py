"""The words of depreciation, and its files."""

from datetime import date

from gateway.portal.assets import model as assets
from gateway.portal.depreciation.schemas import BookValue
from gateway.portal.tables.export import Row
from gateway.portal.tables.model import Column
from gateway.portal.templates import formats

BEGINNINGS = {
    "april": "April to March",
    "september": "September to August",
}
USUAL = "april"
LACKS = {
    "price": "its price",
    "purchase-date": "the day it was bought",
    "expected-life": "how long its kind of kit is to last",
}
COLUMNS = (
    Column("by", "Counted by"),
    Column("name", "What"),
    Column("assets", "Assets", "number"),
    Column("cost", "Cost in pounds", "number"),
    Column("charge", "Depreciation in pounds", "number"),
    Column("book_value", "Book value in pounds", "number"),
)
"""Those of the file."""


def known_beginning(asked: str) -> str:
    """Take the financial year that is asked for where there is such a one."""
    return asked if asked in BEGINNINGS else USUAL


def year(begins: date, ends: date) -> str:
    """Say a financial year as schools do: 2026/27."""
    return f"{begins.year}/{ends.year % 100:02}"


def category(code: str) -> str:
    return assets.CATEGORIES.get(code) or formats.words(code)


def table(found: BookValue) -> list[Row]:
    """Write what is known as the rows of its file."""
    pence = formats.pence
    rows: list[Row] = [
        [
            "Financial year",
            year(each.begins, each.ends),
            None,
            None,
            pence(each.charge_pence),
            pence(each.book_value_pence),
        ]
        for each in found.years
    ]
    return rows + [
        [
            "Kind",
            category(each.category),
            each.assets,
            pence(each.cost_pence),
            None,
            pence(each.book_value_pence),
        ]
        for each in found.by_category
    ]
