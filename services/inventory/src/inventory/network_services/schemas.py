"""Services over the network, on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Urn, partial
from inventory.assets.model import CfrCode
from inventory.circuits.schemas import Monthly, Note, Provider
from inventory.network_services.model import Kind

Name = Annotated[
    Line,
    Field(min_length=1, max_length=120, description="Once at a school, in any case."),
]
Reference = Annotated[
    Line, Field(min_length=1, max_length=80, description="The provider's number of it.")
]


class AddService(Body):
    """Something that a school takes over the network."""

    school_urn: Urn
    kind: Kind
    name: Name
    provider: Provider
    reference: Reference | None = None
    starts_on: Day | None = Field(default=None, description="The contract begins.")
    ends_on: Day | None = Field(default=None, description="The contract ends.")
    notice_on: Day | None = Field(
        default=None, description="The last day on which notice can be given."
    )
    monthly_pence: Monthly | None = None
    cfr_code: CfrCode = "E20A"
    note: Note | None = None
    live_on: Day | None = Field(
        default=None, description="Since when it is used; null while it is planned."
    )
    ceased_on: Day | None = Field(
        default=None, description="From when on it is used no more."
    )


@partial
class ChangeService(TypedDict, total=False):
    """New values of a service; what is left out stays."""

    kind: Kind
    name: Name
    provider: Provider
    reference: Reference | None
    starts_on: Day | None
    ends_on: Day | None
    notice_on: Day | None
    monthly_pence: Monthly | None
    cfr_code: CfrCode
    note: Note | None
    live_on: Day | None
    ceased_on: Day | None


class NetworkServiceAnswer(Answer):
    """Something that a school takes over the network."""

    service_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    school_name: str
    kind: Kind
    name: str
    provider: str
    reference: str | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode
    note: str | None
    live_on: date | None
    ceased_on: date | None
    version: int
    added_at: datetime
    changed_at: datetime
    supplier_id: UUID | None = Field(
        description="The LA's supplier of the provider's name, and so the next three."
    )
    desk_phone: str | None
    desk_email: str | None
    account_number: str | None


class NetworkServicePage(Answer):
    """A page of services."""

    items: list[NetworkServiceAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class NetworkServiceCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
