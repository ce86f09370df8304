"""What the directory holds, and which roles read it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import errors
from chassis.auth import Access
from contracts import roles
from contracts.gateway import SchoolRecorded

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
    """An establishment as the national register describes it.

    Eastings and northings are metres of the national grid (OSGB36); ages are years.
    """

    school_id: UUID
    urn: int
    laestab: str | None
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
    establishment_type: str | None
    district: str | None
    ward: str | None
    town: str | None
    easting: int | None
    northing: int | None
    capacity: int | None
    low_age: int | None
    high_age: int | None
    gender: str | None
    religious_character: str | None
    trust: str | None
    federation: str | None
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class SchoolFilters:
    """Which schools are asked for; None asks for all."""

    la_code: str | None = None
    phase: str | None = None
    text: str | None = None
    status: str | None = None
    district: str | None = None
    grouping: str | None = None


@dataclass(frozen=True, slots=True)
class Grouping:
    """A trust or federation, with how many schools in scope it has, and where."""

    kind: str
    name: str
    schools: int
    la_codes: list[str]


@dataclass(frozen=True, slots=True)
class SchoolUrn:
    """A URN of a school; no day where the register does not tell it."""

    urn: int
    from_on: date | None
    to_on: date | None
    is_present: bool


@dataclass(frozen=True, slots=True)
class SchoolPast:
    """How the register named a school until a day, and why no longer."""

    urn: int
    laestab: str | None
    past_la_code: str
    past_la_name: str | None
    name: str
    until_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class SchoolLink:
    """Another school that this one came from or went into.

    Its name is known where the caller may see it.
    """

    urn: int
    other_urn: int
    relation: str
    kind: str
    linked_on: date | None
    other_name: str | None


@dataclass(frozen=True, slots=True)
class SchoolHistory:
    """Everything a school was in the register."""

    urns: list[SchoolUrn]
    past: list[SchoolPast]
    links: list[SchoolLink]


def fact_of(school: School) -> SchoolRecorded:
    """Say a school as every service hears it."""
    return SchoolRecorded(
        entity_id=school.school_id,
        entity_version=school.version,
        la_code=school.la_code,
        school_id=school.school_id,
        urn=school.urn,
        la_name=school.la_name,
        region_code=school.region_code,
        name=school.name,
        phase=school.phase,
        status=school.status,
        pupils=school.pupils,
        free_school_meals_percent=school.free_school_meals_percent,
        establishment_type=school.establishment_type,
        capacity=school.capacity,
        low_age=school.low_age,
        high_age=school.high_age,
        trust=school.trust,
        federation=school.federation,
        district=school.district,
        easting=school.easting,
        northing=school.northing,
    )
