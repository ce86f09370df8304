"""Suppliers on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, partial

Name = Annotated[
    Line,
    Field(
        min_length=1,
        max_length=120,
        description="Once in an LA, as kit and lines name it, whatever its case.",
    ),
]
Phone = Annotated[Line, Field(min_length=1, max_length=40)]
Email = Annotated[
    Line,
    Field(
        min_length=1, max_length=254, description="Of its service desk, no person's."
    ),
]
Website = Annotated[Line, Field(min_length=1, max_length=200)]
Number = Annotated[Line, Field(min_length=1, max_length=80)]


class AddSupplier(Body):
    """What an LA knows of somebody from whom its schools buy."""

    la_code: LaCode
    name: Name
    desk_phone: Phone | None = None
    desk_email: Email | None = None
    website: Website | None = None
    account_number: Number | None = None
    contract_reference: Number | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    notice_on: Day | None = Field(
        default=None, description="The last day on which notice can be given."
    )


@partial
class ChangeSupplier(TypedDict, total=False):
    """New values of a supplier; what is left out stays."""

    name: Name
    desk_phone: Phone | None
    desk_email: Email | None
    website: Website | None
    account_number: Number | None
    contract_reference: Number | None
    starts_on: Day | None
    ends_on: Day | None
    notice_on: Day | None


class SupplierAnswer(Answer):
    """Somebody from whom schools buy, as an LA knows them."""

    supplier_id: UUID
    la_code: LaCode
    name: str
    desk_phone: str | None
    desk_email: str | None
    website: str | None
    account_number: str | None
    contract_reference: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    circuits: int = Field(
        description="Lines of your schools that name them and have not ceased."
    )
    monthly_pence: int = Field(description="Of those lines, where one has a price.")


class SupplierPage(Answer):
    """A page of suppliers."""

    items: list[SupplierAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class SupplierCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
