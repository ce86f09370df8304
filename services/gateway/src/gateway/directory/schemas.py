"""The directory on the wire."""

from datetime import date
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
    "ap",
]
Status = Literal["open", "open-proposed-to-close", "proposed-to-open", "closed"]
GroupingKind = Literal["trust", "federation"]
GroupingName = Annotated[Line, StringConstraints(min_length=1, max_length=200)]
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
    laestab: str | None
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
    establishment_type: str | None
    district: str | None
    ward: str | None
    town: str | None
    easting: Annotated[int | None, Field(description="Metres, OSGB36.")]
    northing: Annotated[int | None, Field(description="Metres, OSGB36.")]
    capacity: int | None
    low_age: int | None
    high_age: int | None
    gender: str | None
    religious_character: str | None
    trust: str | None
    federation: str | None
    opened_on: date | None
    closed_on: date | None


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


class GroupingAnswer(Answer):
    """A trust or federation, with how many of your schools it has, and where."""

    kind: GroupingKind
    name: str
    schools: int
    la_codes: list[LaCode]


class GroupingsAnswer(Answer):
    """A page of groupings."""

    items: list[GroupingAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class SchoolUrnAnswer(Answer):
    """A URN that the school has or had."""

    urn: Urn
    from_on: date | None
    to_on: date | None
    is_present: bool


class SchoolPastAnswer(Answer):
    """How the register named the school until a day."""

    urn: Urn
    laestab: str | None
    past_la_code: LaCode
    past_la_name: str | None
    name: str
    until_on: date | None
    reason: Literal[
        "conversion", "merger", "split", "authority", "renamed", "renumbered"
    ]


class SchoolLinkAnswer(Answer):
    """Another school that this one came from or went into."""

    urn: Urn
    other_urn: Urn
    relation: Literal["predecessor", "successor"]
    kind: Literal["conversion", "merger", "split"]
    linked_on: date | None
    other_name: Annotated[str | None, Field(description="Where you may see it.")]


class SchoolHistoryAnswer(Answer):
    """Everything that the school was in the register."""

    urns: list[SchoolUrnAnswer]
    past: list[SchoolPastAnswer]
    links: list[SchoolLinkAnswer]


class GrantAnswer(Answer):
    """A role, and where it is held."""

    role: str
    la_codes: list[LaCode]
    school_ids: list[UUID]


class MeAnswer(Answer):
    """Who is calling."""

    principal: str
    kind: str
    viewed_by: str | None
    """The administrator who looks as them, and changes nothing; else null."""
    grants: list[GrantAnswer]
    schools: list[SchoolAnswer]
