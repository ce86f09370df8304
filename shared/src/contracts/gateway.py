"""What the gateway's directory says: the schools, as every service keeps them."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.event import Event, LaCode, Word, fact

Urn = Annotated[int, Field(ge=100_000, le=999_999)]


class SchoolFact(Event, frozen=True):
    """The publishable state of a school; its id outlives its URN.

    Eastings and northings are metres of the national grid (OSGB36); ages are years.
    """

    school_id: UUID
    urn: Urn
    la_name: str
    region_code: str
    name: str
    phase: Word
    status: Word
    pupils: Annotated[int, Field(ge=0)] | None
    free_school_meals_percent: Annotated[Decimal, Field(ge=0, le=100)] | None
    establishment_type: str | None = None
    capacity: Annotated[int, Field(ge=0)] | None = None
    low_age: Annotated[int, Field(ge=0)] | None = None
    high_age: Annotated[int, Field(ge=0)] | None = None
    trust: str | None = None
    federation: str | None = None
    district: str | None = None
    easting: Annotated[int, Field(ge=0)] | None = None
    northing: Annotated[int, Field(ge=0)] | None = None
    earlier_urns: tuple[Urn, ...] = ()


@fact("gateway.school.recorded")
class SchoolRecorded(SchoolFact, frozen=True):
    """A school of the directory is as told here."""


@fact("gateway.departure.recorded")
class SchoolDeparted(SchoolFact, frozen=True):
    """A school passed to another LA; the state names the LA that it left.

    Said to the old LA beside `recorded` to the new one, with the same version: who
    hears one LA only would never learn of it otherwise. It is no state of the school,
    hence not among the school's own facts.
    """

    to_la_code: LaCode


SCHOOL_FACTS = (SchoolRecorded, SchoolDeparted)
"""What a reader hears that keeps a row of each LA that ever held a school."""
