"""What the directory keeps of a school from the register."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One school as the register has it.

    Eastings and northings are metres of the national grid (OSGB36); ages are years;
    `trust` and `federation` are names, as the register gives no others.
    """

    urn: int
    la_code: str
    name: str
    phase: str
    status: str
    laestab: str | None = None
    ukprn: str | None = None
    establishment_type: str | None = None
    gender: str | None = None
    religious_character: str | None = None
    trust: str | None = None
    federation: str | None = None
    low_age: int | None = None
    high_age: int | None = None
    capacity: int | None = None
    pupils: int | None = None
    free_school_meals_percent: Decimal | None = None
    town: str | None = None
    postcode: str | None = None
    district: str | None = None
    ward: str | None = None
    easting: int | None = None
    northing: int | None = None
    opened_on: date | None = None
    closed_on: date | None = None


NAMES = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Facts):
    """A school that the directory has, with its id and version."""

    school_id: UUID
    version: int


def facts_of(known: Facts, values: Mapping[str, Value]) -> Facts:
    """Say what a school is when a file's values replace those it had."""
    held: dict[str, Any] = {name: getattr(known, name) for name in NAMES}
    held |= values
    return Facts(**held)
