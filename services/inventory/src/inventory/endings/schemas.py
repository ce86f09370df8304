"""What runs out, on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.endings.model import Kind


class EndingAnswer(Answer):
    """What ends in one month: of a model of kit, of a release, or a contract."""

    kind: Kind = Field(
        description="The warranty of kit, its maker's support or its expected life; "
        "support of a system or of a program; the contract of a line, of a service "
        "over the network or of a supplier; a licence of software; or the time to give "
        "notice of one of these."
    )
    name: str
    reference: str | None = Field(description="Of a line or of a contract.")
    first_on: date = Field(description="The last day of the first of the kit.")
    last_on: date = Field(description="The last day of the last of it.")
    devices: int | None = Field(description="None of a contract.")
    schools: int | None = Field(description="How many have such kit; None of others.")
    school_urn: int | None = Field(description="Where it is of one school.")
    school_name: str | None
    monthly_pence: int | None = Field(description="What a line costs in a month.")
    manufacturer: str | None
    model: str | None
    product: str | None = Field(description="Of a release: as in `support`.")
    cycle: str | None
    circuit_id: UUID | None
    supplier_id: UUID | None
    service_id: UUID | None
    licence_id: UUID | None


class EndingPage(Answer):
    """A page of what runs out."""

    items: list[EndingAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class EndingCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
