"""Schools beside each other by how their kit stands."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from inventory.estate.model.health import Band, Health, health
from inventory.estate.model.kit import Figures

Sort = Literal[
    "name",
    "-name",
    "assets",
    "-assets",
    "health",
    "-health",
    "past_life",
    "-past_life",
    "out_of_warranty",
    "-out_of_warranty",
    "unseen",
    "-unseen",
    "gaps",
    "-gaps",
    "median_age",
    "-median_age",
]
SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NONE = -1
"""Where a school without a figure stands: below all that have one."""


@dataclass(frozen=True, slots=True)
class Counted(Figures):
    """What is counted of the kit in use of a school; its median age in days."""

    school_urn: int = 0
    school_name: str = ""
    la_code: str = ""
    median_days: float | None = None


@dataclass(frozen=True, slots=True)
class SchoolEstate:
    """How the kit of a school stands; the median age is in years, to one place."""

    school_urn: int
    school_name: str
    la_code: str
    assets: int
    median_age: float | None
    past_life: int
    out_of_warranty: int
    unseen: int
    gaps: int
    health: Health


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """Which schools a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    band: Band | None = None


def school(row: Counted) -> SchoolEstate:
    return SchoolEstate(
        row.school_urn,
        row.school_name,
        row.la_code,
        row.assets,
        _years(row.median_days),
        row.past_life,
        row.out_of_warranty,
        row.unseen,
        row.gaps,
        health(row),
    )


def narrowed(rows: Iterable[Counted], band: Band | None) -> list[SchoolEstate]:
    found = [school(row) for row in rows]
    return [each for each in found if band is None or each.health.band == band]


def key_of(each: SchoolEstate, sort: Sort) -> tuple[int | str, str, int]:
    """Say where a school stands in an order: by its figure, its name, its URN."""
    name = each.school_name.lower()[:SORTED_BY]
    by = sort.removeprefix("-")
    first: int | str = name if by == "name" else _NUMBERS[by](each)
    return first, name, each.school_urn


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    """Say of what kinds the parts of such a key are."""
    return (str if sort.endswith("name") else int), str, int


def _tenths(value: float | None) -> int:
    return _NONE if value is None else round(value * 10)


_NUMBERS: Mapping[str, Callable[[SchoolEstate], int]] = {
    "assets": lambda each: each.assets,
    "health": lambda each: _NONE if each.health.figure is None else each.health.figure,
    "past_life": lambda each: _tenths(each.health.past_life),
    "out_of_warranty": lambda each: _tenths(each.health.out_of_warranty),
    "unseen": lambda each: _tenths(each.health.unseen),
    "gaps": lambda each: _tenths(each.health.gaps),
    "median_age": lambda each: _tenths(each.median_age),
}


def _years(days: float | None) -> float | None:
    """Turn days into years to one place; a day of tomorrow is an age of none."""
    if days is None:
        return None
    tenths = Fraction(days) * 40 / 1461
    return max(0, floor(tenths + Fraction(1, 2))) / 10
