"""The directory on the wire."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from chassis.wire import Answer, LaCode, Line, Urn

Phase = Literal[
    "nursery",
    "primary",
    "middle-deemed-primary",
    "middle-deemed-secondary",
    "secondary",
    "all-through",
    "16-plus",
    "special",
    "pru",
]
SearchText = Annotated[Line, StringConstraints(min_length=1, max_length=100)]


class RegionAnswer(Answer):
    """One of the nine regions of England."""

    region_code: str
    name: str


class AuthorityAnswer(Answer):
    """A local authority."""

    la_code: LaCode
    name: str
    region_code: str


class SchoolAnswer(Answer):
    """A school as the national register describes it."""

    school_id: UUID
    urn: Urn
    laestab: str
    ukprn: str | None
    la_code: LaCode
    la_name: str
    region_code: str
    name: str
    phase: Phase
    status: str
    pupils: int | None
    free_school_meals_percent: Decimal | None
    postcode: str | None
    version: int


class RegionsAnswer(Answer):
    """Every region."""

    items: list[RegionAnswer]
    next: str | None = None


class AuthoritiesAnswer(Answer):
    """Every local authority."""

    items: list[AuthorityAnswer]
    next: str | None = None


class SchoolsAnswer(Answer):
    """A page of schools."""

    items: list[SchoolAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class GrantAnswer(Answer):
    """A role, and where it is held."""

    role: str
    la_codes: list[LaCode]
    school_ids: list[UUID]


class MeAnswer(Answer):
    """Who is calling."""

    principal: str
    kind: str
    grants: list[GrantAnswer]
    schools: list[SchoolAnswer]
