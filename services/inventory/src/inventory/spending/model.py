"""What is ordered, comes and is used up in a month; nothing here touches the world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inventory.consumables.model.reorder import Told

MOST_MONTHS = 60
_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What a calendar month moved, in pence; the month is its first day.

    What was taken back is taken out of the month in which it was used.
    """

    month: date
    ordered_pence: int
    received_pence: int
    used_pence: int
    lost_pence: int


@dataclass(frozen=True, slots=True)
class OfSchool:
    """What all the months together moved at one school, in pence."""

    school_id: UUID
    received_pence: int
    used_pence: int


@dataclass(frozen=True, slots=True)
class SchoolSpend:
    """How the consumables of a school stand, and what they cost it in the months."""

    school_urn: int
    school_name: str
    consumables: int
    out: int
    order_now: int
    value_pence: int
    received_pence: int
    used_pence: int


@dataclass(frozen=True, slots=True)
class Spend:
    """What consumables cost a place."""

    as_of: date
    months: list[Month]
    schools: list[SchoolSpend]


def first_month(today: date, months: int) -> date:
    """Say when the first of so many months began, that of today being the last."""
    number = today.year * _OF_A_YEAR + today.month - months
    return date(number // _OF_A_YEAR, number % _OF_A_YEAR + 1, 1)


def every_month(found: Iterable[Month], since: date, months: int) -> list[Month]:
    """Put the months in which nothing moved between the others, the latest last."""
    known = {each.month: each for each in found}
    first = since.year * _OF_A_YEAR + since.month - 1
    days = [
        date(number // _OF_A_YEAR, number % _OF_A_YEAR + 1, 1)
        for number in range(first, first + months)
    ]
    return [known.get(day) or Month(day, 0, 0, 0, 0) for day in days]


def by_school(stock: Iterable[Told], sums: Sequence[OfSchool]) -> list[SchoolSpend]:
    """Sum by school, those first where most has run out."""
    moved = {each.school_id: each for each in sums}
    kept: dict[UUID, list[Told]] = {}
    for each in stock:
        kept.setdefault(each.school_id, []).append(each)
    found = [_school(of, moved.get(school_id)) for school_id, of in kept.items()]
    return sorted(found, key=lambda s: (-s.out, -s.order_now, s.school_name))


def _school(of: Sequence[Told], moved: OfSchool | None) -> SchoolSpend:
    states = [each.forecast.state for each in of]
    return SchoolSpend(
        of[0].school_urn,
        of[0].school_name,
        len(of),
        states.count("out"),
        states.count("order-now"),
        sum(each.value_pence for each in of),
        moved.received_pence if moved else 0,
        moved.used_pence if moved else 0,
    )
