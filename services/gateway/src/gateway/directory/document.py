"""The directory document: what `python -m gateway load` accepts, and nothing else."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from chassis.wire import Body, LaCode, Line, Urn
from gateway.directory.schemas import Phase, Status
from gateway.principals.model import (
    MOST_PER_MINUTE,
    OPERATOR_SCOPES,
    USUAL_PER_MINUTE,
    OperatorScope,
)

Name = Annotated[Line, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[Line, StringConstraints(min_length=1, max_length=50)]

Age = Annotated[int, Field(ge=0, le=120)]


class RegionEntry(Body):
    """A region."""

    region_code: Code
    name: Name


class AuthorityEntry(Body):
    """A local authority."""

    la_code: LaCode
    name: Name
    region_code: Code


class SchoolEntry(Body):
    """A school as the register has it; eastings and northings in metres (OSGB36)."""

    urn: Urn
    laestab: Code
    ukprn: Code | None = None
    la_code: LaCode
    name: Name
    phase: Phase
    status: Status
    pupils: Annotated[int, Field(ge=0, le=100_000)] | None = None
    free_school_meals_percent: (
        Annotated[Decimal, Field(ge=0, le=100, decimal_places=1)] | None
    ) = None
    postcode: Code | None = None
    establishment_type: Name | None = None
    gender: Code | None = None
    trust: Name | None = None
    federation: Name | None = None
    low_age: Age | None = None
    high_age: Age | None = None
    capacity: Annotated[int, Field(ge=0, le=100_000)] | None = None
    town: Name | None = None
    district: Name | None = None
    ward: Name | None = None
    easting: Annotated[int, Field(ge=0, le=700_000)] | None = None
    northing: Annotated[int, Field(ge=0, le=1_300_000)] | None = None


class PersonEntry(Body):
    """Someone who can sign in; `subject` is their id at Keycloak."""

    subject: Code
    username: Name
    display_name: Name
    email: Name


class ClientEntry(Body):
    """A system with credentials of its own, bounded as those are that LAs let in."""

    client_id: Code
    name: Name
    scopes: Annotated[tuple[OperatorScope, ...], Field(min_length=1)] = OPERATOR_SCOPES
    requests_per_minute: Annotated[int, Field(ge=1, le=MOST_PER_MINUTE)] = (
        USUAL_PER_MINUTE
    )


class AssignmentEntry(Body):
    """Who is what, where, from when to when."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    username: Name | None = None
    client_id: Code | None = None
    role: Code
    urn: Urn | None = None
    la_code: LaCode | None = None
    region_code: Code | None = None
    from_on: Annotated[date, Field(alias="from")]
    to_on: Annotated[date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _names_one_of_each(self) -> "AssignmentEntry":
        holders = (self.username, self.client_id)
        scopes = (self.urn, self.la_code, self.region_code)
        for given in (holders, scopes):
            if sum(value is not None for value in given) != 1:
                raise ValueError("an assignment names one holder and one scope")
        return self


class DirectoryDocument(Body):
    """The whole directory of some authorities."""

    regions: list[RegionEntry]
    authorities: list[AuthorityEntry]
    schools: list[SchoolEntry]
    people: list[PersonEntry]
    clients: tuple[ClientEntry, ...] = ()
    assignments: list[AssignmentEntry]
