"""What inventory answers of what runs out."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer


class Ending(Answer):
    """What ends in one month: of a model, of a release, or a contract."""

    kind: str
    name: str
    reference: str | None = None
    first_on: date
    last_on: date
    devices: int | None = None
    schools: int | None = None
    school_urn: int | None = None
    school_name: str | None = None
    monthly_pence: int | None = None
    manufacturer: str | None = None
    model: str | None = None
    product: str | None = None
    cycle: str | None = None
    circuit_id: UUID | None = None
    supplier_id: UUID | None = None
    service_id: UUID | None = None
    licence_id: UUID | None = None

    @property
    def monthly(self) -> Decimal | None:
        return formats.pence(self.monthly_pence)
