"""Licences on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose, Urn, partial, whole
from inventory.assets.model import CfrCode
from inventory.licences.model.things import MOST_SEATS, Measure, State, Term

Publisher = Annotated[Line, Field(min_length=1, max_length=120)]
Name = Annotated[
    Line,
    Field(
        min_length=1,
        max_length=160,
        description="What it is a licence of, named by the same rules as what devices"
        " report.",
    ),
]
Release = Annotated[Line, Field(min_length=1, max_length=80)]
Seats = Annotated[int, Field(ge=1, le=MOST_SEATS, strict=True), BeforeValidator(whole)]
Pence = Annotated[
    int,
    Field(
        ge=0,
        le=10_000_000_000,
        strict=True,
        description="In pence: of the whole, or of a year of a subscription.",
    ),
    BeforeValidator(whole),
]
Counted = Annotated[
    int,
    Field(
        ge=0,
        le=MOST_SEATS,
        strict=True,
        description="Seats in use, as the maker's own console says on `counted_on`: of"
        " what no device reports.",
    ),
    BeforeValidator(whole),
]
Supplier = Annotated[Line, Field(min_length=1, max_length=120)]
Reference = Annotated[
    Line,
    Field(
        min_length=1,
        max_length=80,
        description="The number of the order, or of the agreement.",
    ),
]
Note = Annotated[Prose, Field(min_length=1, max_length=500)]


class AddLicence(Body):
    """A licence of a school, or of an LA for all of its schools."""

    school_urn: Urn | None = None
    la_code: LaCode | None = None
    publisher: Publisher
    name: Name
    release: Release | None = None
    measure: Measure
    seats: Seats | None = Field(
        default=None, description="For how many devices; null for a whole site."
    )
    term: Term
    starts_on: Day | None = None
    ends_on: Day | None = Field(
        default=None, description="The last day of a subscription."
    )
    notice_on: Day | None = Field(
        default=None, description="The last day on which notice can be given."
    )
    price_pence: Pence | None = None
    cfr_code: CfrCode = "E20D"
    supplier: Supplier | None = None
    reference: Reference | None = None
    note: Note | None = None
    counted: Counted | None = None
    counted_on: Day | None = None


@partial
class ChangeLicence(TypedDict, total=False):
    """New values of a licence; what is left out stays."""

    publisher: Publisher
    name: Name
    release: Release | None
    measure: Measure
    seats: Seats | None
    term: Term
    starts_on: Day | None
    ends_on: Day | None
    notice_on: Day | None
    price_pence: Pence | None
    cfr_code: CfrCode
    supplier: Supplier | None
    reference: Reference | None
    note: Note | None
    counted: Counted | None
    counted_on: Day | None


class LicenceAnswer(Answer):
    """A licence of software."""

    licence_id: UUID
    la_code: LaCode
    school_id: UUID | None = Field(
        description="Null of an LA's, which holds at all of its schools."
    )
    school_urn: int | None
    school_name: str | None
    title_id: UUID = Field(description="The title that devices report.")
    publisher: str
    name: str
    release: str | None
    measure: Measure
    seats: int | None
    term: Term
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    price_pence: int | None
    cfr_code: CfrCode
    supplier: str | None
    reference: str | None
    note: str | None
    counted: int | None
    counted_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    supplier_id: UUID | None = Field(
        description="The LA's supplier of that name, and so the next three."
    )
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None
    state: State


class LicencePage(Answer):
    """A page of licences."""

    items: list[LicenceAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class LicenceCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
