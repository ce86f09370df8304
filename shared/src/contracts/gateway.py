"""What the gateway's directory says: the schools, as every service keeps them."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.event import Event, Word, fact


@fact("gateway.school.recorded")
class SchoolRecorded(Event, frozen=True):
    """A school of the directory is as told here; its id outlives its URN.

    Eastings and northings are metres of the national grid (OSGB36); ages are years.
    """

    school_id: UUID
    urn: Annotated[int, Field(ge=100_000, le=999_999)]
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
