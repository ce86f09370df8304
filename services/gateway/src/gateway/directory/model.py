"""What the directory holds, and which roles read it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles

# A regional analyst reads aggregates, never a named school's figures.
SCHOOL_ACCESS = Access(read=roles.NAMED_SCHOOLS)


class SchoolNotFound(errors.NotFound):
    """No such school within the caller's scope."""

    slug = "school-not-found"
    title = "There is no such school"


@dataclass(frozen=True, slots=True)
class Region:
    """One of the nine regions of England."""

    region_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority."""

    la_code: str
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class School:
    """An establishment as the national register describes it."""

    school_id: UUID
    urn: int
    laestab: str
    ukprn: str | None
    la_code: str
    la_name: str
    region_code: str
    name: str
    phase: str
    status: str
    pupils: int | None
    free_school_meals_percent: Decimal | None
    postcode: str | None
    version: int


@dataclass(frozen=True, slots=True)
class SchoolFilters:
    """Which schools are asked for; None asks for all."""

    la_code: str | None = None
    phase: str | None = None
    text: str | None = None
